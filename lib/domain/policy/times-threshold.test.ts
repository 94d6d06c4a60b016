import { expect, test } from "vitest";
import { timesThreshold } from "./times-threshold";

test.each([
  ["18400", "5000", "3.7 times the threshold of 5,000.00"],
  ["5000.01", "5000", "Just above the threshold of 5,000.00"],
  ["10000", "5000", "2 times the threshold of 5,000.00"],
  ["1234567", "10", "123,457 times the threshold of 10.00"],
  ["10", "0", "Above the threshold of 0.00"],
  ["5000", "5000", null],
  ["10", "5000", null],
  [null, "5000", null],
  ["10", null, null],
  ["1e9", "5", null],
])("%s to %s: %s", (amount, threshold, text) => {
  expect(timesThreshold(amount, threshold)).toBe(text);
});
