import type { GovernanceReason } from "@/lib/domain/policy/governance-reasons";

/** What was decided about a run. */
export const GOVERNANCE_STATUSES = ["allowed", "pending_approval", "approved", "rejected", "blocked"] as const;
export type GovernanceStatus = (typeof GOVERNANCE_STATUSES)[number];

/** What the app reported about it. */
export const EXECUTION_STATUSES = ["not_executed", "awaiting_execution_report", "executed", "failed"] as const;
export type ExecutionStatus = (typeof EXECUTION_STATUSES)[number];

/** What an approver can decide. */
export const DECISIONS = ["approve", "reject", "block"] as const;
export type Decision = (typeof DECISIONS)[number];

export interface DecisionEffect {
  readonly governanceStatus: GovernanceStatus;
  readonly executionStatus: ExecutionStatus;
  readonly reason: GovernanceReason;
}

const DECISION_EFFECTS: Record<Decision, DecisionEffect> = {
  approve: {
    governanceStatus: "approved",
    executionStatus: "awaiting_execution_report",
    reason: "approved_by_human",
  },
  reject: { governanceStatus: "rejected", executionStatus: "not_executed", reason: "rejected_by_human" },
  block: { governanceStatus: "blocked", executionStatus: "not_executed", reason: "manually_blocked_by_approver" },
};

/** The outcome of a pending run that no one decides in time. */
export const EXPIRY_EFFECT: DecisionEffect = {
  governanceStatus: "rejected",
  executionStatus: "not_executed",
  reason: "approval_expired",
};

/** The outcome of a pending run that is withdrawn before anyone decides. */
export const WITHDRAWAL_EFFECT: DecisionEffect = {
  governanceStatus: "rejected",
  executionStatus: "not_executed",
  reason: "withdrawn",
};

/** Why a yes ends before anyone claims its run: the run is rejected then, with this as its reason. */
export const REVOCATION_REASONS = ["withdrawn", "approval_revoked", "approval_lapsed"] as const satisfies readonly GovernanceReason[];
export type RevocationReason = (typeof REVOCATION_REASONS)[number];

export function decisionEffect(decision: Decision): DecisionEffect {
  return DECISION_EFFECTS[decision];
}

/** Whether the app may act, as one boolean. `isFree`: neither a claim nor a lapsed approval prevents it. */
export function isExecutable(run: { governanceStatus: GovernanceStatus; executionStatus: ExecutionStatus; isFree: boolean }): boolean {
  return mayRun(run.governanceStatus) && run.executionStatus === "awaiting_execution_report" && run.isFree;
}

/** Whether a run can ever be in both statuses at once. A test from the console is never executed, whatever was decided. */
export function isLegalPair(governanceStatus: GovernanceStatus, executionStatus: ExecutionStatus, isTest = false): boolean {
  return (mayRun(governanceStatus) && !isTest) === (executionStatus !== "not_executed");
}

function mayRun(governanceStatus: GovernanceStatus): boolean {
  return governanceStatus === "allowed" || governanceStatus === "approved";
}
