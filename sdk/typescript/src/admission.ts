// From a proposal to the right to execute it, and from the end of the execution to its report.

import {
  ActionAlreadyTaken,
  ActionBlocked,
  ActionFrozen,
  type ActionNotRun,
  ActionPending,
  ActionRejected,
  ExecutionNotReported,
} from "./action-errors";
import { DaaiConflictError, type DaaiError, DaaiNotFoundError, DaaiPayloadError, isTampered, memberOf } from "./errors";
import { explain } from "./explanation";
import { insides } from "./inside";
import type { Claim, ClaimedRun, ClaimState, ExecutionReport, GovernanceStatus, Run, RunStatus, WireObject } from "./models";
import type { AdmitOptions, CallOptions, ClaimOptions, Execution, ReportOptions, WaitOptions } from "./options";
import { errorText, reportable } from "./outcome";
import { checkLease } from "./proposal";

/** Codes of a claim that came too late, or whose action was deactivated. */
const TAKEN = ["already_claimed", "already_reported", "not_executable", "action_inactive"];

/**
 * The leases of claims that came with the response to `intercept` and that no execution has used. Each is for one execution: without asking
 * the console again, a second one would run what has run.
 */
export const unusedClaims: WeakMap<Claim, number> = new WeakMap();

const NOT_RUN: ReadonlyMap<GovernanceStatus, new (run: Run, options?: ErrorOptions) => ActionNotRun> = new Map([
  ["pending_approval", ActionPending],
  ["rejected", ActionRejected],
  ["blocked", ActionBlocked],
]);

/** What executing a run takes: a DaaiClient. */
export interface Caller {
  status(runId: string, options: CallOptions): Promise<RunStatus>;
  wait(runId: string, options: WaitOptions): Promise<RunStatus>;
  claim(runId: string, options: ClaimOptions): Promise<ClaimedRun>;
  renewClaim(runId: string, claimToken: string, options: CallOptions & { readonly leaseSeconds: number }): Promise<ClaimState>;
  reportExecuted(runId: string, executionResult: object, options: ReportOptions): Promise<ExecutionReport>;
  reportFailed(runId: string, executionError: string, options: ReportOptions): Promise<ExecutionReport>;
}

/** A run that this process has claimed. */
export interface Held {
  readonly run: Run;
  readonly token: string;
  readonly leaseSeconds: number;
  /** null for a claim that came with the response to intercept. */
  readonly payload: WireObject | null;
}

/**
 * Waits if requested, and claims. `payload` is what the caller will act on; the console compares it. With `acceptsChanges`, the caller acts on
 * the payload of what is held, which a person may have changed.
 */
export async function admit(
  client: Caller,
  given: Run | string,
  worker: string,
  { waitSeconds, leaseSeconds: asked, onCancel, signal }: AdmitOptions,
  payload?: object,
  acceptsChanges = false,
): Promise<Held> {
  const leaseSeconds = checkLease(asked);
  let run = typeof given === "string" ? await client.status(given, { signal }) : given;
  if (run.governanceStatus === "pending_approval") {
    // Without waiting, too: the given state may be outdated.
    run = waitSeconds
      ? await client.wait(run.actionRunId, { timeoutSeconds: waitSeconds, onCancel, signal })
      : await client.status(run.actionRunId, { signal });
  }
  requireExecutable(run);
  const own = "claim" in run ? run.claim : null;
  const lease = own && unusedClaims.get(own);
  if (lease) {
    unusedClaims.delete(own);
    return { run, token: own.token, leaseSeconds: lease, payload: (payload as WireObject | undefined) ?? null };
  }
  const { payloadChanged } = run;
  const expected = acceptsChanges && payloadChanged ? undefined : payload;
  try {
    const claimed = await client.claim(run.actionRunId, { worker, leaseSeconds, payload: expected, payloadChanged, signal });
    return { run, token: claimed.claim.token, leaseSeconds, payload: claimed.payload };
  } catch (error) {
    throw error instanceof DaaiConflictError ? refusal(run, error) : error;
  }
}

function refusal(run: Run, cause: DaaiConflictError): DaaiError {
  if (cause.code === "frozen") return new ActionFrozen(run, { cause });
  return TAKEN.includes(cause.code ?? "") ? lost(run, cause) : cause;
}

function requireExecutable(run: Run): void {
  const NotRun = NOT_RUN.get(run.governanceStatus);
  if (NotRun) throw new NotRun(run);
  if (run.executable !== true) throw run.frozen ? new ActionFrozen(run) : new ActionAlreadyTaken(run);
}

