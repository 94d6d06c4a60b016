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
import { DaaiConflictError, DaaiNotFoundError, memberOf } from "./errors";
import { explain } from "./explanation";
import type { ClaimedRun, ClaimState, ExecutionReport, GovernanceStatus, Run, RunStatus, WireObject } from "./models";
import type { AdmitOptions, CallOptions, ClaimOptions, ReportOptions, WaitOptions } from "./options";
import { errorText, reportable } from "./outcome";
import { DEFAULT_LEASE_SECONDS } from "./proposal";

/** Codes of a claim that came too late, or whose action was deactivated. */
const TAKEN = ["already_claimed", "already_reported", "not_executable", "action_inactive"];

const NOT_RUN: Partial<Record<GovernanceStatus, new (run: Run, options?: ErrorOptions) => ActionNotRun>> = {
  pending_approval: ActionPending,
  rejected: ActionRejected,
  blocked: ActionBlocked,
};

/** What executing a run takes: a DaaiClient. */
export interface Caller {
  status(runId: string, options: CallOptions): Promise<RunStatus>;
  wait(runId: string, options: WaitOptions): Promise<RunStatus>;
  claim(runId: string, options: ClaimOptions): Promise<ClaimedRun>;
  renewClaim(runId: string, claimToken: string, options: { readonly leaseSeconds: number }): Promise<ClaimState>;
  reportExecuted(runId: string, executionResult: object, options: ReportOptions): Promise<ExecutionReport>;
  reportFailed(runId: string, executionError: string, options: ReportOptions): Promise<ExecutionReport>;
}

type Warn = (message: string) => void;

/** A run that this process has claimed. */
export interface Held {
  readonly run: Run;
  readonly token: string;
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
  { waitSeconds, leaseSeconds, onCancel, signal }: AdmitOptions,
  payload?: object,
  acceptsChanges = false,
): Promise<Held> {
  let run = typeof given === "string" ? await client.status(given, { signal }) : given;
  if (run.governanceStatus === "pending_approval") {
    // Without waiting, too: the given state may be outdated.
    run = waitSeconds
      ? await client.wait(run.actionRunId, { timeoutSeconds: waitSeconds, onCancel, signal })
      : await client.status(run.actionRunId, { signal });
  }
  requireExecutable(run);
  if ("claim" in run && run.claim !== null) return { run, token: run.claim.token, payload: (payload as WireObject | undefined) ?? null };
  const expected = acceptsChanges && run.payloadChanged ? undefined : payload;
  const claimed = await claimOrExplain(client, run, { worker, leaseSeconds, payload: expected, signal });
  return { run, token: claimed.claim.token, payload: claimed.payload };
}

async function claimOrExplain(client: Caller, run: Run, options: ClaimOptions): Promise<ClaimedRun> {
  try {
    return await client.claim(run.actionRunId, options);
  } catch (error) {
    if (!(error instanceof DaaiConflictError)) throw error;
    if (error.code === "frozen") throw new ActionFrozen(run, { cause: error });
    if (TAKEN.includes(error.code ?? "")) throw lost(run, error);
    throw error;
  }
}

function requireExecutable(run: Run): void {
  const NotRun = NOT_RUN[run.governanceStatus];
  if (NotRun) throw new NotRun(run);
  if (run.executable !== true) throw run.frozen ? new ActionFrozen(run) : new ActionAlreadyTaken(run);
}

/** Its approval may have ended since `run` was read: the refusal then includes the decision. */
function lost(run: Run, cause: DaaiConflictError): ActionNotRun {
  const decision = memberOf(cause.body, "decision");
  const outcome = memberOf(decision, "outcome") as GovernanceStatus;
  const reason = memberOf(decision, "reason");
  const NotRun = Object.hasOwn(NOT_RUN, String(outcome)) ? NOT_RUN[outcome] : undefined;
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

/** Runs `act` while the claim is renewed, and reports what it returned or threw. */
export async function executeHeld<T>(
  client: Caller,
  held: Held,
  { leaseSeconds = DEFAULT_LEASE_SECONDS, signal }: AdmitOptions,
  warn: Warn,
  act: () => T,
): Promise<Awaited<T>> {
  const runId = held.run.actionRunId;
  const claim = { claimToken: held.token };
  const stopRenewing = keepClaim(client, held, leaseSeconds, warn);
  let result: Awaited<T>;
  try {
    result = await act();
  } catch (error) {
    await stopRenewing();
    // Canceled: it may or may not have run. The claim expires and a person settles it.
    if (signal?.aborted && error === signal.reason) warn(`run ${runId} was canceled and is left in doubt`);
    else {
      // The function's own error matters more than one of its report.
      await client
        .reportFailed(runId, errorText(error), claim)
        .catch((problem: unknown) => warn(`the failure of run ${runId} couldn't be reported: ${String(problem)}`));
    }
    throw error;
  }
  await stopRenewing();
  try {
    await client.reportExecuted(runId, reportable(result), claim);
  } catch (cause) {
    throw new ExecutionNotReported(held.run, result, held.token, { cause });
  }
  return result;
}

/**
 * Renews a claim every third of its lease until the returned function is called. A renewal that fails is retried a third of the lease
 * later. If the claim is lost, renewing stops; the action can't be undone, so it continues to its report.
 */
function keepClaim(client: Caller, { run, token }: Held, leaseSeconds: number, warn: Warn): () => Promise<void> {
  let renewal = Promise.resolve();
  const renew = async () => {
    try {
      await client.renewClaim(run.actionRunId, token, { leaseSeconds });
    } catch (problem) {
      const isLost = problem instanceof DaaiConflictError || problem instanceof DaaiNotFoundError;
      if (isLost) clearInterval(timer);
      warn(`the claim on run ${run.actionRunId} ${isLost ? "is lost" : "couldn't be renewed"}: ${String(problem)}`);
    }
  };
  const timer = setInterval(
    () => {
      renewal = renew();
    },
    (leaseSeconds * 1000) / 3,
  );
  return () => {
    clearInterval(timer);
    return renewal;
  };
}
