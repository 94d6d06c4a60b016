// What the console responds with. Times are RFC 3339 UTC strings, exactly as the console sent them.

/** The decision about a run. */
export type GovernanceStatus = "allowed" | "pending_approval" | "approved" | "rejected" | "blocked";

/** The outcome of a run. */
export type ExecutionStatus = "not_executed" | "awaiting_execution_report" | "executed" | "failed";

/** A JSON object as the console sent it, with the names of the wire. */
export type WireObject = Readonly<Record<string, unknown>>;

/** The exclusive right to execute one run until `expiresAt`. The token is a secret: it isn't printed or serialized. */
export interface Claim {
  readonly token: string;
  readonly expiresAt: string;
}

/** What was left of one of the key's rate limits when the console responded. */
export interface RateLimit {
  readonly name: string;
  readonly quota: number;
  readonly windowSeconds: number;
  readonly remaining: number;
  readonly resetSeconds: number;
}

/** What `intercept` and `status` both say about a run. Run the action only if `executable` is true. */
export interface RunState {
  readonly actionRunId: string;
  readonly governanceStatus: GovernanceStatus;
  readonly executionStatus: ExecutionStatus;
  readonly governanceReason: string;
  readonly executable: boolean;
  /** Whether it can't be approved or claimed until a person thaws it. Its deadlines stand still. */
  readonly frozen: boolean;
  readonly receipt: WireObject | null;
  /** `outcome`, `reason`, `by`, `at`, `comment`, `changes` and `proposed_payload`. null while pending. */
  readonly decision: WireObject | null;
  /** The budget that the run goes over: `name`, `limit`, `used_before` and more. null if there is none. */
  readonly budget: WireObject | null;
  /** The standing grant that allowed the run: `given_by`, `ends_at`, `max_uses` and more. null if none did. */
  readonly grant: WireObject | null;
  /** `stage`, `stages`, `required`, `given` and `by`, where several people must approve; otherwise null. */
  readonly approvals: WireObject | null;
  /** The name of the rule that decided. null when no rule applied, or the policy has no rules. */
  readonly policyRule: string | null;
  /** The run of the same idempotency key that this one asks again after. */
  readonly previousRunId: string | null;
  /** From when `askAgain: true` proposes it again; null while it's pending, may run or may have run. */
  readonly askAgainAt: string | null;
  /** Whether a person approved it with a change. Only a claim gives the payload that may be executed. */
  readonly payloadChanged: boolean;
  /** What was decided, by whom and why, in one line for people and models. */
  readonly explanation: string;
  /** Who changed what and why, in one line for people and models. null if nothing was changed. */
  readonly changeExplanation: string | null;
  /** What was left of the rate limits at the time of the response; empty if there are none. */
  readonly rateLimits: readonly RateLimit[];
}

/** The decision about a proposal. Run the action only if `executable` is true. */
export interface InterceptResult extends RunState {
  readonly idempotentReplay: boolean;
  readonly claim: Claim | null;
  readonly links: WireObject;
  /** Identifies the proposal, together with the next two. null if the console is older than 0.3. */
  readonly action: string | null;
  readonly idempotencyKey: string | null;
  readonly payloadHash: string | null;
}

/**
 * The current state of a run. `claimed` and `inDoubt` are null if the response doesn't say.
 *
 * In doubt: a claim expired without a report, so the action may or may not have run. A person settles it.
 */
export interface RunStatus extends RunState {
  readonly action: string;
  readonly createdAt: string | null;
  readonly decidedAt: string | null;
  readonly decidedBy: unknown;
  readonly comment: string | null;
  readonly expiresAt: string | null;
  /** When an approval lapses if nobody claims the run; null when it has no end. */
  readonly approvalValidUntil: string | null;
  readonly claimed: boolean | null;
  readonly claimExpiresAt: string | null;
  readonly inDoubt: boolean | null;
  readonly executionError: string | null;
  readonly executionReportedAt: string | null;
  /** For a run that required approval: how many emails were `queued`, or the `not_sent_reason`. */
  readonly mail: WireObject | null;
}

export type Run = InterceptResult | RunStatus;

/** A run this worker has claimed, with the exact payload that was decided on. */
export interface ClaimedRun {
  readonly actionRunId: string;
  readonly action: string;
  readonly payload: WireObject;
  readonly claim: Claim;
  readonly payloadHash: string | null;
  readonly policyVersion: unknown;
  /** Whether a person changed what was proposed. */
  readonly payloadChanged: boolean;
  /** What they changed, as JSON Patch (RFC 6902). null if nothing. */
  readonly changes: readonly WireObject[] | null;
  /** Why they changed it. */
  readonly reason: string | null;
}

/** The response to renewing (`claim` is set) or releasing (`claim` is null) a claim. */
export interface ClaimState {
  readonly actionRunId: string;
  readonly claim: Claim | null;
}

/** The response to a report; `idempotentReplay` if the same report was sent before. */
export interface ExecutionReport {
  readonly actionRunId: string;
  readonly executionStatus: ExecutionStatus;
  readonly executionError: string | null;
  readonly executionReportedAt: string | null;
  readonly idempotentReplay: boolean;
}

/** The response to withdrawing a run; `idempotentReplay` when it had been withdrawn before. */
export interface Withdrawal {
  readonly actionRunId: string;
  readonly governanceStatus: GovernanceStatus;
  readonly executionStatus: ExecutionStatus;
  readonly governanceReason: string;
  readonly withdrawnAt: string;
  readonly reason: string;
  readonly idempotentReplay: boolean;
}
