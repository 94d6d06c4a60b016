import { describe, expect, it } from "vitest";
import { formatLocalInstant } from "./format-local-instant";

const NOW = new Date("2026-11-19T22:30:00Z");
const AT = new Date("2026-11-19T20:02:11.204Z");

describe("formatLocalInstant", () => {
  it("writes the reader's time", () => {
    expect(formatLocalInstant(AT, "full", "Europe/Lisbon", NOW)).toBe("19 November 2026, 20:02");
    expect(formatLocalInstant(AT, "full", "Asia/Tokyo", NOW)).toBe("20 November 2026, 05:02");
    expect(formatLocalInstant(AT, "date", "Asia/Tokyo", NOW)).toBe("20 November 2026");
    expect(formatLocalInstant(AT, "time", "UTC", NOW)).toBe("20:02:11");
    expect(formatLocalInstant(AT, "precise", "UTC", NOW)).toBe("20:02:11.204");
  });

  it("is as short as a table allows, by the reader's day", () => {
    expect(formatLocalInstant(AT, "short", "UTC", NOW)).toBe("20:02:11");
    expect(formatLocalInstant(AT, "minute", "UTC", NOW)).toBe("20:02");
    expect(formatLocalInstant(AT, "short", "Europe/Berlin", new Date("2026-11-19T23:30:00Z"))).toBe("19 Nov, 21:02");
    expect(formatLocalInstant(new Date("2025-11-18T17:03:00Z"), "short", "UTC", NOW)).toBe("18 Nov 2025");
  });

  it("writes midnight as 00", () => {
    expect(formatLocalInstant(new Date("2026-11-19T00:00:05Z"), "time", "UTC", NOW)).toBe("00:00:05");
  });
});
