import { expect, test } from "vitest";
import { median, percentile } from "./statistics";

test("the median is the middle value, or between the two middle ones", () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([7])).toBe(7);
  expect(() => median([])).toThrow("no values");
});

test("a percentile is one of the values", () => {
  const values = Array.from({ length: 200 }, (_, index) => 200 - index);
  expect(percentile(values, 99)).toBe(198);
  expect(percentile(values, 50)).toBe(100);
  expect(percentile(values, 100)).toBe(200);
  expect(percentile([3], 95)).toBe(3);
});
