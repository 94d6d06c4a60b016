import { describe, expect, it } from "vitest";
import {
  DECISIONS,
  decisionEffect,
  EXECUTION_STATUSES,
  EXPIRY_EFFECT,
  GOVERNANCE_STATUSES,
  isExecutable,
  isLegalPair,
  WITHDRAWAL_EFFECT,
} from "./statuses";

describe("isLegalPair", () => {
  it("has exactly these pairs", () => {
    const pairs = GOVERNANCE_STATUSES.flatMap((governance) =>
      EXECUTION_STATUSES.filter((execution) => isLegalPair(governance, execution)).map((execution) => `${governance} ${execution}`),
    );
    expect(pairs).toEqual([
      "allowed awaiting_execution_report",
      "allowed executed",
      "allowed failed",
      "pending_approval not_executed",
      "approved awaiting_execution_report",
      "approved executed",
      "approved failed",
      "rejected not_executed",
      "blocked not_executed",
    ]);
  });

  it("lets no test be executed, whatever was decided", () => {
    const pairs = GOVERNANCE_STATUSES.flatMap((governance) =>
      EXECUTION_STATUSES.filter((execution) => isLegalPair(governance, execution, true)),
    );
    expect(pairs).toEqual(GOVERNANCE_STATUSES.map(() => "not_executed"));
  });
});

describe("isExecutable", () => {
  it("is true only for an allowed or approved run that awaits its report and is free", () => {
    const executable = GOVERNANCE_STATUSES.flatMap((governanceStatus) =>
      EXECUTION_STATUSES.flatMap((executionStatus) =>
        [true, false]
          .filter((isFree) => isExecutable({ governanceStatus, executionStatus, isFree }))
          .map((isFree) => [governanceStatus, executionStatus, isFree]),
      ),
    );
    expect(executable).toEqual([
      ["allowed", "awaiting_execution_report", true],
      ["approved", "awaiting_execution_report", true],
    ]);
  });
});

describe("decisions", () => {
  it("lead to final, legal pairs", () => {
    for (const effect of [...DECISIONS.map(decisionEffect), EXPIRY_EFFECT, WITHDRAWAL_EFFECT]) {
      expect(isLegalPair(effect.governanceStatus, effect.executionStatus)).toBe(true);
      expect(effect.governanceStatus).not.toBe("pending_approval");
    }
  });

  it("have their reasons", () => {
    expect(decisionEffect("approve")).toEqual({
      governanceStatus: "approved",
      executionStatus: "awaiting_execution_report",
      reason: "approved_by_human",
    });
    expect(decisionEffect("reject").reason).toBe("rejected_by_human");
    expect(decisionEffect("block")).toMatchObject({ governanceStatus: "blocked", reason: "manually_blocked_by_approver" });
    expect(EXPIRY_EFFECT).toMatchObject({ governanceStatus: "rejected", reason: "approval_expired" });
  });
});
