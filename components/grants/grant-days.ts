import { MAX_GRANT_DAYS } from "@/lib/domain/grants/grant";
import { DAY_MS } from "@/lib/domain/time/units";

/** A grant lasts until the end of a day in UTC, and at most so many days: the last one has to end before they do. */
export function firstGrantDay(now: number): string {
  return new Date(now).toISOString().slice(0, 10);
}

export function lastGrantDay(now: number): string {
  return new Date(now + (MAX_GRANT_DAYS - 1) * DAY_MS).toISOString().slice(0, 10);
}
