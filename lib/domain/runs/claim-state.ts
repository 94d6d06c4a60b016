import type { ExecutionStatus } from "./statuses";

/**
 * The state of a run's claim. `none`: unclaimed, or already reported. `approval_lapsed`: not claimed while its approval was valid. `held`:
 * its lease is running. An unreported claim whose lease expired is `in_doubt`, for a person to settle. It is `lapsed`, and can be claimed
 * again, if the action declares its executor idempotent and the approval is valid.
 */
export const CLAIM_STATES = ["none", "approval_lapsed", "held", "lapsed", "in_doubt"] as const;
export type ClaimState = (typeof CLAIM_STATES)[number];

export interface Claimable {
  readonly executionStatus: string;
  readonly claimExpiresAt: Date | null;
  /** null: the approval has no end, or the run needed none. */
  readonly approvalValidUntil: Date | null;
  readonly action: { readonly autoReleasesClaims: boolean } | null;
}

/** `now` is the database's time. The same rule in SQL: `daai_claim_state`. */
export function claimState({ executionStatus, claimExpiresAt, approvalValidUntil, action }: Claimable, now: Date): ClaimState {
  if (executionStatus !== "awaiting_execution_report") return "none";
  const isApprovalOver = approvalValidUntil !== null && approvalValidUntil <= now;
  if (claimExpiresAt === null) return isApprovalOver ? "approval_lapsed" : "none";
  if (claimExpiresAt > now) return "held";
  return action?.autoReleasesClaims && !isApprovalOver ? "lapsed" : "in_doubt";
}

/** Whether the run can be claimed. The same rule in SQL: `isFree` of claim-state-sql. */
export function isFree(state: ClaimState): boolean {
  return state === "none" || state === "lapsed";
}

/** Whether the run is allowed or approved and unclaimed. The same rule in SQL: `isUnclaimed` of claim-state-sql. */
export function isUnclaimed(run: Claimable, now: Date): boolean {
  return run.executionStatus === "awaiting_execution_report" && claimState(run, now) === "none";
}

/** Whether a worker has the run or may have executed it, so that no other can claim it. */
export function isClaimed(state: ClaimState): boolean {
  return state === "held" || state === "in_doubt";
}

/** The execution status that people see: doubt takes precedence over the missing report. */
export function executionWord(state: ClaimState, executionStatus: string): ExecutionStatus | "in_doubt" {
  return state === "in_doubt" ? "in_doubt" : (executionStatus as ExecutionStatus);
}
