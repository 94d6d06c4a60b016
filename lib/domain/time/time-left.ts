import { DAY_MS, HOUR_MS, MINUTE_MS } from "./units";

/** How long until `end`, in the two largest units, rounded down so that it never promises too much time. */
export function timeLeft(end: Date, now: Date): string {
  const leftMs = end.getTime() - now.getTime();
  if (leftMs <= 0) return "no time";
  if (leftMs < MINUTE_MS) return "less than a minute";
  const days = Math.floor(leftMs / DAY_MS);
  const hours = Math.floor((leftMs % DAY_MS) / HOUR_MS);
  const minutes = Math.floor((leftMs % HOUR_MS) / MINUTE_MS);
  if (days > 0) return joinUnits(`${days} ${days === 1 ? "day" : "days"}`, hours, "h");
  if (hours > 0) return joinUnits(`${hours} h`, minutes, "min");
  return `${minutes} min`;
}

/** The last hour is shown in red. */
export function isLastHour(end: Date, now: Date): boolean {
  return end.getTime() - now.getTime() < HOUR_MS;
}

function joinUnits(larger: string, smaller: number, unit: string): string {
  return smaller === 0 ? larger : `${larger} ${smaller} ${unit}`;
}
