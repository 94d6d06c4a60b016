import { DAY_MS } from "@/lib/domain/time/units";

const DAYS = 90;
/** How much more happens at noon than at night, from 0 (evenly) up to 1. */
const RHYTHM = 0.8;

/** When each of `count` runs was proposed: in order, over the 90 days up to `until`, mostly by day (UTC). */
export function runTimes(count: number, until: Date): (index: number) => Date {
  const end = evenDays(until.getTime() / DAY_MS);
  return (index) => new Date(Math.floor(livelyDays(end - DAYS * (1 - (index + 0.5) / count)) * DAY_MS));
}

/** From evenly spread times, in days, to times that are rare at midnight and frequent at noon. It keeps their order. */
function livelyDays(even: number): number {
  return even + (RHYTHM * Math.sin(2 * Math.PI * even)) / (2 * Math.PI);
}

/** The inverse, which has no formula: halving the day until the milliseconds agree. */
function evenDays(lively: number): number {
  let low = Math.floor(lively);
  let high = low + 1;
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (livelyDays(middle) < lively) low = middle;
    else high = middle;
  }
  return low;
}