/** Its approval may have ended since `run` was read: the refusal then includes the decision. */
function lost(run: Run, cause: DaaiConflictError): ActionNotRun {
  const decision = memberOf(cause.body, "decision");
  const outcome = memberOf(decision, "outcome") as GovernanceStatus;
  const reason = memberOf(decision, "reason");
  const NotRun = NOT_RUN.get(outcome);
  if (!NotRun || typeof reason !== "string") return new ActionAlreadyTaken(run, { cause });
  const ended = {
    ...run,
    governanceStatus: outcome,
    executionStatus: "not_executed" as const,
    governanceReason: reason,
    executable: false,
    decision: decision as WireObject,
  };
  return new NotRun({ ...ended, explanation: explain(ended), changeExplanation: null }, { cause });
}

export function executionOf({ run, payload }: Held): Execution {
  return {
    run,
    actionRunId: run.actionRunId,
    get payload() {
      if (payload !== null) return payload;
      throw new DaaiPayloadError("payload", "is the one you sent to intercept");
    },
  };
}

/** Runs `act` while the claim is renewed, and reports what it returned or threw. */
export async function executeHeld<T>(client: Caller, held: Held, { signal }: CallOptions, act: () => T): Promise<Awaited<T>> {
  const runId = held.run.actionRunId;
  const claim = { claimToken: held.token };
  const kept = keepClaim(client, held);
  let result: Awaited<T>;
  try {
    result = await act();
  } catch (error) {
    kept.stop();
    // It may or may not have run. The claim expires and a person settles it.
    if (isCancellation(error, signal)) warnOf(client, `run ${runId} was canceled and is left in doubt`);
    else {
      // The function's own error matters more than one of its report.
      await client
        .reportFailed(runId, errorText(error), claim)
        .catch((problem: unknown) => warnOf(client, `the failure of run ${runId} couldn't be reported: ${String(problem)}`));
    }
    throw error;
  }
  kept.stop();
  try {
    await client.reportExecuted(runId, reportable(result), claim);
  } catch (cause) {
    // Its response has arrived, so it is reported.
    throw isTampered(cause) ? cause : new ExecutionNotReported(held.run, result, held.token, { cause });
  }
  return result;
}

/** Whether a function ended because of `signal`. Libraries throw its reason, an error with it as the cause, or one of their own. */
function isCancellation(error: unknown, signal: AbortSignal | undefined): boolean {
  if (!signal?.aborted) return false;
  const { name, cause } = Object(error) as Partial<Error>;
  return error === signal.reason || cause === signal.reason || name === "AbortError";
}

interface ToKeep extends Pick<Held, "token" | "leaseSeconds"> {
  readonly run: { readonly actionRunId: string };
}

/** A claim that is renewed until `stop` is called. */
export interface KeptClaim {
  /** Someone else has it, or may have. */
  readonly isLost: boolean;
  /** Also ends a renewal that is on its way. */
  stop(): void;
}

/**
 * Renews a claim every third of its lease. A renewal that fails is retried a third of the lease later. If the claim is lost, renewing stops; an
 * action that has begun can't be undone, so it continues to its report. `before` is called before each renewal, which it prevents by throwing.
 */
export function keepClaim(client: Caller, { run, token, leaseSeconds }: ToKeep, before?: () => unknown): KeptClaim {
  const ending = new AbortController();
  const { signal } = ending;
  let isRenewing = false;
  let isLost = false;
  const renew = async () => {
    if (isRenewing) return;
    isRenewing = true;
    try {
      await before?.();
      await client.renewClaim(run.actionRunId, token, { leaseSeconds, signal });
    } catch (problem) {
      if (signal.aborted) return;
      isLost = problem instanceof DaaiConflictError || problem instanceof DaaiNotFoundError;
      if (isLost) clearInterval(timer);
      warnOf(client, `the claim on run ${run.actionRunId} ${isLost ? "is lost" : "couldn't be renewed"}: ${String(problem)}`);
    }
    isRenewing = false;
  };
  const timer = setInterval(() => void renew(), (leaseSeconds * 1000) / 3);
  return {
    get isLost() {
      return isLost;
    },
    stop() {
      clearInterval(timer);
      ending.abort();
    },
  };
}

export function warnOf(client: Caller, message: string): void {
  insides.get(client)?.warn(message);
}
