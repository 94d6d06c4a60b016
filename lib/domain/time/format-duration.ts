import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "./units";

/** How long something took, in its two largest units: "21 min 56 s", "3 days 4 h", "4 ms". */
export function formatDuration(ms: number): string {
  if (ms < SECOND_MS) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 10 * SECOND_MS) return `${(Math.floor(ms / 100) / 10).toFixed(1)} s`;
  if (ms < MINUTE_MS) return `${Math.floor(ms / SECOND_MS)} s`;
  if (ms < HOUR_MS) return two(Math.floor(ms / MINUTE_MS), "min", Math.floor((ms % MINUTE_MS) / SECOND_MS), "s");
  if (ms < DAY_MS) return two(Math.floor(ms / HOUR_MS), "h", Math.floor((ms % HOUR_MS) / MINUTE_MS), "min");
  const days = Math.floor(ms / DAY_MS);
  return two(days, days === 1 ? "day" : "days", Math.floor((ms % DAY_MS) / HOUR_MS), "h");
}

function two(larger: number, largerUnit: string, smaller: number, smallerUnit: string): string {
  return smaller === 0 ? `${larger} ${largerUnit}` : `${larger} ${largerUnit} ${smaller} ${smallerUnit}`;
}
