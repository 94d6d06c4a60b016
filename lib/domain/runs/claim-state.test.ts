import { describe, expect, test } from "vitest";
import { claimState, executionWord, isClaimed } from "./claim-state";

const now = new Date("2026-07-01T12:00:00.000Z");
const run = { executionStatus: "awaiting_execution_report", claimExpiresAt: now, action: { autoReleasesClaims: false } };
const later = new Date(now.getTime() + 1);

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
  ] as const)("%s", (_, claimed, state) => {
    expect(claimState(claimed, now)).toBe(state);
  });

  test("what is held or in doubt is some worker's; a lapsed claim is nobody's", () => {
    expect((["none", "held", "lapsed", "in_doubt"] as const).filter(isClaimed)).toEqual(["held", "in_doubt"]);
  });

  test("doubt is told before the status", () => {
    expect(executionWord("in_doubt", "awaiting_execution_report")).toBe("in_doubt");
    expect(executionWord("lapsed", "awaiting_execution_report")).toBe("awaiting_execution_report");
  });
});
