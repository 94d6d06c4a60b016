import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { commandWithSqlite } from "./runtimes/installed-runtimes";

interface Settings {
  readonly program: string;
  readonly keys: { readonly baseUrl: string; readonly apiKey: string; readonly workspaceKey: string };
  readonly store: string;
  readonly ledger: string;
  readonly action: string;
}

/** A runner in a process of its own, as runner-program.ts describes it. */
export class RunnerProcess {
  readonly #process: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  private constructor(child: ChildProcess) {
    this.#process = child;
    this.#lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]();
  }

  static async start({ program, keys, store, ledger, action }: Settings, mode: "once" | "hang" | "forever"): Promise<RunnerProcess> {
    const [runtime = "", ...options] = await commandWithSqlite();
    const args = [...options, program, keys.baseUrl, keys.apiKey, keys.workspaceKey, store, ledger, mode, action];
    const runner = new RunnerProcess(spawn(runtime, args, { stdio: ["pipe", "pipe", "inherit"] }));
    const first = await runner.line();
    if (first !== "ready") throw new Error(`the runner didn't start: ${first}`);
    return runner;
  }

  go(): void {
    this.#process.stdin?.write("go\n");
  }

  /** The next that it prints; null when it has ended. */
  async line(): Promise<string | null> {
    const next = await this.#lines.next();
    return next.done ? null : next.value;
  }

  kill(): Promise<void> {
    return this.#end("SIGKILL");
  }

  /** In the mode "forever", it first finishes and reports the action in progress. */
  stop(): Promise<void> {
    return this.#end("SIGTERM");
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    if (this.#process.signalCode !== null || this.#process.exitCode !== null) return;
    const ended = once(this.#process, "exit");
    this.#process.kill(signal);
    await ended;
  }
}

export function executionsIn(ledger: string): string[] {
  return existsSync(ledger) ? readFileSync(ledger, "utf8").trim().split("\n") : [];
}
