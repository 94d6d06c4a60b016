import { describe, expect, test } from "vitest";
import { firstIdAt } from "@/lib/domain/runs/first-id-at";
import { bucketIndex, bucketStarts, OVERVIEW_RANGES, readOverviewRange } from "./overview-range";

const now = new Date("2026-11-19T14:32:09.500Z");

describe("overview ranges", () => {
  test.each([
    ["24h", 24, "2026-11-18T15:00:00.000Z", "2026-11-19T14:00:00.000Z"],
    ["14d", 14, "2026-11-06T00:00:00.000Z", "2026-11-19T00:00:00.000Z"],
    ["90d", 90, "2026-08-22T00:00:00.000Z", "2026-11-19T00:00:00.000Z"],
  ] as const)("%s has %i buckets, in UTC", (range, count, first, last) => {
    const starts = bucketStarts(range, now);
    expect(starts).toHaveLength(count);
    expect(starts[0]?.toISOString()).toBe(first);
    expect(starts.at(-1)?.toISOString()).toBe(last);
  });

  test("every instant falls into the bucket that began before it", () => {
    for (const range of OVERVIEW_RANGES) {
      const starts = bucketStarts(range, now);
      starts.forEach((start, index) => {
        expect(bucketIndex(range, starts, start)).toBe(index);
        expect(bucketIndex(range, starts, new Date(start.getTime() - 1))).toBe(index - 1);
      });
      expect(bucketIndex(range, starts, now)).toBe(starts.length - 1);
    }
  });

  test.each([
    ["24h", "24h"],
    ["90d", "90d"],
    ["1y", "14d"],
    [undefined, "14d"],
    [["24h"], "14d"],
  ])("%o reads as %s", (value, range) => expect(readOverviewRange(value)).toBe(range));
});

test("firstIdAt bounds the ids of a millisecond from below", () => {
  expect(Number.parseInt(firstIdAt(now).replace("-", "").slice(0, 12), 16)).toBe(now.getTime());
  expect(firstIdAt(new Date(0))).toBe("00000000-0000-7000-8000-000000000000");
  expect(firstIdAt(now) < firstIdAt(new Date(now.getTime() + 1))).toBe(true);
});
