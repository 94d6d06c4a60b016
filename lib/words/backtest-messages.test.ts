import { describe, expect, test } from "vitest";
import type { BacktestResult, ChangedRuns } from "@/lib/domain/backtests/backtest";
import { answerChanges, backtestSummary, changeText, fateText, notComparedTexts } from "./backtest-messages";

const part = (from: ChangedRuns["from"], to: ChangedRuns["to"], fate: ChangedRuns["fate"], count: number): ChangedRuns => ({
  ...{ from, to, fate, count },
  runs: [],
});
const RESULT: BacktestResult = {
  compared: 1204,
  erased: 1,
  undecided: 2,
  changed: [
    part("pending_approval", "allowed", "rejected", 1),
    part("pending_approval", "allowed", "approved", 2),
    part("allowed", "pending_approval", "failed", 2),
    part("allowed", "pending_approval", "nobody", 29),
  ],
};

test("a result is read as sentences", () => {
  expect(backtestSummary(RESULT)).toBe("34 of 1,204 runs would be decided differently.");
  expect(answerChanges(RESULT).map((change) => [changeText(change), ...change.parts.map(fateText)])).toEqual([
    ["3 runs would no longer require approval", "1 had been rejected", "2 had been approved"],
    ["31 more would require approval", "2 failed without anyone being asked", "29 had no person"],
  ]);
  expect(notComparedTexts(RESULT)).toEqual([
    "1 run couldn’t be compared: the payload is erased.",
    "2 runs had no policy: the action was frozen, inactive or not registered.",
  ]);
});

describe("without changes", () => {
  test.each([
    [0, "No runs to compare."],
    [1, "The only run would be decided the same way."],
    [12, "All 12 runs would be decided the same way."],
  ])("%i runs", (compared, text) => {
    expect(backtestSummary({ ...RESULT, compared, changed: [] })).toBe(text);
    expect(notComparedTexts({ erased: 0, undecided: 0 })).toEqual([]);
  });
});

test.each([
  ["pending_approval", "allowed", "1 run would no longer require approval"],
  ["blocked", "allowed", "1 run would be allowed instead of blocked"],
  ["allowed", "blocked", "1 run would be blocked instead of allowed"],
  ["pending_approval", "blocked", "1 run would be blocked without asking anyone"],
  ["allowed", "pending_approval", "1 more would require approval"],
  ["blocked", "pending_approval", "1 run would require approval instead of being blocked"],
] as const)("from %s to %s", (from, to, text) => {
  expect(changeText({ from, to, count: 1 })).toBe(text);
});
