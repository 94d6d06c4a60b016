import { isOver, type RunClock } from "./run-clock";
import type { ExecutionStatus } from "./statuses";

/**
 * The state of a run's claim. `none`: unclaimed, or already reported. `approval_lapsed`: not claimed while its approval was valid.
 * `frozen`: unclaimed, and nobody can claim it until it's thawed. `held`: its lease is running. An unreported claim whose lease expired is
 * `in_doubt`, for a person to settle. It is `lapsed`, and can be claimed again, if the action declares its executor idempotent, the
 * approval is valid and nothing is frozen.
 */
export const CLAIM_STATES = ["none", "approval_lapsed", "frozen", "held", "lapsed", "in_doubt"] as const;
export type ClaimState = (typeof CLAIM_STATES)[number];

export interface Claimable {
  readonly executionStatus: string;
  readonly claimExpiresAt: Date | null;
  /** null: the approval has no end, or the run needed none. */
  readonly approvalValidUntil: Date | null;
  readonly action: { readonly autoReleasesClaims: boolean } | null;
}

/** `clock` is the database's, as it stands for the run. The same rule in SQL: `daai_claim_state`. */
export function claimState({ executionStatus, claimExpiresAt, approvalValidUntil, action }: Claimable, clock: RunClock): ClaimState {
  if (executionStatus !== "awaiting_execution_report") return "none";
  const isFrozen = clock.frozenSince !== null;
  if (claimExpiresAt === null) {
    return approvalValidUntil !== null && isOver(approvalValidUntil, clock) ? "approval_lapsed" : isFrozen ? "frozen" : "none";
  }
  if (claimExpiresAt > clock.now) return "held";
  const isApprovalOver = approvalValidUntil !== null && approvalValidUntil <= clock.now;
  return action?.autoReleasesClaims && !isApprovalOver && !isFrozen ? "lapsed" : "in_doubt";
}

/** Whether the run can be claimed. The same rule in SQL: `isFree` of claim-state-sql. */
export function isFree(state: ClaimState): boolean {
  return state === "none" || state === "lapsed";
}

/** Whether the run is allowed or approved and unclaimed, frozen or not. The same rule in SQL: `isUnclaimed` of claim-state-sql. */
export function isUnclaimed(run: Claimable, clock: RunClock): boolean {
  return run.executionStatus === "awaiting_execution_report" && ["none", "frozen"].includes(claimState(run, clock));
}

/** Whether a worker has the run or may have executed it, so that no other can claim it. */
export function isClaimed(state: ClaimState): boolean {
  return state === "held" || state === "in_doubt";
}

/** The execution status that people see: doubt takes precedence over the missing report. */
export function executionWord(state: ClaimState, executionStatus: string): ExecutionStatus | "in_doubt" {
  return state === "in_doubt" ? "in_doubt" : (executionStatus as ExecutionStatus);
}
