// What a runner does with one stored action.
//
// The order is: claim, persist the claim, run, persist the outcome, report, forget. Whatever is killed wherever in between leaves one of
// these behind:
//
//     killed before the claim is persisted     pending, with the claim's token: another runner's after a lease
//     ... before the outcome is persisted      claimed: in doubt as soon as its lease ends, never run again
//     ... before the report is delivered       unreported: delivered by the next pass of any runner on the store

import { keepClaim, warnOf } from "./admission";
import type { DaaiClient } from "./client";
import { DaaiConflictError, DaaiError, DaaiNotFoundError, DaaiValidationError, isTampered } from "./errors";
import type { ClaimedRun, RunStatus, WireObject } from "./models";
import { errorText, reportable } from "./outcome";
import type { Outcome, PendingAction, PendingStore } from "./pending-store";
import type { Claiming } from "./runner-claiming";
import type { RunnerEvent, RunnerEventKind } from "./runner-events";

export type Executor = (payload: WireObject) => unknown;

interface Settings {
  readonly leaseSeconds: number;
  readonly onEvent: ((event: RunnerEvent) => unknown) | undefined;
  readonly clock: () => number;
}

/** Whether a retry won't change an error, which concerns one run alone. */
export function isFinal(error: DaaiError): boolean {
  return error instanceof DaaiConflictError || error instanceof DaaiNotFoundError || error instanceof DaaiValidationError;
}

export class RunnerSteps {
  readonly #client: DaaiClient;
  readonly #store: PendingStore;
  readonly #executors: ReadonlyMap<string, Executor>;
  readonly #claiming: Claiming;
  readonly #settings: Settings;

  constructor(client: DaaiClient, store: PendingStore, executors: ReadonlyMap<string, Executor>, claiming: Claiming, settings: Settings) {
    this.#client = client;
    this.#store = store;
    this.#executors = executors;
    this.#claiming = claiming;
    this.#settings = settings;
  }

  /** Returns whether an execution was reported. */
  async advance(row: PendingAction): Promise<boolean> {
    switch (row.state) {
      case "unreported":
        return this.#deliver(row);
      case "claimed":
        await this.#suspect(row);
        return false;
      case "in_doubt":
        await this.#checkSettlement(row);
        return false;
      default: {
        const execute = this.#executors.get(row.action);
        return execute !== undefined && this.#try(row, execute);
      }
    }
  }

  async #try(row: PendingAction, execute: Executor): Promise<boolean> {
    const status = await this.#client.status(row.actionRunId);
    if (status.action !== row.action) {
      await this.notify("problem", row, { error: `the console has it as the action ${status.action}` });
      return false;
    }
    if (await this.#isSettled(row, status)) return false;
    const claimed = await this.#claiming.claim(row, status);
    return claimed !== null && this.#execute(row, claimed, execute);
  }

  async #execute(row: PendingAction, run: ClaimedRun, execute: Executor): Promise<boolean> {
    const { leaseSeconds, clock } = this.#settings;
    const { actionRunId } = row;
    const { token } = run.claim;
    // First the store: it shows that this process is alive, the console's lease only that it renewed.
    const kept = keepClaim(this.#client, { run, token, leaseSeconds }, () =>
      this.#store.extendLease(actionRunId, token, clock() + leaseSeconds),
    );
    const outcome = await outcomeOf(execute, run.payload);
    kept.stop();
    try {
      await this.#store.recordOutcome(actionRunId, token, outcome);
    } catch (problem) {
      // The outcome can still be reported; if not, the row stays claimed and will be in doubt.
      warnOf(this.#client, `the outcome of run ${actionRunId} couldn't be stored: ${String(problem)}`);
    }
    return this.#report(row, token, outcome);
  }

  async #deliver(row: PendingAction): Promise<boolean> {
    const { outcome, claimToken } = row;
    if (!outcome || !claimToken) throw new Error(`run ${row.actionRunId} is stored as unreported without an outcome`);
    return this.#report(row, claimToken, outcome);
  }

  async #report(row: PendingAction, claimToken: string, outcome: Outcome): Promise<boolean> {
    const { actionRunId } = row;
    const { result, error } = outcome;
    try {
      if (error === null) await this.#client.reportExecuted(actionRunId, result, { claimToken });
      else await this.#client.reportFailed(actionRunId, error, { claimToken });
    } catch (problem) {
      // After tampering was found, the row stays unreported: reporting it again does no harm.
      if (!(problem instanceof DaaiError) || isTampered(problem)) throw problem;
      if (isFinal(problem)) {
        await this.#store.markInDoubt(actionRunId, claimToken, `the console rejected the report: ${problem.message}`);
        await this.notify("report_refused", row, outcome);
      } else {
        warnOf(this.#client, `the report of run ${actionRunId} will be delivered later: ${problem.message}`);
        await this.notify("undelivered", row, outcome);
      }
      return false;
    }
    if (!(await this.#store.remove(actionRunId))) return false;
    await this.notify(error === null ? "executed" : "failed", row, outcome);
    return error === null;
  }

  /** Marks a claimed row in doubt once its lease has ended: its runner has died. */
  async #suspect(row: PendingAction): Promise<void> {
    const { actionRunId, claimToken, leaseUntil } = row;
    if (!claimToken || leaseUntil === null || leaseUntil >= this.#settings.clock()) return;
    const note = "its runner died during the execution";
    if (await this.#store.markInDoubt(actionRunId, claimToken, note)) await this.notify("in_doubt", row, { error: note });
  }

  /** A person may have settled it in the console. One with a known outcome is settled here only. */
  async #checkSettlement(row: PendingAction): Promise<void> {
    if (row.outcome) return;
    const status = await this.#client.status(row.actionRunId);
    if (await this.#isSettled(row, status)) return;
    // No claim is left, not even an expired one: a person or the action's settings released it.
    const isReleased = status.executable && status.claimed === false && status.claimExpiresAt === null;
    if (isReleased && (await this.#store.reopen(row.actionRunId))) await this.notify("released", row);
  }

  async #isSettled(row: PendingAction, status: RunStatus): Promise<boolean> {
    const { governanceStatus, executionStatus, explanation } = status;
    const isRefused = governanceStatus === "rejected" || governanceStatus === "blocked";
    if (!isRefused && executionStatus !== "executed" && executionStatus !== "failed") return false;
    // A runner on this store that has executed it meanwhile had persisted its claim before, and removes the row itself.
    if ((await this.#store.get(row.actionRunId))?.state !== row.state) return true;
    if (await this.#store.remove(row.actionRunId)) {
      await this.notify(isRefused ? governanceStatus : "settled_elsewhere", row, isRefused ? { explanation } : {});
    }
    return true;
  }

  async notify(
    kind: RunnerEventKind,
    { actionRunId, action }: PendingAction,
    { result = null, error = null, explanation = null }: Partial<RunnerEvent> = {},
  ): Promise<void> {
    try {
      await this.#settings.onEvent?.({ kind, actionRunId, action, result, error, explanation });
    } catch (problem) {
      warnOf(this.#client, `onEvent threw: ${String(problem)}`);
    }
  }
}

async function outcomeOf(execute: Executor, payload: WireObject): Promise<Outcome> {
  try {
    return { result: reportable(await execute(payload)), error: null };
  } catch (error) {
    return { result: {}, error: errorText(error) };
  }
}
