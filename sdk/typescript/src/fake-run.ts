import type { Claim, ExecutionStatus, GovernanceStatus, WireObject } from "./models";

/** What was proposed and what became of it. */
export interface FakeRun {
  readonly id: string;
  readonly action: string;
  readonly payload: WireObject;
  readonly idempotencyKey: string;
  readonly reasoning: string | null;
  readonly source: WireObject | null;
  readonly actor: string | null;
  readonly governanceStatus: GovernanceStatus;
  readonly governanceReason: string;
  readonly policyRule: string | null;
  readonly executionStatus: ExecutionStatus;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly decidedAt: string | null;
  readonly decidedBy: string | null;
  readonly comment: string | null;
  readonly approvalValidUntil: string | null;
  readonly previousRunId: string | null;
  /** Who claimed it. */
  readonly worker: string | null;
  /** The result that was reported. */
  readonly executionResult: WireObject | null;
  readonly executionError: string | null;
  readonly reportedAt: string | null;
}

/** A run as the fake keeps it. */
export type KeptRun = { -readonly [name in keyof FakeRun]: FakeRun[name] } & { readonly payloadHash: string; claim: Claim | null };

/** A person's no, after which an action's cool-down holds off the next request. */
export const PERSONAL_REFUSALS: readonly string[] = ["rejected_by_human", "manually_blocked_by_approver", "approval_revoked"];

export interface Ending {
  readonly status: GovernanceStatus;
  readonly reason: string;
  readonly at: string;
  readonly by?: string | null;
  readonly comment?: string | null;
}

/** Decides, or ends an approval. */
export function end(run: KeptRun, { status, reason, at, by = null, comment = null }: Ending): void {
  const executionStatus = status === "allowed" || status === "approved" ? "awaiting_execution_report" : "not_executed";
  Object.assign(run, { governanceStatus: status, governanceReason: reason, decidedAt: at, decidedBy: by, comment, executionStatus });
}

/** When it was over without an execution; null if it isn't. */
export function endedAt({ executionStatus, reportedAt, governanceStatus, decidedAt }: FakeRun): string | null {
  if (executionStatus === "failed") return reportedAt;
  return governanceStatus === "rejected" || governanceStatus === "blocked" ? decidedAt : null;
}

export function isReported({ executionStatus }: FakeRun): boolean {
  return executionStatus === "executed" || executionStatus === "failed";
}

export function wireDecision(run: FakeRun): WireObject | null {
  if (run.governanceStatus === "pending_approval") return null;
  const { governanceStatus: outcome, governanceReason: reason, decidedBy: by, decidedAt: at, comment } = run;
  return { outcome, reason, by, at, comment };
}
