import { describe, expect, it } from "vitest";
import { type PolicyAnswers, proposePolicy, REACH_ANSWERS, UNDO_ANSWERS } from "./propose-policy";
import { riskRank } from "./risk-levels";

const TABLE: [undo: PolicyAnswers["undo"], money: "none" | "500" | "all", reach: PolicyAnswers["reach"], type: string, risk: string][] = [
  ["easily", "none", "inside", "always_allow", "low"],
  ["easily", "none", "known", "log_only", "low"],
  ["easily", "none", "new", "require_approval_when_new_recipient", "medium"],
  ["with_effort", "none", "inside", "require_approval_when_not_reversible", "medium"],
  ["with_effort", "none", "known", "require_approval_when_external_recipient", "medium"],
  ["with_effort", "none", "new", "require_approval_when_external_recipient", "high"],
  ["never", "none", "inside", "always_require_approval", "high"],
  ["never", "none", "known", "always_require_approval", "high"],
  ["never", "none", "new", "always_require_approval", "critical"],
  ["easily", "500", "inside", "require_approval_above_amount", "medium"],
  ["easily", "500", "known", "require_approval_above_amount", "medium"],
  ["easily", "500", "new", "require_approval_above_amount", "medium"],
  ["with_effort", "500", "inside", "require_approval_above_amount", "high"],
  ["with_effort", "500", "known", "require_approval_above_amount", "high"],
  ["with_effort", "500", "new", "require_approval_above_amount", "high"],
  ["never", "500", "inside", "require_approval_above_amount", "high"],
  ["never", "500", "known", "require_approval_above_amount", "high"],
  ["never", "500", "new", "always_require_approval", "critical"],
  ["easily", "all", "inside", "always_require_approval", "medium"],
  ["easily", "all", "known", "always_require_approval", "medium"],
  ["easily", "all", "new", "always_require_approval", "medium"],
  ["with_effort", "all", "inside", "always_require_approval", "high"],
  ["with_effort", "all", "known", "always_require_approval", "high"],
  ["with_effort", "all", "new", "always_require_approval", "high"],
  ["never", "all", "inside", "always_require_approval", "high"],
  ["never", "all", "known", "always_require_approval", "high"],
  ["never", "all", "new", "always_require_approval", "critical"],
];

const propose = (undo: PolicyAnswers["undo"], money: string, reach: PolicyAnswers["reach"]) =>
  proposePolicy({ undo, reach, movesMoney: money !== "none", askAbove: money === "500" ? "500" : null });

describe("proposePolicy", () => {
  it("has a row here for every combination of answers", () => {
    expect(new Set(TABLE.map(([undo, money, reach]) => `${undo} ${money} ${reach}`)).size).toBe(
      UNDO_ANSWERS.length * 3 * REACH_ANSWERS.length,
    );
  });

  it.each(TABLE)("undone %s, money %s, reaching %s: %s, %s risk", (undo, money, reach, type, riskLevel) => {
    const proposed = propose(undo, money, reach);
    expect(proposed).toMatchObject({ type, riskLevel, threshold: type === "require_approval_above_amount" ? "500" : null });
    expect(proposed.reason).toMatch(/^[A-Z].*\.$/);
  });

  it("never rates a worse answer as less risky, and lets no money through unasked", () => {
    for (const [undo, money, reach] of TABLE) {
      const { type, riskLevel } = propose(undo, money, reach);
      const worse = [
        propose(UNDO_ANSWERS[UNDO_ANSWERS.indexOf(undo) + 1] ?? undo, money, reach),
        propose(undo, money, REACH_ANSWERS[REACH_ANSWERS.indexOf(reach) + 1] ?? reach),
      ];
      for (const other of worse) expect(riskRank(other.riskLevel)).toBeGreaterThanOrEqual(riskRank(riskLevel));
      if (money !== "none") expect(["always_require_approval", "require_approval_above_amount"]).toContain(type);
    }
  });
});
