export type InstantFormat = "full" | "short" | "minute" | "date" | "time" | "precise";

const PARTS: Record<Exclude<InstantFormat, "short" | "minute" | "precise" | "full">, Intl.DateTimeFormatOptions> = {
  date: { day: "numeric", month: "long", year: "numeric" },
  time: { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" },
};
const CLOCK: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

/** Making a formatter is slow, and a table needs hundreds of times. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function format(instant: Date, timeZone: string, options: Intl.DateTimeFormatOptions): string {
  const key = `${timeZone} ${JSON.stringify(options)}`;
  const formatter = formatters.get(key) ?? new Intl.DateTimeFormat("en-GB", { ...options, timeZone });
  formatters.set(key, formatter);
  return formatter.format(instant);
}

/**
 * "19 November 2026, 20:02" (full), "20:02:11" (time), "20:02:11.204" (precise), "19 November 2026" (date). Short is for tables:
 * the time of today (minute: without its seconds), else "18 Nov, 17:03", else "18 Nov 2025".
 */
export function formatLocalInstant(instant: Date, wanted: InstantFormat, timeZone: string, now: Date): string {
  switch (wanted) {
    case "full":
      return `${format(instant, timeZone, PARTS.date)}, ${format(instant, timeZone, CLOCK)}`;
    case "precise":
      return `${format(instant, timeZone, PARTS.time)}.${String(instant.getUTCMilliseconds()).padStart(3, "0")}`;
    case "short":
      return formatShort(instant, timeZone, now, PARTS.time);
    case "minute":
      return formatShort(instant, timeZone, now, CLOCK);
    case "date":
    case "time":
      return format(instant, timeZone, PARTS[wanted]);
  }
}

function formatShort(instant: Date, timeZone: string, now: Date, timeOfToday: Intl.DateTimeFormatOptions): string {
  const day = format(instant, timeZone, { day: "numeric", month: "short", year: "numeric" });
  const today = format(now, timeZone, { day: "numeric", month: "short", year: "numeric" });
  if (day === today) return format(instant, timeZone, timeOfToday);
  const isThisYear = day.slice(-4) === today.slice(-4);
  return isThisYear ? `${day.slice(0, -5)}, ${format(instant, timeZone, CLOCK)}` : day;
}
