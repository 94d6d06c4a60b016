import { describe, expect, test } from "vitest";
import { CLAIM_STATES, claimState, executionWord, isClaimed, isFree, isUnclaimed } from "./claim-state";

const now = new Date("2026-07-01T12:00:00.000Z");
const run = {
  executionStatus: "awaiting_execution_report",
  claimExpiresAt: now,
  approvalValidUntil: null,
  action: { autoReleasesClaims: false },
};
const later = new Date(now.getTime() + 1);
const earlier = new Date(now.getTime() - 1);

describe("where a claim stands", () => {
  test.each([
    ["nobody claimed it", { ...run, claimExpiresAt: null }, "none"],
    ["it was reported", { ...run, executionStatus: "executed", claimExpiresAt: later }, "none"],
    ["its worker has a millisecond left", { ...run, claimExpiresAt: later }, "held"],
    ["its time is over", run, "in_doubt"],
    ["its time is over, and its action is gone", { ...run, action: null }, "in_doubt"],
    ["its time is over, and it may be executed twice", { ...run, action: { autoReleasesClaims: true } }, "lapsed"],
    [
      "it may be executed twice, but its worker has time left",
      { ...run, claimExpiresAt: later, action: { autoReleasesClaims: true } },
      "held",
    ],
    ["nobody claimed it, and its approval is valid for a millisecond", { ...run, claimExpiresAt: null, approvalValidUntil: later }, "none"],
    ["nobody claimed it while its approval was valid", { ...run, claimExpiresAt: null, approvalValidUntil: now }, "approval_lapsed"],
    ["it was claimed in time, and its worker has time left", { ...run, claimExpiresAt: later, approvalValidUntil: now }, "held"],
    [
      "it may be executed twice, but its approval is over",
      { ...run, approvalValidUntil: now, action: { autoReleasesClaims: true } },
      "in_doubt",
    ],
    [
      "it may be executed twice, and its approval is valid",
      { ...run, approvalValidUntil: later, action: { autoReleasesClaims: true } },
      "lapsed",
    ],
    ["it was reported after its approval was over", { ...run, executionStatus: "executed", approvalValidUntil: now }, "none"],
  ] as const)("%s", (_, claimed, state) => {
    expect(claimState(claimed, { now, frozenSince: null })).toBe(state);
  });

  test.each([
    ["nobody claimed it", { ...run, claimExpiresAt: null }, "frozen"],
    ["its approval would have ended meanwhile", { ...run, claimExpiresAt: null, approvalValidUntil: now }, "frozen"],
    ["its approval had ended before", { ...run, claimExpiresAt: null, approvalValidUntil: earlier }, "approval_lapsed"],
    ["its worker has time left", { ...run, claimExpiresAt: later }, "held"],
    ["its worker's time is over, and it may be executed twice", { ...run, action: { autoReleasesClaims: true } }, "in_doubt"],
    ["it was reported", { ...run, executionStatus: "executed" }, "none"],
  ] as const)("while it is frozen: %s", (_, claimed, state) => {
    const clock = { now, frozenSince: earlier };
    expect(claimState(claimed, clock)).toBe(state);
    expect(isUnclaimed(claimed, clock)).toBe(state === "frozen");
  });

  test("what is held or in doubt is some worker's; a lapsed claim is nobody's", () => {
    expect(CLAIM_STATES.filter(isClaimed)).toEqual(["held", "in_doubt"]);
    expect(CLAIM_STATES.filter(isFree)).toEqual(["none", "lapsed"]);
  });

  test("unclaimed is what can still be withdrawn: a claim that ran out may have executed it", () => {
    const unclaimed = { ...run, claimExpiresAt: null };
    expect(isUnclaimed(unclaimed, { now, frozenSince: null })).toBe(true);
    for (const other of [
      run,
      { ...run, action: { autoReleasesClaims: true } },
      { ...unclaimed, approvalValidUntil: now },
      { ...unclaimed, executionStatus: "executed" },
      { ...unclaimed, executionStatus: "not_executed" },
    ])
      expect(isUnclaimed(other, { now, frozenSince: null })).toBe(false);
  });

  test("doubt is told before the status", () => {
    expect(executionWord("in_doubt", "awaiting_execution_report")).toBe("in_doubt");
    expect(executionWord("lapsed", "awaiting_execution_report")).toBe("awaiting_execution_report");
  });
});
