import type { Run, WireObject } from "./models";

/** Has `intercept` also claim the run if it is allowed. */
export interface ClaimRequest {
  /** Who will execute it: a unique name that a person can trace, of at most 200 characters. */
  readonly worker: string;
  /** From 5 to 3,600 whole seconds; 60 if not given. */
  readonly leaseSeconds?: number | undefined;
}

export interface Proposal {
  /** The name of a registered action. */
  readonly action: string;
  /** A plain object or a Map of at most 16,384 bytes of JSON and 31 levels. */
  readonly payload: object;
  /** From 1 to 256 characters. The same key with the same payload is the same run. Without a key, every call is a new run. */
  readonly idempotencyKey?: string | undefined;
  /** Why, for the approver: at most 2,000 characters. */
  readonly reasoning?: string | undefined;
  /** Where it comes from: `type` of at most 100 characters, `ref` of at most 500. */
  readonly source?: object | undefined;
  readonly actor?: string | undefined;
  readonly claim?: ClaimRequest | undefined;
  /** Propose again what was rejected, blocked or failed under this key: as a run of its own with `previousRunId`. */
  readonly askAgain?: boolean | undefined;
  /** Only if you execute with the payload of the claim, as `execution` gives it: a person can then approve the run with a change. */
  readonly acceptsChanges?: boolean | undefined;
}

export interface CallOptions {
  /** Cancels the call, which then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

export interface WaitOptions extends CallOptions {
  /** How long to wait at most; as long as it takes if not given. */
  readonly timeoutSeconds?: number | undefined;
  /** "withdraw": a wait that is canceled (not one that times out) withdraws the run before it ends. */
  readonly onCancel?: "withdraw" | undefined;
}

export interface ClaimOptions extends ClaimRequest, CallOptions {
  /** What you will act on: the claim is refused if it isn't what was decided on. */
  readonly payload?: object | undefined;
  /** What the run's status says. If true, a claim that doesn't give what a person changed is released, and this throws. */
  readonly payloadChanged?: boolean | undefined;
}

export interface ReportOptions {
  readonly claimToken?: string | undefined;
}

export interface AdmitOptions extends Pick<WaitOptions, "signal" | "onCancel"> {
  /** Wait so many seconds for a decision. Without it, a pending run isn't waited for. */
  readonly waitSeconds?: number | undefined;
  /** From 5 to 3,600 whole seconds; 60 if not given. Renewed while the function runs. */
  readonly leaseSeconds?: number | undefined;
}

export interface ExecutionOptions extends AdmitOptions {
  /** Who executes it; a unique name if not given. */
  readonly worker?: string | undefined;
}

export interface GovernedOptions<A extends readonly unknown[], T = unknown>
  extends AdmitOptions,
    Omit<Proposal, "action" | "payload" | "idempotencyKey" | "claim" | "acceptsChanges"> {
  /**
   * The payload, or a function of the call's arguments. By default the call's only argument, which must be an object. If that is plain JSON, a
   * person can approve the call with a change, and the function is called with the changed object.
   */
  readonly payload?: object | ((...args: A) => object) | undefined;
  readonly idempotencyKey?: string | ((...args: A) => string) | undefined;
  /**
   * Called after a call that a person approved with a change. It returns what the call returns instead, such as a text that tells a model:
   * `run.changeExplanation` says who changed what and why.
   */
  readonly onChange?: ((result: Awaited<T>, run: Run) => Awaited<T> | Promise<Awaited<T>>) | undefined;
}

/** What the function of `execution` gets. */
export interface Execution {
  /** The run as the console described it when it could be claimed. */
  readonly run: Run;
  readonly actionRunId: string;
  /** The payload that was decided on: act on this. Throws if the claim came with `intercept`; then it is the one you sent. */
  readonly payload: WireObject;
}
