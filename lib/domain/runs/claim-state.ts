import type { ExecutionStatus } from "./statuses";

/**
 * Where a run's claim stands. `none`: nobody has claimed it, or it was reported. `approval_lapsed`: nobody claimed it while its approval
 * was valid. `held`: its worker has time left. Time that ran out with no report leaves a run `in_doubt`, for a person to settle; or
 * `lapsed`, and to be claimed again, where the action says that its executor is idempotent and as long as the approval is valid.
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

/** Whether the run is handed out to whoever claims it. The same rule in SQL: `isFree` of claim-state-sql. */
export function isFree(state: ClaimState): boolean {
  return state === "none" || state === "lapsed";
}

/** Whether the run is allowed or approved and nobody has claimed it. The same rule in SQL: `isUnclaimed` of claim-state-sql. */
export function isUnclaimed(run: Claimable, now: Date): boolean {
  return run.executionStatus === "awaiting_execution_report" && claimState(run, now) === "none";
}

/** Whether the run is some worker's, or may have been executed by one: then nobody else gets it. */
export function isClaimed(state: ClaimState): boolean {
  return state === "held" || state === "in_doubt";
}

/** How people are told where an execution stands: doubt goes before what was reported so far, which is nothing. */
export function executionWord(state: ClaimState, executionStatus: string): ExecutionStatus | "in_doubt" {
  return state === "in_doubt" ? "in_doubt" : (executionStatus as ExecutionStatus);
}
