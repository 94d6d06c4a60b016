import { expect, test } from "vitest";
import { approvalsProgress, isLastNeeded, stillNeeded, wouldBeAsked } from "./approvals-messages";

const at = (stage: number, given: number) => ({ stage, stages: 2, required: stage === 1 ? 2 : 1, given });

test("how far a run is, until its last stage is complete", () => {
  expect([at(1, 0), at(1, 1), at(2, 0), at(2, 1)].map(approvalsProgress)).toEqual([
    "0 of 2 approvals given, stage 1 of 2",
    "1 of 2 approvals given, stage 1 of 2",
    "0 of 1 approval given, stage 2 of 2",
    "All approvals given",
  ]);
  expect(approvalsProgress({ stage: 1, stages: 1, required: 2, given: 1 })).toBe("1 of 2 approvals given");
});

test("who is still needed, and whether one more is the last", () => {
  expect(stillNeeded(at(1, 1), ["ann@example.com", "ben@example.com"])).toBe("1 of ann@example.com and ben@example.com");
  expect(stillNeeded(at(1, 0), ["ann@example.com", "ben@example.com"])).toBe("ann@example.com and ben@example.com");
  expect(stillNeeded(at(2, 1), ["ann@example.com"])).toBeNull();
  expect([at(1, 1), at(2, 0)].map(isLastNeeded)).toEqual([false, true]);
});

test.each([
  [[{ approvals: 1, people: ["ann@example.com"] }], "ann@example.com would be asked."],
  [[{ approvals: 1, people: ["ann@example.com", "ben@example.com"] }], "ann@example.com and ben@example.com would be asked."],
  [[{ approvals: 2, people: ["ann@example.com", "ben@example.com"] }], "ann@example.com and ben@example.com would have to approve."],
  [
    [
      { approvals: 1, people: ["ann@example.com", "ben@example.com"] },
      { approvals: 1, people: ["dot@example.com"] },
    ],
    "1 of ann@example.com and ben@example.com would have to approve, then dot@example.com.",
  ],
  [[{ approvals: 1, people: [], group: "Finance" }], "Finance (group) would be asked."],
  [
    [
      { approvals: 2, people: [], group: "Finance" },
      { approvals: 1, people: [], group: "Board" },
    ],
    "2 of Finance (group) would have to approve, then 1 of Board (group).",
  ],
  [[{ approvals: 2, people: [] }], "Nobody would have to approve."],
])("who would be asked: %j", (stages, words) => {
  expect(wouldBeAsked(stages)).toBe(words);
});
