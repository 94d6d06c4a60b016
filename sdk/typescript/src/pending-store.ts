import type { MaybePromise } from "./maybe-promise";
import type { WireObject } from "./models";

/** pending → claimed → unreported → gone; in_doubt if it may or may not have run. */
export type PendingState = "pending" | "claimed" | "unreported" | "in_doubt";

/** The outcome of an execution, as it will be reported: `error` is null if it was executed. */
export interface Outcome {
  readonly result: WireObject;
  readonly error: string | null;
}

/** The worker and token that a claim was requested with. The same pair gets the same claim again. */
export interface StoredClaimRequest {
  readonly worker: string;
  readonly token: string;
  /** Seconds since the epoch. For one lease from then on, only that worker may use it. */
  readonly askedAt: number;
}

/** One row of a store. The rows of this package's stores don't show the secrets `claimToken` and `claimRequest` when they are printed. */
export interface PendingAction {
  readonly actionRunId: string;
  readonly action: string;
  readonly payload: WireObject;
  readonly state: PendingState;
  readonly claimToken: string | null;
  /** Seconds since the epoch until which the runner that claimed it is known to be alive. */
  readonly leaseUntil: number | null;
  readonly outcome: Outcome | null;
  readonly note: string | null;
  /** The latest request for a claim. Its response may have been lost, together with the runner. */
  readonly claimRequest: StoredClaimRequest | null;
}

/**
 * What `PendingActionManager` and `DaaiActionRunner` need: `SQLitePendingStore`, or a store of your own. Every method is one atomic, durable
 * step.
 *
 * The methods that return a boolean change nothing and return false if the row isn't in the state, or not under the claim, that they start
 * from.
 */
export interface PendingStore {
  /** Stores as pending; a run that is already stored stays unchanged. */
  add(actionRunId: string, action: string, payload: WireObject): unknown;
  get(actionRunId: string): MaybePromise<PendingAction | null | undefined>;
  /** Every row, oldest first. */
  entries(): MaybePromise<readonly PendingAction[]>;
  /** Stores it with a pending row that has none. Returns the row's request; null if it isn't pending. */
  storeClaimRequest(actionRunId: string, request: StoredClaimRequest): MaybePromise<StoredClaimRequest | null | undefined>;
  /** Deletes a pending row's request, found by its worker and token, that was rejected because another worker has the claim. */
  deleteClaimRequest(actionRunId: string, request: StoredClaimRequest): MaybePromise<boolean>;
  /** pending → claimed. From here on the executor may have run. */
  markClaimed(actionRunId: string, claimToken: string, leaseUntil: number): MaybePromise<boolean>;
  /** claimed → claimed: shows that the runner is alive. */
  extendLease(actionRunId: string, claimToken: string, leaseUntil: number): MaybePromise<boolean>;
  /** claimed or in_doubt → unreported, under the same claim. */
  recordOutcome(actionRunId: string, claimToken: string, outcome: Outcome): MaybePromise<boolean>;
  /** claimed or unreported → in_doubt, under the same claim, with the outcome if there is one. */
  markInDoubt(actionRunId: string, claimToken: string, note: string): MaybePromise<boolean>;
  /** in_doubt → pending, without claim, request and outcome: a person confirmed that it didn't run, or may run again. */
  reopen(actionRunId: string): MaybePromise<boolean>;
  /** Deletes the row. False if it was already gone. */
  remove(actionRunId: string): MaybePromise<boolean>;
}

/** Hides the secrets of a row from what prints or serializes it. */
export function hideSecrets({ claimToken, claimRequest, ...row }: PendingAction): PendingAction {
  return Object.defineProperties(row, { claimToken: { value: claimToken }, claimRequest: { value: claimRequest } }) as PendingAction;
}
