import { setTimeout as sleep } from "node:timers/promises";
import { ActionNotRun, type DaaiClient, type Run } from "@/sdk/typescript/src/index";
import { type Members, membersOf } from "./messages";
import { hashOf, sizeOf } from "./payload-of";
import { actionOf, type Settings } from "./settings";
import { readStoredTools, writeStoredTools } from "./stored-tools";
import { describeTool, type ToolDefinition } from "./tool-definitions";

/** Below what the console takes, for the members around the tools. */
const MAX_BATCH_BYTES = 15_000;
const RETRY_SECONDS = 10;
/** For a console that answers at all. */
const MAX_ASKING_SECONDS = 30;

/** Whether people accepted a tool as it is defined now. */
export type Acceptance =
  | { readonly is: "accepted" }
  | { readonly is: "waiting"; readonly link: string | null; readonly problem?: unknown }
  | { readonly is: "declined"; readonly explanation: string; readonly byPerson: boolean };

/** Reasons of people who looked at it. Starting the gateway again asks them once more. */
const BY_PEOPLE = ["rejected_by_human", "manually_blocked_by_approver", "approval_revoked"];

/** Tools that people decide about together: a run of the action accept_mcp_tools. */
interface Batch {
  readonly payload: Members;
  /** Of the tools' definitions, which include their names. */
  readonly hashes: ReadonlySet<string>;
  state: Acceptance;
  /** Settled when the console has answered for the first time, or couldn't. Never rejects, like the next. */
  asked: Promise<void>;
  /** Settled when people have decided. */
  decided: Promise<void>;
}

/**
 * Which tools people accepted, by the hashes of their definitions. A tool that is new or changed is proposed to the console, together with
 * the others that are, and held until a person approves it there. The file is only what to ask the console about: changing it accepts nothing.
 */
export class AcceptedTools {
  readonly #settings: Settings;
  readonly #console: DaaiClient;
  readonly #warn: (message: string) => void;
  readonly #stop = new AbortController();
  readonly #worker: string;
  #batches: Batch[] = [];
  readonly #definitions: Map<string, Members>;
  /** By their hashes: a tool can have several definitions at a time. */
  #current = new Map<string, ToolDefinition>();
  /** Why nobody can accept a tool, by its hash. */
  readonly #problems = new Map<string, string>();
  /** One change at a time. */
  #turn: Promise<void> = Promise.resolve();

  constructor(settings: Settings, console: DaaiClient, worker: string, warn: (message: string) => void) {
    this.#settings = settings;
    this.#console = console;
    this.#worker = worker;
    this.#warn = warn;
    const { batches, definitions } = readStoredTools(settings.state);
    this.#definitions = new Map(definitions);
    // Asked again after a rejection or an expiry: starting the gateway is the way to ask once more.
    this.#batches = batches.map((payload) => this.#propose(payload, true));
  }

  /** Takes note of what the server offers now, and proposes what nobody has been asked about. */
  see(definitions: readonly ToolDefinition[]): Promise<void> {
    this.#turn = this.#turn
      .catch(() => undefined)
      .then(() => {
        this.#current = new Map(definitions.map((tool) => [tool.sha256, tool]));
        const unknown = [...this.#current.values()].filter((tool) => !this.#settings.never.has(tool.name) && this.#isUnknown(tool));
        const described = unknown.map((tool) => this.#describe(tool)).filter((tool) => tool !== null);
        if (described.length === 0) return;
        for (const tools of inBatches(described)) this.#batches.push(this.#propose({ server: this.#settings.server, tools }, false));
        this.#forgetOldBatches();
        this.#store();
      });
    return this.#turn;
  }

  /** Waits up to so many seconds for a decision about the tool as it is defined now. */
  async acceptance(tool: ToolDefinition, waitSeconds: number, signal: AbortSignal): Promise<Acceptance> {
    await this.#turn;
    const problem = this.#problems.get(tool.sha256);
    if (problem !== undefined) return { is: "declined", explanation: `${problem}. Not executed.`, byPerson: false };
    const batch = this.#batchOf(tool);
    if (batch === undefined) return { is: "waiting", link: null };
    if (batch.state.is === "declined" && !batch.state.byPerson) {
      // It expired, or the action is registered by now.
      this.#start(batch, true);
    }
    if (batch.state.is === "accepted") return batch.state;
    await waitFor(batch.asked, MAX_ASKING_SECONDS, signal);
    // Nobody can decide about what couldn't be proposed; it is proposed again meanwhile.
    if (batch.state.is === "waiting" && batch.state.problem === undefined) await waitFor(batch.decided, waitSeconds, signal);
    return batch.state;
  }

  /** Where someone can decide about the tool. */
  linkOf(tool: ToolDefinition): string | null {
    const state = this.#batchOf(tool)?.state;
    return state?.is === "waiting" ? state.link : null;
  }

  /** No more questions to the console. */
  end(): void {
    this.#stop.abort();
  }

  #batchOf({ sha256 }: ToolDefinition): Batch | undefined {
    return this.#batches.findLast(({ hashes }) => hashes.has(sha256));
  }

  #isUnknown(tool: ToolDefinition): boolean {
    return this.#batchOf(tool) === undefined && !this.#problems.has(tool.sha256);
  }

