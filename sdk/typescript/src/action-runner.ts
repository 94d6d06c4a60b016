import type { DaaiClient } from "./client";
import { newWorkerName } from "./config";
import { DaaiConfigError, DaaiError, DaaiMalformedResponseError, isTampered } from "./errors";
import { type Inside, insides } from "./inside";
import { isGenerator } from "./outcome";
import { randomId } from "./payload-hash";
import type { PendingStore } from "./pending-store";
import { claimBody } from "./proposal";
import { fullJitter } from "./retry";
import { Claiming } from "./runner-claiming";
import type { RunnerEvent } from "./runner-events";
import { type Executor, isFinal, RunnerSteps } from "./runner-steps";
import { onStopSignals } from "./stop-signals";

export interface ActionRunnerOptions {
  /** A unique name that a person can trace, of at most 200 characters; one is made if not given. */
  readonly worker?: string | undefined;
  /** From 5 to 3,600 whole seconds: how long a claim lasts after its runner has died; 60 if not given. Renewed while an executor runs. */
  readonly leaseSeconds?: number | undefined;
  /** Called with every event, and waited for. What it throws is a warning. */
  readonly onEvent?: ((event: RunnerEvent) => unknown) | undefined;
  /** Seconds since the epoch. */
  readonly clock?: (() => number) | undefined;
}

export interface RunForeverOptions {
  /** Between two passes, up to 86,400; 5 if not given. */
  readonly pollSeconds?: number | undefined;
  /** Stops it after the action in progress, which is reported first. */
  readonly signal?: AbortSignal | undefined;
  /** Have SIGINT and SIGTERM do what `signal` does, unless false. A second one has its default effect. */
  readonly handleSignals?: boolean | undefined;
}

/**
 * Processes the actions that a `PendingActionManager` stored, and runs none twice.
 *
 * Any number of runners, in processes and on machines, may share a store or a console: the claim decides which one runs an action.
 */
export class DaaiActionRunner {
  readonly #inside: Inside;
  readonly #store: PendingStore;
  readonly #executors = new Map<string, Executor>();
  readonly #steps: RunnerSteps;
  #waking = new AbortController();

  /** Throws a DaaiPayloadError for a worker or lease that the console would reject, and a TypeError for a client of another package. */
  constructor(client: DaaiClient, pendingStore: PendingStore, options: ActionRunnerOptions = {}) {
    const inside = insides.get(client);
    if (!inside) throw new TypeError("a DaaiActionRunner needs a DaaiClient of this package");
    const { worker = newWorkerName(randomId()), onEvent, clock = () => Date.now() / 1000 } = options;
    const { lease_seconds: leaseSeconds } = claimBody({ worker, leaseSeconds: options.leaseSeconds });
    const claiming = new Claiming(client, inside, pendingStore, worker, leaseSeconds, clock);
    this.#inside = inside;
    this.#store = pendingStore;
    this.#steps = new RunnerSteps(client, pendingStore, this.#executors, claiming, { leaseSeconds, onEvent, clock });
  }

  /**
   * Has `run(payload)` called, with the payload that was decided on, when an `action` may run. It may return a promise.
   *
   * What it returns is reported as the result: an object as it is, nothing as an empty object, anything else under "result". If it throws, the
   * action is reported as failed. Throws for a second executor of the same action, and a TypeError for a generator.
   */
  whenExecutable(action: string, run: Executor): void {
    if (this.#executors.has(action)) throw new Error(`${action} already has an executor`);
    if (isGenerator(run)) throw new TypeError("a generator can't be an executor");
    this.#executors.set(action, run);
  }

  /**
   * Checks every stored action once; returns how many were executed and reported.
   *
   * Reports that couldn't be delivered earlier count once they are delivered. Throws a DaaiError if the console can't be asked (unreachable,
   * wrong keys, rate limit): the store stays consistent, and the next call continues from there.
   */
  async runPendingOnce(): Promise<number> {
    return this.#pass(new AbortController().signal);
  }

  /**
   * Makes a pass every `pollSeconds`, and immediately after `wake()`, until it is stopped. After a failed pass it backs off, up to 60 seconds
   * more. Throws what the store throws, and LogTampered, which a retry doesn't fix.
   */
  async runForever({ pollSeconds = 5, signal, handleSignals = true }: RunForeverOptions = {}): Promise<void> {
    // A timer fires at once for a number that is too large.
    if (!(pollSeconds >= 0 && pollSeconds <= 86_400)) throw new DaaiConfigError("pollSeconds must be from 0 to 86,400");
    const { random, sleep, warn } = this.#inside;
    const stopping = new AbortController();
    const stop = () => {
      stopping.abort();
      this.wake();
    };
    if (signal?.aborted) stop();
    signal?.addEventListener("abort", stop, { once: true });
    const ignoreSignals = handleSignals ? onStopSignals(stop) : () => undefined;
    try {
      for (let failures = 0; !stopping.signal.aborted; ) {
        let pause = pollSeconds;
        try {
          await this.#pass(stopping.signal);
          failures = 0;
        } catch (error) {
          if (!(error instanceof DaaiError) || isTampered(error)) throw error;
          failures += 1;
          pause += fullJitter(failures, random);
          warn(`the console can't be asked; next try in ${pause.toFixed(1)} s: ${error.message}`);
        }
        // Rejects only when it is woken.
        await sleep(pause, this.#waking.signal).catch(() => undefined);
        this.#waking = new AbortController();
      }
    } finally {
      ignoreSignals();
      signal?.removeEventListener("abort", stop);
    }
  }

  /**
   * Has `runForever` make its next pass immediately, for example when a webhook reports a decision. Calls during a pass cause one more pass.
   */
  wake(): void {
    this.#waking.abort();
  }

  async #pass(stopping: AbortSignal): Promise<number> {
    let reported = 0;
    for (const { actionRunId } of await this.#store.entries()) {
      if (stopping.aborted) break;
      // Earlier rows may have taken long, and other runners may have changed this one.
      const row = await this.#store.get(actionRunId);
      if (!row) continue;
      try {
        if (await this.#steps.advance(row)) reported += 1;
      } catch (error) {
        if (!(error instanceof DaaiError && (isFinal(error) || error instanceof DaaiMalformedResponseError))) throw error;
        await this.#steps.notify("problem", row, { error: error.message });
      }
    }
    return reported;
  }
}
