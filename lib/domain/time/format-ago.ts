import { DAY_MS, HOUR_MS, MINUTE_MS } from "./units";

const UNITS = [
  { unit: "day", ms: DAY_MS },
  { unit: "hour", ms: HOUR_MS },
  { unit: "minute", ms: MINUTE_MS },
] as const;

/**
 * "3 minutes ago", "in 2 hours", "just now". Rounded down, so that nothing seems older than it is. A time slightly in the future, from
 * another clock, is "just now".
 */
export function formatAgo(instant: Date, now: Date): string {
  const ms = instant.getTime() - now.getTime();
  for (const { unit, ms: size } of UNITS) {
    const count = Math.floor(Math.abs(ms) / size);
    if (count === 0) continue;
    const words = `${count} ${unit}${count === 1 ? "" : "s"}`;
    return ms > 0 ? `in ${words}` : `${words} ago`;
  }
  return "just now";
}
