import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface, type Interface } from "node:readline";
import { hideSecrets, type PendingAction } from "../src/pending-store";
import type { PendingStore } from "../src/runner";
import type { CheckpointStore, KeptCheckpoint } from "../src/witness";
import { bundle } from "./bundle";
import { commandWithSqlite } from "./runtimes/installed-runtimes";

const METHODS = [
  "add",
  "storeClaimRequest",
  "deleteClaimRequest",
  "markClaimed",
  "extendLease",
  "recordOutcome",
  "markInDoubt",
  "reopen",
  "remove",
];

/** As a store in another process is: every method takes a while. */
export type DistantCheckpointStore = CheckpointStore & {
  accept(origin: string): Promise<void>;
  entries(): Promise<KeptCheckpoint[]>;
};

/** By file. */
const programs = new Map<string, Promise<string>>();

/** Writes a program of these tests, which imports the SDK's sources, as one file, once: processes may be reading it. */
export function buildProgram(folder: string, name: string): Promise<string> {
  const file = join(folder, `${name}.mjs`);
  const program = programs.get(file) ?? build(file, name);
  programs.set(file, program);
  return program;
}

async function build(file: string, name: string): Promise<string> {
  const source = {
    contents: readFileSync(`sdk/typescript/tests/${name}.ts`, "utf8"),
    resolveDir: "sdk/typescript/tests",
    loader: "ts",
  } as const;
  writeFileSync(file, await bundle("", { platform: "node", stdin: source }));
  return file;
}

/** Stores in SQLite for a test, whose own Node may have none: they are in a process of a Node that has it. */
export class SqliteStores {
  readonly #process: ChildProcess;
  readonly #lines: Interface;
  readonly #waiting: { resolve(result: unknown): void; reject(error: Error): void }[] = [];

  private constructor(child: ChildProcess) {
    this.#process = child;
    this.#lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
    this.#lines.on("line", (line) => {
      const { result, ...error } = JSON.parse(line) as { readonly result?: unknown; readonly name: string; readonly message: string };
      const asked = this.#waiting.shift();
      if ("message" in error) asked?.reject(Object.assign(new Error(error.message), { name: error.name }));
      else asked?.resolve(result);
    });
    child.once("exit", () => {
      for (const { reject } of this.#waiting) reject(new Error("the process with the stores ended"));
    });
  }

  static async start(folder: string): Promise<SqliteStores> {
    const program = await buildProgram(folder, "sqlite-stores-program");
    const [runtime = "", ...args] = await commandWithSqlite();
    return new SqliteStores(spawn(runtime, [...args, program], { stdio: ["pipe", "pipe", "inherit"] }));
  }

  open(path: string): PendingStore {
    const ask = async (method: string, ...args: readonly unknown[]) => this.#ask("pending", path, method, args);
    const methods = METHODS.map((method) => [method, (...args: readonly unknown[]) => ask(method, ...args)]);
    const get = async (runId: string) => {
      const row = (await ask("get", runId)) as PendingAction | null;
      return row && hideSecrets(row);
    };
    const entries = async () => ((await ask("entries")) as PendingAction[]).map(hideSecrets);
    return { ...Object.fromEntries(methods), get, entries } as PendingStore;
  }

  openCheckpoints(path: string): DistantCheckpointStore {
    const ask =
      (method: string) =>
      (...args: readonly unknown[]) =>
        this.#ask("checkpoints", path, method, args);
    const methods = ["followed", "get", "keep", "isAccepted", "accept", "entries"].map((method) => [method, ask(method)]);
    return Object.fromEntries(methods) as DistantCheckpointStore;
  }

  /** The rows of a statement. */
  async sql(path: string, statement: string): Promise<unknown[]> {
    return (await this.#ask("pending", path, "sql", [statement])) as unknown[];
  }

  async close(path: string): Promise<void> {
    await this.#ask("pending", path, "close", []);
  }

  stop(): void {
    this.#lines.close();
    this.#process.kill();
  }

  #ask(kind: "pending" | "checkpoints", path: string, method: string, args: readonly unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#process.stdin?.write(`${JSON.stringify({ kind, path, method, args })}\n`);
    });
  }
}
