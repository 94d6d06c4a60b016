export type BudgetPeriod = "hour" | "day" | "week" | "month";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * The hour, day, week (from Monday) or month of a time zone's calendar that a time is in. Follows daylight saving time: a day can have 23 or 25
 * hours.
 */
export function periodAt(period: BudgetPeriod, timeZone: string, at: Date): { readonly start: string; readonly end: string } {
  const offset = offsetAt(at.getTime(), timeZone);
  const wall = at.getTime() + offset;
  if (period === "hour") {
    // Keeps the offset of the time itself: an hour that occurs twice is two.
    const start = Math.floor(wall / HOUR) * HOUR - offset;
    return { start: new Date(start).toISOString(), end: new Date(start + HOUR).toISOString() };
  }
  const date = new Date(Math.floor(wall / DAY) * DAY);
  if (period === "week") date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  if (period === "month") date.setUTCDate(1);
  const next = new Date(date);
  if (period === "month") next.setUTCMonth(next.getUTCMonth() + 1);
  else next.setUTCDate(next.getUTCDate() + (period === "week" ? 7 : 1));
  return { start: instantOf(date.getTime(), timeZone), end: instantOf(next.getTime(), timeZone) };
}

/** When a zone's clocks show this: for the first time if they do so twice, and by the offset before if they leave it out. */
function instantOf(wall: number, timeZone: string): string {
  const before = wall - offsetAt(wall - DAY, timeZone);
  const after = wall - offsetAt(wall + DAY, timeZone);
  const shown = [before, after].filter((time) => time + offsetAt(time, timeZone) === wall);
  return new Date(shown.length === 0 ? before : Math.min(...shown)).toISOString();
}

/** What a zone's clocks are ahead of UTC, in milliseconds. */
function offsetAt(time: number, timeZone: string): number {
  const names = { year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" } as const;
  const format = new Intl.DateTimeFormat("en-US", { ...names, timeZone, hourCycle: "h23", calendar: "gregory" });
  const parts = new Map(format.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
  const [year = 0, month = 1, day, hour, minute, second] = (["year", "month", "day", "hour", "minute", "second"] as const).map((name) =>
    parts.get(name),
  );
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(time / 1000) * 1000;
}
