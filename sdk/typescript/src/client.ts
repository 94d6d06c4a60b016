import { ApprovalTimeout } from "./action-errors";
import { admit, executeHeld, executionOf, unusedClaims } from "./admission";
import { ofClaim, ofProposal, ofRun } from "./binding";
import { type Call, callConsole, runPath, type Sending } from "./calls";
import { Claims, refuses } from "./claims";
import { type DaaiClientOptions, loadConfig, newWorkerName } from "./config";
import { DaaiApiError } from "./errors";
import { type Inside, insides } from "./inside";
import type { ClaimedRun, ClaimState, ExecutionReport, InterceptResult, Run, RunStatus, WireObject, Withdrawal } from "./models";
import type {
  CallOptions,
  ClaimOptions,
  Execution,
  ExecutionOptions,
  GovernedOptions,
  Proposal,
  ReportOptions,
  WaitOptions,
} from "./options";
import { isGenerator } from "./outcome";
import { claimState, executionReport, runStatus, withdrawal } from "./parse-models";
import { errorMessage, jsonObject, wellFormed } from "./payload";
import { randomId } from "./payload-hash";
import { checkKey, checkLease, claimBody, isPlainJson, type ProposalBody, payloadOf, proposalBody } from "./proposal";
import { type Runtime, SYSTEM_RUNTIME } from "./runtime";

/** A long poll that timed out on the way: the run is still pending. */
const POLL_TIMEOUTS = [408, 504];

/**
 * Asks the console whether an action may run, and reports the outcome.
 *
 * Every method can throw a DaaiConnectionError if there is no response after three attempts, and the DaaiApiError that matches the response.
 * Connection errors, 408, 429 and 5xx are retried with full jitter, honoring a Retry-After of up to 60 seconds.
 */
export class DaaiClient {
  readonly #inside: Inside;
  readonly #claims: Claims;

