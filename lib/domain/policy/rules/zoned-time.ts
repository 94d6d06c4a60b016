const FORMATS = new Map<string, Intl.DateTimeFormat>();

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** Whether it names a zone of the tz database. Offsets such as +02:00 don't follow daylight saving time, so they are none. */
export function isTimeZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    return formatOf(zone) !== undefined;
  } catch {
    return false;
  }
}

/** The hour from 0 to 23 and the day from 0 (Sunday) to 6, in the zone's local time. */
export function zonedTime(at: Date, zone: string): ZonedTime {
  const quarter = Math.floor(at.getTime() / QUARTER_MS);
  const last = LAST.get(zone);
  if (last?.quarter === quarter) return last.time;
  const time = readClock(at, zone);
  LAST.set(zone, { quarter, time });
  return time;
}

interface ZonedTime {
  readonly hour: number;
  readonly dayOfWeek: number;
}

/** Clocks of the present differ from UTC by whole quarters of an hour, so within one neither hour nor day changes. */
const QUARTER_MS = 15 * 60 * 1000;
const LAST = new Map<string, { readonly quarter: number; readonly time: ZonedTime }>();

function readClock(at: Date, zone: string): ZonedTime {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  return { hour: Number(parts.get("hour")), dayOfWeek: DAYS.indexOf(parts.get("weekday") ?? "") };
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = FORMATS.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat("en-US", { timeZone, hour: "2-digit", hourCycle: "h23", weekday: "short" });
  FORMATS.set(timeZone, format);
  return format;
}
