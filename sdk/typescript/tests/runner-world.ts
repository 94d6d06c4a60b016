// A console in memory, a store and a runner whose clock stands still, and what became of them.

import { DaaiClient } from "../src/index";
import type { WireObject } from "../src/models";
import { type ActionRunnerOptions, DaaiActionRunner, InMemoryPendingStore, type PendingStore, type RunnerEvent } from "../src/runner";
import { SYSTEM_RUNTIME } from "../src/runtime";
import { FakeDaai } from "../src/testing";
import { KEYS } from "./test-client";

/** Called with the run's id. It may throw, as a broken connection does, or answer in the console's place. */
type Hook = (runId: string) => Response | undefined | void | Promise<Response | undefined | void>;

export class World {
  readonly fake: FakeDaai = new FakeDaai({ policies: { ask: "always_require_approval", send: "always_allow", never: "always_block" } });
  readonly events: RunnerEvent[] = [];
  readonly payloads: WireObject[] = [];
  readonly warnings: string[] = [];
  /** By verb: when a request has arrived, and when it has taken effect but isn't answered yet. */
  readonly before: Record<string, Hook | undefined> = {};
  readonly after: Record<string, Hook | undefined> = {};
  readonly #requests: { readonly runId: string; readonly verb: string }[] = [];
  readonly client: DaaiClient;

  constructor(readonly store: PendingStore = new InMemoryPendingStore()) {
    this.client = this.newClient({ ...SYSTEM_RUNTIME, sleep: () => Promise.resolve(), random: () => 1 });
  }

  newClient(runtime: typeof SYSTEM_RUNTIME): DaaiClient {
    return new DaaiClient({ ...KEYS, onWarning: (text) => this.warnings.push(text) }, { ...runtime, fetch: this.fetch });
  }

  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const [, runId = "", path = "intercept"] = /action-runs\/([^/]+)\/([^?]*)/.exec(String(input)) ?? [];
    this.#requests.push({ runId, verb: path });
    const instead = await this.before[path]?.(runId);
    if (instead) return instead;
    const response = await this.fake.fetch(input, init);
    await this.after[path]?.(runId);
    return response;
  };

  get now(): number {
    return this.fake.clock.now.getTime() / 1000;
  }

  newRunner(options: ActionRunnerOptions = {}, client: DaaiClient = this.client): DaaiActionRunner {
    return new DaaiActionRunner(client, this.store, {
      onEvent: (event) => this.events.push(event),
      clock: () => this.now,
      ...options,
    });
  }

  /** A runner that remembers what it was given. */
  executing(): DaaiActionRunner {
    const runner = this.newRunner();
    runner.whenExecutable("ask", (payload) => {
      this.payloads.push(payload);
      return { sent: true };
    });
    return runner;
  }

  /** A stored run, which is approved. */
  async stored(payload: WireObject = { amount: 5 }): Promise<string> {
    const runId = await this.pending(payload);
    this.fake.decide(runId, "approve");
    return runId;
  }

  async pending(payload: WireObject = { amount: 5 }): Promise<string> {
    const { actionRunId } = await this.fake.client().intercept({ action: "ask", payload, acceptsChanges: true });
    await this.store.add(actionRunId, "ask", payload);
    return actionRunId;
  }

  /** What was asked about a run, without the status requests. */
  verbs(runId: string): string[] {
    return this.#requests.filter((one) => one.runId === runId && one.verb !== "status").map(({ verb }) => verb);
  }

  get kinds(): string[] {
    return this.events.map(({ kind }) => kind);
  }

  async states(): Promise<string[]> {
    return (await this.store.entries()).map(({ state }) => state);
  }
}

export function drop(): never {
  throw new TypeError("fetch failed");
}

/** Drops so many times, and then does nothing. */
export function dropping(times: number): () => void {
  let left = times;
  return () => {
    left -= 1;
    if (left >= 0) drop();
  };
}

/** An error of the console's. */
export function refusal(code: string, status = 409): Response {
  const body = { status, code, detail: code, type: `https://console.test/docs/errors#${code}` };
  return new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/problem+json" } });
}