  /** Throws a DaaiConfigError. `runtime` is for the tests of this package. */
  constructor(options: DaaiClientOptions = {}, runtime: Runtime = SYSTEM_RUNTIME) {
    const { fetch, witness, onWarning = (message) => console.warn(`daai: ${message}`) } = options;
    // Whatever it throws must not change what comes of a run.
    const warn = (message: string) => void (async () => onWarning(message))().catch(() => undefined);
    // Not a copy of the runtime, which an installed FakeDaai changes.
    this.#inside = Object.assign(Object.create(runtime) as Runtime, loadConfig(options), fetch && { fetch }, { witness, warn });
    this.#claims = new Claims(warn);
    insides.set(this, this.#inside);
  }

  /**
   * Proposes an action without running anything. Run it only if `executable` is true.
   *
   * The same idempotency key with the same payload returns the same run; with another payload it throws a DaaiConflictError. Throws a
   * DaaiTooSoonError while the action's cool-down holds it off, a DaaiPayloadError for what can't be sent, a DaaiQuotaError if a monthly
   * limit has been reached.
   */
  async intercept(proposal: Proposal, { signal }: CallOptions = {}): Promise<InterceptResult> {
    // A generated key makes it safe to send the proposal again if the response is lost. Its prefix tells the console that it says nothing
    // about what is proposed.
    const key = proposal.idempotencyKey ?? `auto:${crypto.randomUUID()}`;
    const body = proposalBody(proposal, key);
    const build = ofProposal(body);
    const send = async (sent: Partial<ProposalBody>, options: Sending): Promise<InterceptResult> => {
      try {
        return await callConsole(this.#inside, { path: "/v1/sdk/intercept", body: sent, build, ...options });
      } catch (error) {
        if (!sent.accepts_changes || !refuses(error, "accepts_changes")) throw error;
      }
      // A console before version 0.4 knows no changes, and makes none.
      const { accepts_changes: _, ...plain } = sent;
      return send(plain, options);
    };
    if (body.claim === undefined) return send(body, { signal });
    const run = await this.#claims.ask(
      [proposal.action, key],
      body.claim,
      (onSent) => send(body, { signal, onSent }),
      async (token) => {
        // Only the same proposal finds the run that the lost request may have made; it makes that run if the request was lost on its way.
        // Without askAgain, it makes no run after that.
        const { claim: _, ask_again: __, ...plain } = body;
        const { actionRunId } = await send(plain, { toRelease: true });
        return this.releaseClaim(actionRunId, token);
      },
    );
    if (run.claim) unusedClaims.set(run.claim, body.claim.lease_seconds);
    return run;
  }

  /** Returns the current state of a run. Throws a DaaiNotFoundError if the workspace doesn't have it. */
  async status(runId: string, { signal }: CallOptions = {}): Promise<RunStatus> {
    return this.#askAbout(runId, "status", runStatus, { signal });
  }

  /** Waits until the run is decided, using long polls. Throws an ApprovalTimeout, whose `run` is the pending run. */
  async wait(runId: string, { timeoutSeconds = Number.POSITIVE_INFINITY, onCancel, signal }: WaitOptions = {}): Promise<RunStatus> {
    try {
      return await this.#poll(runId, timeoutSeconds, signal);
    } catch (error) {
      if (signal?.aborted && onCancel === "withdraw") {
        await this.withdraw(runId, "The app stopped waiting for a decision.").catch((problem: unknown) =>
          this.#inside.warn(`run ${runId} was not withdrawn: ${String(problem)}`),
        );
      }
      throw error;
    }
  }

  /**
   * Ends a request that is no longer needed: pending, or executable and not claimed by anyone. Withdrawing it again is a replay. Throws a
   * DaaiConflictError with the code `already_claimed`, `already_reported` or `already_decided` when it is too late.
   */
  async withdraw(runId: string, reason: string): Promise<Withdrawal> {
    return this.#askAbout(runId, "withdraw", withdrawal, { body: { reason: wellFormed(reason) } });
  }

  /**
   * Takes the exclusive right to execute a run. Throws a DaaiConflictError with the code `already_claimed`, `not_executable`,
   * `already_reported`, or `payload_changed`. A lost response leaves nothing behind: the next attempt gets the same claim, and a claim that
   * no attempt received is released.
   */
  async claim(runId: string, { payload, payloadChanged = false, signal, ...request }: ClaimOptions): Promise<ClaimedRun> {
    const body = claimBody(request);
    if (payload !== undefined) body.payload = jsonObject(payload, "payload");
    const build = ofClaim(runId, body.payload, payloadChanged);
    const send = (onSent?: () => void) => callConsole(this.#inside, { path: runPath(runId, "claim"), body, build, signal, onSent });
    return this.#claims.ask([runId], body, send, (token) => this.releaseClaim(runId, token));
  }

  /** Extends a claim to `leaseSeconds` from now; 60 if not given. Throws a DaaiConflictError if it is lost. */
  async renewClaim(
    runId: string,
    claimToken: string,
    { leaseSeconds, signal }: CallOptions & { readonly leaseSeconds?: number | undefined } = {},
  ): Promise<ClaimState> {
    const body = { claim_token: claimToken, lease_seconds: checkLease(leaseSeconds) };
    return this.#askAbout(runId, "claim/renew", claimState, { body, signal });
  }

  /** Releases a claim without executing. After executing, report instead. */
  async releaseClaim(runId: string, claimToken: string): Promise<ClaimState> {
    return this.#askAbout(runId, "claim/release", claimState, { body: { claim_token: claimToken }, toRelease: true });
  }

  /**
   * Reports that the action ran. `executionResult` is an object of up to 16,384 bytes of JSON. Repeating the same report is harmless. A
   * different one throws a DaaiConflictError, as does a missing or wrong `claimToken` while a claim is active.
   */
  async reportExecuted(runId: string, executionResult: object = {}, { claimToken }: ReportOptions = {}): Promise<ExecutionReport> {
    const body = { execution_result: jsonObject(executionResult, "execution_result"), claim_token: claimToken };
    return this.#askAbout(runId, "report-executed", executionReport, { body });
  }

  /** Reports that the action failed. `executionError` is cut at 4,000 characters. */
  async reportFailed(
    runId: string,
    executionError: string,
    { executionResult, claimToken }: ReportOptions & { readonly executionResult?: object | undefined } = {},
  ): Promise<ExecutionReport> {
    const result = executionResult && jsonObject(executionResult, "execution_result");
    const body = { execution_error: errorMessage(executionError), execution_result: result, claim_token: claimToken };
    return this.#askAbout(runId, "report-failed", executionReport, { body });
  }

  /**
   * Runs `act` only under a claim on `run`, a result of this client or a run id.
   *
   * Waits up to `waitSeconds` for a decision, claims, renews the claim while `act` runs, and reports: executed with what it returned, or
   * failed with what it threw, which is thrown again. Throws ActionPending, ApprovalTimeout, ActionBlocked, ActionRejected, ActionFrozen or
   * ActionAlreadyTaken instead of running it, and ExecutionNotReported after it.
   */
  async execution<T>(run: Run | string, options: ExecutionOptions, act: (execution: Execution) => T): Promise<Awaited<T>> {
    const held = await admit(this, run, options.worker ?? newWorkerName(randomId()), options);
    return executeHeld(this, held, options, () => act(executionOf(held)));
  }

  /**
   * Returns `act` as a function whose every call is proposed first and runs only if it may. The rest works as in `execution`. With a
   * `signal`, all of its calls can be canceled.
   */
  governed<A extends readonly unknown[], T>(
    action: string,
    options: GovernedOptions<A, T>,
    act: (...args: A) => T,
  ): (...args: A) => Promise<Awaited<T>> {
    if (isGenerator(act)) throw new TypeError("a generator can't be governed");
    return async (...args: A): Promise<Awaited<T>> => {
      const { payload, idempotencyKey, leaseSeconds } = options;
      const proposed = jsonObject(payloadOf(args, payload), "payload");
      // Only the default payload, the call's argument, is what the function can be called with.
      const acceptsChanges = payload === undefined && isPlainJson(args[0]);
      // Without a key, every call would be a new run.
      const key = typeof idempotencyKey === "function" ? checkKey(idempotencyKey(...args)) : idempotencyKey;
      const worker = newWorkerName(randomId());
      const claim = { worker, leaseSeconds };
      const run = await this.intercept({ ...options, action, payload: proposed, idempotencyKey: key, acceptsChanges, claim }, options);
      const held = await admit(this, run, worker, options, proposed, acceptsChanges);
      const isChanged = acceptsChanges && held.run.payloadChanged;
      const decided = isChanged ? ([held.payload] as unknown as A) : args;
      const result = await executeHeld(this, held, options, () => act(...decided));
      return isChanged && options.onChange ? options.onChange(result, held.run) : result;
    };
  }

  async #poll(runId: string, timeoutSeconds: number, signal: AbortSignal | undefined): Promise<RunStatus> {
    const { now, sleep, pollSeconds } = this.#inside;
    const deadline = now() + timeoutSeconds;
    for (;;) {
      const askedAt = now();
      const seconds = Math.max(0, Math.ceil(Math.min(deadline - askedAt, pollSeconds)));
      const status = await this.#status(runId, seconds, signal);
      if (status && status.governanceStatus !== "pending_approval") return status;
      // A poll that a proxy ended says nothing: at the deadline, one last request without waiting returns the current state.
      if (status && now() >= deadline) throw new ApprovalTimeout(status);
      // Something in between didn't hold the request open: never poll in a busy loop.
      if (now() - askedAt < 1) await sleep(status ? Math.min(1, deadline - now()) : 1, signal);
    }
  }

  /** null if something on the way ended the long poll. */
  async #status(runId: string, seconds: number, signal: AbortSignal | undefined): Promise<RunStatus | null> {
    const final = seconds > 0 ? POLL_TIMEOUTS : [];
    try {
      return await this.#askAbout(runId, `status?wait=${seconds}`, runStatus, { extraSeconds: seconds, final, signal });
    } catch (error) {
      if (error instanceof DaaiApiError && final.includes(error.statusCode)) return null;
      throw error;
    }
  }

  #askAbout<T extends { readonly actionRunId: string }>(
    runId: string,
    verb: string,
    build: (body: WireObject) => T,
    call: Partial<Call<T>>,
  ): Promise<T> {
    return callConsole(this.#inside, { path: runPath(runId, verb), build: ofRun(runId, build), ...call });
  }
}