  /** null for a tool that can't be shown: it is held alone, and the others are proposed. */
  #describe(tool: ToolDefinition): Members | null {
    const described = tool.problem === null ? describeTool(tool, this.#definitions.get(tool.name), MAX_BATCH_BYTES) : null;
    if (described === null) {
      const problem = tool.problem ?? "its definition is too large to be shown";
      this.#problems.set(tool.sha256, `It can't be accepted, because ${problem}`);
      this.#warn(`${JSON.stringify(tool.name.slice(0, 100))} is held: ${problem}`);
    }
    // Its name lets people register it where they accept the tool.
    return described && { ...described, action: actionOf(this.#settings, tool.name) };
  }

  #propose(payload: Members, askAgain: boolean): Batch {
    const tools = Array.isArray(payload["tools"]) ? payload["tools"].map(membersOf) : [];
    const hashes = new Set(tools.map(({ sha256 }) => String(sha256)));
    const batch: Batch = { payload, hashes, state: { is: "waiting", link: null }, asked: Promise.resolve(), decided: Promise.resolve() };
    this.#start(batch, askAgain);
    return batch;
  }

  #start(batch: Batch, askAgain: boolean): void {
    batch.state = { is: "waiting", link: null };
    batch.asked = new Promise((resolve) => {
      batch.decided = this.#decide(batch, askAgain, resolve);
    });
  }

  /** Until people have decided, whatever happens to the console meanwhile. */
  async #decide(batch: Batch, askAgain: boolean, onAsked: () => void): Promise<void> {
    const { signal } = this.#stop;
    for (;;) {
      try {
        const run = await this.#ask(batch, askAgain);
        batch.state = run.governanceStatus === "pending_approval" ? { is: "waiting", link: linkOf(run) } : await this.#take(batch, run);
        onAsked();
        if (batch.state.is !== "waiting") return;
        const decided = await this.#console.wait(run.actionRunId, { signal });
        batch.state = await this.#take(batch, decided);
        return;
      } catch (problem) {
        onAsked();
        if (signal.aborted) return;
        batch.state = { is: "waiting", link: null, problem };
        this.#warn(`the tools of ${this.#settings.server} couldn't be proposed: ${String(problem)}`);
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, RETRY_SECONDS * 1_000);
          signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
        });
        if (signal.aborted) return;
      }
    }
  }

  #ask({ payload }: Batch, askAgain: boolean) {
    return this.#console.intercept(
      {
        action: this.#settings.acceptAction,
        payload,
        idempotencyKey: `mcp-tools:${hashOf(payload)}`,
        source: { type: "mcp", ref: this.#settings.server },
        reasoning: "Calls of these tools are held until someone approves their definitions.",
        askAgain,
        claim: { worker: this.#worker },
      },
      { signal: this.#stop.signal },
    );
  }

  /** What people decided. The run's report says that it took effect; an approval that was used before counts as well. */
  async #take({ hashes }: Batch, run: Run): Promise<Acceptance> {
    if (run.governanceStatus !== "approved" && run.governanceStatus !== "allowed") {
      return { is: "declined", explanation: run.explanation, byPerson: BY_PEOPLE.includes(run.governanceReason) };
    }
    if (run.executable || ("claim" in run && run.claim !== null)) {
      const report = () => ({ observed_by: "gateway", accepted: hashes.size });
      await this.#console.execution(run, { worker: this.#worker }, report).catch((problem: unknown) => {
        if (!(problem instanceof ActionNotRun)) throw problem;
      });
    }
    for (const sha256 of hashes) {
      const tool = this.#current.get(sha256);
      if (tool) this.#definitions.set(tool.name, tool.text);
    }
    this.#store();
    return { is: "accepted" };
  }

  /** Batches of which no tool is as it was. */
  #forgetOldBatches(): void {
    this.#batches = this.#batches.filter(({ hashes }) => [...hashes].some((sha256) => this.#current.has(sha256)));
  }

  #store(): void {
    const stored = { batches: this.#batches.map(({ payload }) => payload), definitions: this.#definitions };
    try {
      writeStoredTools(this.#settings.state, stored);
    } catch (error) {
      // Only the next start misses it, and asks the console about all of them.
      this.#warn(`what to ask about tools couldn't be stored: ${(error as Error).message}`);
    }
  }
}

/** So many together as the console takes in one payload. */
function* inBatches(tools: readonly Members[]): Generator<Members[]> {
  let batch: Members[] = [];
  for (const tool of tools) {
    if (batch.length > 0 && sizeOf([...batch, tool]) > MAX_BATCH_BYTES) {
      yield batch;
      batch = [];
    }
    batch.push(tool);
  }
  if (batch.length > 0) yield batch;
}

function linkOf(run: Run): string | null {
  const link = "links" in run ? run.links["run"] : null;
  return typeof link === "string" ? link : null;
}

/** Resolves when it is settled, when the time is over, or when the signal is aborted. */
async function waitFor(settled: Promise<void>, seconds: number, signal: AbortSignal): Promise<void> {
  const isSettled = new AbortController();
  const over = sleep(seconds * 1_000, undefined, { signal: AbortSignal.any([signal, isSettled.signal]) }).catch(() => {});
  await Promise.race([settled, over]);
  isSettled.abort();
}
