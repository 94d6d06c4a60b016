import { expect, test } from "vitest";
import type { Result } from "./measure";
import { meetsTarget, resultsTable } from "./results-table";

const result = (part: Partial<Result>): Result => ({
  title: "ratio",
  value: 0.8,
  unit: "",
  target: { atLeast: 0.6 },
  detail: "8/s ÷ 10/s",
  rounds: [0.8],
  ...part,
});

test("each result is a line under the head, in columns", () => {
  const table = resultsTable([
    result({}),
    result({ title: "a much longer measure", value: 1234.5, unit: "ms", target: { atMost: 100 }, detail: "" }),
    result({ title: "no target", value: 2412.3, unit: "/s", target: null, detail: "a" }),
  ]);
  expect(table).toBe(
    [
      "measure                result    target            made of",
      "ratio                  0.80      ≥ 0.6     met     8/s ÷ 10/s",
      "a much longer measure  1,235 ms  ≤ 100 ms  missed",
      "no target              2,412/s                     a",
    ].join("\n"),
  );
});

test("a target may be a floor, a ceiling, or none", () => {
  expect(meetsTarget(result({ value: 0.6 }))).toBe(true);
  expect(meetsTarget(result({ value: 0.59 }))).toBe(false);
  expect(meetsTarget(result({ value: 4, target: { atMost: 4 } }))).toBe(true);
  expect(meetsTarget(result({ value: 4.1, target: { atMost: 4 } }))).toBe(false);
  expect(meetsTarget(result({ value: 0, target: null }))).toBe(true);
});
