// Does what a test asks of stores in files, as SqliteStores sends it, in a Node that has node:sqlite.

import { createInterface } from "node:readline";
import type { PendingAction } from "../src/pending-store";
import { SQLitePendingStore } from "../src/runner";
import { SQLiteCheckpointStore } from "../src/witness";

interface Request {
  readonly kind: "pending" | "checkpoints";
  readonly path: string;
  readonly method: string;
  readonly args: readonly unknown[];
}

interface Sqlite {
  readonly DatabaseSync: new (path: string) => { exec(sql: string): void; prepare(sql: string): { all(): unknown[] }; close(): void };
}

const stores = new Map<string, SQLitePendingStore | SQLiteCheckpointStore>();

createInterface({ input: process.stdin }).on("line", (line) => {
  let response: object;
  try {
    response = { result: answer(JSON.parse(line) as Request) };
  } catch (error) {
    const { name, message } = error as Error;
    response = { name, message };
  }
  process.stdout.write(`${JSON.stringify(response)}\n`);
});

function answer({ kind, path, method, args }: Request): unknown {
  if (method === "sql") return sql(path, String(args[0]));
  const store = stores.get(path) ?? (kind === "pending" ? new SQLitePendingStore(path) : new SQLiteCheckpointStore(path));
  stores.set(path, store);
  if (method === "close") {
    stores.delete(path);
    return store.close();
  }
  const result = (store as unknown as Record<string, (...args: readonly unknown[]) => unknown>)[method]?.(...args) ?? null;
  if (kind === "checkpoints") return result;
  if (method === "get" && result) return withSecrets(result as PendingAction);
  return method === "entries" ? (result as PendingAction[]).map(withSecrets) : result;
}

/** Over another connection. */
function sql(path: string, statement: string): unknown[] {
  const { DatabaseSync } = process.getBuiltinModule("node:sqlite" as "node:fs") as unknown as Sqlite;
  const db = new DatabaseSync(path);
  try {
    // Runners in other processes are writing.
    db.exec("PRAGMA busy_timeout = 30000");
    return db.prepare(statement).all();
  } finally {
    db.close();
  }
}

function withSecrets(row: PendingAction): PendingAction {
  const { claimToken, claimRequest } = row;
  return { ...row, claimToken, claimRequest };
}
