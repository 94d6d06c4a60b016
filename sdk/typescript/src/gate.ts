// A model's call of a tool as a run: what every adapter of a framework that stores its conversations does alike. The idempotency key is the
// framework's own id of the call. So a call that is played again, in another process or after a restart, is the same run, and one whose
// arguments were changed meanwhile is a conflict.

import { ActionAlreadyTaken, ActionFrozen, ActionNotRun, ActionPending } from "./action-errors";
import { admit, executeHeld, type Held, type KeptClaim, keepClaim, warnOf } from "./admission";
import type { DaaiClient } from "./client";
import { newWorkerName } from "./config";
import { DaaiPayloadError, DaaiTooSoonError } from "./errors";
import { first } from "./explanation";
import type { Run, WireObject } from "./models";
import type { CallOptions } from "./options";
import { payloadHash, randomId } from "./payload-hash";
import { MAX_KEY_CHARACTERS } from "./proposal";

/** Which tools are asked about, and how. */
export interface GateOptions {
  /** The action of a tool. A tool that isn't named here has an action of its own name. */
  readonly actions?: Readonly<Record<string, string>> | undefined;
  /** The tools that may run without asking. Every other is asked about. */
  readonly ungoverned?: readonly string[] | undefined;
  /** From 5 to 3,600 whole seconds; 60 if not given. Renewed until the tool has run. */
  readonly leaseSeconds?: number | undefined;
}

/** What a model wants to do. */
export interface ToolCall {
  readonly action: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly framework: string;
  /** The framework's name for what the call is part of, shown to approvers as its source. */
  readonly conversation: string;
  /** Of the call. Unique within the conversation. */
  readonly id: string;
}

/** A person has to decide, or thaw it: the framework pauses. */
export interface Waiting {
  readonly kind: "waiting";
  readonly run: Run;
  readonly explanation: string;
}

/** It didn't run, and won't: the model gets the reason instead of a result. */
export interface Refused {
  readonly kind: "refused";
  readonly explanation: string;
}

export type Answer = Granted | Waiting | Refused;

/** A run that may be executed once. Its claim is kept until then, or until it is released. */
export class Granted {
  readonly kind = "granted";
  readonly #client: DaaiClient;
  readonly #held: Held;
  readonly #kept: KeptClaim;

  constructor(
    client: DaaiClient,
    held: Held,
    /** What was decided on: act on this. */
    readonly payload: WireObject,
  ) {
    this.#client = client;
    this.#held = held;
    this.#kept = keepClaim(client, held);
  }

  get run(): Run {
    return this.#held.run;
  }

  /** Runs `act` and reports what it returned or threw. Throws ActionAlreadyTaken if the claim was lost before. */
  async execute<T>(options: CallOptions, act: () => T): Promise<Awaited<T>> {
    this.#kept.stop();
    if (this.#kept.isLost) throw new ActionAlreadyTaken(this.run);
    return executeHeld(this.#client, this.#held, options, act);
  }

  async release(): Promise<void> {
    this.#kept.stop();
    const { actionRunId } = this.run;
    await this.#client
      .releaseClaim(actionRunId, this.#held.token)
      .catch((problem: unknown) => warnOf(this.#client, `the claim on run ${actionRunId} wasn't released: ${String(problem)}`));
  }
}

export class Gate {
  readonly #client: DaaiClient;
  readonly #actions: ReadonlyMap<string, string>;
  readonly #ungoverned: ReadonlySet<string>;
  readonly #leaseSeconds: number | undefined;

  constructor(client: DaaiClient, { actions = {}, ungoverned = [], leaseSeconds }: GateOptions) {
    if (typeof ungoverned === "string") throw new TypeError('ungoverned takes the names of several tools, such as ["search"]');
    this.#client = client;
    this.#actions = new Map(Object.entries(actions));
    this.#ungoverned = new Set(ungoverned);
    this.#leaseSeconds = leaseSeconds;
  }

  /** null if the tool isn't governed. */
  actionOf(tool: string): string | null {
    return this.#ungoverned.has(tool) ? null : (this.#actions.get(tool) ?? tool);
  }

  /** Anything else that goes wrong is thrown, and the tool doesn't run: it isn't for the model to know. */
  async ask(call: ToolCall): Promise<Answer> {
    try {
      return await this.#propose(call);
    } catch (error) {
      if (error instanceof ActionPending || error instanceof ActionFrozen) {
        return { kind: "waiting", run: error.run, explanation: error.explanation };
      }
      if (error instanceof ActionAlreadyTaken) return this.#explainTaken(error);
      if (error instanceof ActionNotRun) return { kind: "refused", explanation: error.explanation };
      if (error instanceof DaaiTooSoonError || error instanceof DaaiPayloadError) {
        return { kind: "refused", explanation: `${error.message}. Not executed.` };
      }
      throw error;
    }
  }

  async #propose(call: ToolCall): Promise<Granted> {
    const worker = newWorkerName(randomId());
    const leaseSeconds = this.#leaseSeconds;
    const run = await this.#client.intercept({
      action: call.action,
      payload: call.arguments,
      idempotencyKey: await keyOf(call),
      source: { type: call.framework, ref: first(call.conversation, 500) },
      acceptsChanges: true,
      claim: { worker, leaseSeconds },
    });
    const held = await admit(this.#client, run, worker, { leaseSeconds }, call.arguments, true);
    return new Granted(this.#client, held, held.payload ?? call.arguments);
  }

  async #explainTaken(taken: ActionAlreadyTaken): Promise<Refused> {
    const run = await this.#client.status(taken.run.actionRunId);
    // Another process is at it, or it's in doubt: a result told now could be wrong.
    if (!["executed", "failed"].includes(run.executionStatus)) throw new ActionAlreadyTaken(run, { cause: taken });
    return { kind: "refused", explanation: run.explanation };
  }
}

/** A tool's result as the model gets it: with who changed what, if a person changed the call. */
export function withChange({ changeExplanation }: Run, text: string): string {
  return changeExplanation === null ? text : `${changeExplanation}\n\n${text}`;
}

async function keyOf({ framework, conversation, id }: ToolCall): Promise<string> {
  const key = `${framework}:${conversation}:${id}`;
  return key.length <= MAX_KEY_CHARACTERS ? key : `${framework}:${await payloadHash(key)}`;
}
