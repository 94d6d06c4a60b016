import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ActionNotRun, type DaaiClient, type Run } from "@/sdk/typescript/src/index";
import { type Members, membersOf } from "./messages";
import { hashOf, sizeOf } from "./payload-of";
import type { Settings } from "./settings";
import { describeTool, type ToolDefinition } from "./tool-definitions";

/** Below what the console takes, for the members around the tools. */
const MAX_BATCH_BYTES = 15_000;
const RETRY_SECONDS = 10;
/** For a console that answers at all. */
const MAX_ASKING_SECONDS = 30;

/** Whether people accepted a tool as it is defined now. */
export type Acceptance =
  | { readonly is: "accepted" }
  | { readonly is: "waiting"; readonly link: string | null; readonly problem?: string }
  | { readonly is: "declined"; readonly explanation: string; readonly byPerson: boolean };

/** Reasons of people who looked at it. Starting the gateway again asks them once more. */
const BY_PEOPLE = ["rejected_by_human", "manually_blocked_by_approver", "approval_revoked"];

/** Tools that people decide about together: a run of the action accept_mcp_tools. */
interface Batch {
  readonly payload: Members;
  /** By the tool's name. */
  readonly hashes: ReadonlyMap<string, string>;
  state: Acceptance;
  /** Settled when the console has answered for the first time, or couldn't. Never rejects, like the next. */
  asked: Promise<void>;
  /** Settled when people have decided. */
  decided: Promise<void>;
}

interface Stored {
  /** The payloads of the batches. What people said about them is the console's to know: it is asked with exactly these. */
  readonly batches: readonly Members[];
  /** The definitions that were accepted last, to show what changed. */
  readonly definitions: Readonly<Record<string, Members>>;
}

/**
 * Which tools people accepted, by the hashes of their definitions. A tool that is new or changed is proposed to the console, together with
 * the others that are, and held until a person approves it there. The file is only what to ask the console about: changing it accepts nothing.
 */
export class AcceptedTools {
  readonly #settings: Settings;
  readonly #console: DaaiClient;
  readonly #warn: (message: string) => void;
  readonly #file: string;
  readonly #stop = new AbortController();
  readonly #worker: string;
  #batches: Batch[] = [];
  #definitions: Record<string, Members> = {};
  #current = new Map<string, ToolDefinition>();
  /** One change at a time. */
  #turn: Promise<void> = Promise.resolve();

  constructor(settings: Settings, console: DaaiClient, worker: string, warn: (message: string) => void) {
    this.#settings = settings;
    this.#console = console;
    this.#worker = worker;
    this.#warn = warn;
    this.#file = join(settings.state, "tools.json");
    const { batches, definitions } = readStored(this.#file);
    this.#definitions = { ...definitions };
    // Asked again after a rejection or an expiry: starting the gateway is the way to ask once more.
    this.#batches = batches.map((payload) => this.#propose(payload, true));
  }

  /** Takes note of what the server offers now, and proposes what nobody has been asked about. */
  see(definitions: ReadonlyMap<string, ToolDefinition>): Promise<void> {
    this.#turn = this.#turn.then(async () => {
      this.#current = new Map(definitions);
      const unknown = [...definitions.values()].filter((tool) => !this.#settings.never.has(tool.name) && this.#batchOf(tool) === undefined);
      if (unknown.length === 0) return;
      const described = unknown.map((tool) => describeTool(tool, this.#definitions[tool.name]));
      for (const tools of inBatches(described)) this.#batches.push(this.#propose({ server: this.#settings.server, tools }, false));
      this.#forgetOldBatches();
      this.#store();
    });
    return this.#turn;
  }

  /** Waits up to so many seconds for a decision about the tool as it is defined now. */
  async acceptance(tool: ToolDefinition, waitSeconds: number, signal: AbortSignal): Promise<Acceptance> {
    await this.#turn;
    const batch = this.#batchOf(tool);
    if (batch === undefined) return { is: "waiting", link: null };
    if (batch.state.is === "declined" && !batch.state.byPerson) {
      // It expired, or the action is registered by now.
      this.#start(batch, true);
    }
    await waitFor(batch.asked, MAX_ASKING_SECONDS, signal);
    if (batch.state.is === "waiting") await waitFor(batch.decided, waitSeconds, signal);
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

  #batchOf({ name, sha256 }: ToolDefinition): Batch | undefined {
    return this.#batches.findLast(({ hashes }) => hashes.get(name) === sha256);
  }

  #propose(payload: Members, askAgain: boolean): Batch {
    const tools = Array.isArray(payload["tools"]) ? payload["tools"].map(membersOf) : [];
    const hashes = new Map(tools.map(({ tool, sha256 }) => [String(tool), String(sha256)]));
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
        batch.state = { is: "waiting", link: null, problem: String(problem) };
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
    for (const [name, sha256] of hashes) {
      const tool = this.#current.get(name);
      if (tool?.sha256 === sha256) this.#definitions[name] = tool.text;
    }
    this.#store();
    return { is: "accepted" };
  }

  /** Batches of which no tool is as it was. */
  #forgetOldBatches(): void {
    this.#batches = this.#batches.filter(({ hashes }) => [...hashes].some(([name, sha256]) => this.#current.get(name)?.sha256 === sha256));
  }

  #store(): void {
    const stored: Stored = { batches: this.#batches.map(({ payload }) => payload), definitions: this.#definitions };
    mkdirSync(this.#settings.state, { recursive: true, mode: 0o700 });
    const draft = `${this.#file}.${process.pid}`;
    writeFileSync(draft, `${JSON.stringify(stored, null, 2)}\n`, { mode: 0o600 });
    renameSync(draft, this.#file);
  }
}

/** Nothing for a file that is missing or that can't be read: then everything is asked about again. */
function readStored(file: string): Stored {
  try {
    const { batches, definitions } = membersOf(JSON.parse(readFileSync(file, "utf8")));
    return { batches: Array.isArray(batches) ? batches.map(membersOf) : [], definitions: membersOf(definitions) as Stored["definitions"] };
  } catch {
    return { batches: [], definitions: {} };
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
  let stop = () => {};
  const over = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, seconds * 1_000);
    const abort = () => resolve();
    signal.addEventListener("abort", abort, { once: true });
    stop = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", abort);
    };
  });
  await Promise.race([settled, over]);
  stop();
}
