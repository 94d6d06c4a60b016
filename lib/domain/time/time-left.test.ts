import { describe, expect, it } from "vitest";
import { formatInstant, formatTimeOfDay } from "./format-instant";
import { isLastHour, timeLeft } from "./time-left";

const NOW = new Date("2026-11-19T12:24:30.000Z");
const after = (ms: number) => new Date(NOW.getTime() + ms);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe("timeLeft", () => {
  it.each([
    [-1, "no time"],
    [0, "no time"],
    [59_999, "less than a minute"],
    [MINUTE, "1 min"],
    [59 * MINUTE + 59_999, "59 min"],
    [HOUR, "1 h"],
    [7 * HOUR + 38 * MINUTE, "7 h 38 min"],
    [24 * HOUR, "1 day"],
    [24 * HOUR + 59 * MINUTE, "1 day"],
    [51 * HOUR, "2 days 3 h"],
  ])("%i ms are %s", (ms, text) => {
    expect(timeLeft(after(ms), NOW)).toBe(text);
  });

  it("knows the last hour", () => {
    expect(isLastHour(after(HOUR - 1), NOW)).toBe(true);
    expect(isLastHour(after(HOUR), NOW)).toBe(false);
  });
});

describe("formatInstant", () => {
  it("names the zone", () => {
    expect(formatInstant(NOW)).toBe("19 November 2026, 12:24 UTC");
    expect(formatTimeOfDay(NOW)).toBe("12:24 UTC");
  });
});
