import { expect, test } from "vitest";
import { DAY_MS } from "@/lib/domain/time/units";
import { runTimes } from "./run-times";

const until = new Date("2026-03-01T07:30:00.000Z");
const COUNT = 90_000;
const timeOf = runTimes(COUNT, until);
const times = Array.from({ length: COUNT }, (_, index) => timeOf(index).getTime());

test("a history lies in the 90 days before its end, in order", () => {
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(Math.max(...times.slice(-1))).toBeLessThanOrEqual(until.getTime());
  expect(until.getTime() - (times.at(-1) ?? 0)).toBeLessThan(DAY_MS / 100);
  expect(until.getTime() - (times[0] ?? 0)).toBeGreaterThan(89.5 * DAY_MS);
  expect(until.getTime() - (times[0] ?? 0)).toBeLessThan(90.5 * DAY_MS);
});

test("each day has as many runs as the next, and more at noon than at night", () => {
  const noon = times.filter((time) => Math.floor((time % DAY_MS) / 3_600_000) === 12).length;
  const night = times.filter((time) => Math.floor((time % DAY_MS) / 3_600_000) === 0).length;
  const ofOneDay = times.filter((time) => Math.floor(time / DAY_MS) === Math.floor(until.getTime() / DAY_MS) - 30).length;
  expect(noon).toBeGreaterThan(4 * night);
  expect(night).toBeGreaterThan(0);
  expect(Math.abs(ofOneDay - COUNT / 90)).toBeLessThan(3);
});
