import { expect, test } from "vitest";
import { formatDuration } from "./format-duration";

test.each([
  [0, "0 ms"],
  [-5, "0 ms"],
  [412, "412 ms"],
  [4290, "4.2 s"],
  [59_999, "59 s"],
  [60_000, "1 min"],
  [1_316_000, "21 min 56 s"],
  [7_500_000, "2 h 5 min"],
  [86_400_000, "1 day"],
  [273_600_000, "3 days 4 h"],
])("%i ms are %s", (ms, words) => {
  expect(formatDuration(ms)).toBe(words);
});
