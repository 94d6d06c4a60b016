import { DaaiConfigError, DaaiError } from "./errors";

// A file that processes share, for what must not be lost. It must be on a local disk, as SQLite's WAL requires.

const BUSY_TIMEOUT_MILLISECONDS = 30_000;

/** As much of node:sqlite as is used here. */
export interface Database {
  exec(sql: string): void;
  prepare(sql: string): {
    run(...values: readonly (string | number)[]): { readonly changes: number | bigint };
    all(...values: readonly (string | number)[]): unknown[];
  };
  close(): void;
}

interface Modules {
  readonly "node:sqlite": { readonly DatabaseSync: new (path: string) => Database };
  readonly "node:fs": {
    openSync(path: string, flags: string, mode: number): number;
    closeSync(file: number): void;
    chmodSync(path: string, mode: number): void;
  };
}

/** Not imported, so that a program can also be bundled for, and loaded by, a runtime that doesn't have it. */
function builtinModule<N extends keyof Modules>(name: N): Modules[N] | undefined {
  const { process } = globalThis as { readonly process?: { getBuiltinModule?(name: N): Modules[N] | undefined } };
  return process?.getBuiltinModule?.(name);
}

/**
 * Opens the file `path`, readable only by its owner (mode 0600), or ":memory:". `migrations` has one script for each version of the file,
 * applied in order; the file keeps its version in `user_version`. Throws a DaaiConfigError without node:sqlite, and a DaaiError for a file of
 * a newer version.
 */
export function openSqliteFile(path: string, migrations: readonly string[], store: string): Database {
  const [sqlite, fs] = [builtinModule("node:sqlite"), builtinModule("node:fs")];
  if (!sqlite || !fs) {
    throw new DaaiConfigError(`${store} needs node:sqlite: use Node 22.13, Bun 1.4, Deno 2.3 or newer, or a store of your own`);
  }
  if (path !== ":memory:") {
    // SQLite gives its -wal and -shm files the mode of the database.
    fs.closeSync(fs.openSync(path, "a", 0o600));
    try {
      fs.chmodSync(path, 0o600);
    } catch (error) {
      // It belongs to someone else, who lets this program write to it.
      if ((error as { readonly code?: unknown }).code !== "EPERM") throw error;
    }
  }
  const db = new sqlite.DatabaseSync(path);
  try {
    db.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MILLISECONDS}`);
    db.exec("PRAGMA journal_mode = WAL");
    db.exec("PRAGMA synchronous = FULL");
    inTransaction(db, () => migrate(db, path, migrations));
  } catch (error) {
    db.close();
    throw error;
  }
  return db;
}

/** What `act` does to the file is all done, and durable, or nothing of it is. */
export function inTransaction<T>(db: Database, act: () => T): T {
  // IMMEDIATE: a transaction that turned from reader into writer could fail half-way as busy.
  db.exec("BEGIN IMMEDIATE");
  try {
    const result = act();
    db.exec("COMMIT");
    return result;
  } catch (error) {
    try {
      db.exec("ROLLBACK");
    } catch {
      // After some errors, such as a full disk, SQLite has done it.
    }
    throw error;
  }
}

function migrate(db: Database, path: string, migrations: readonly string[]): void {
  const [{ user_version: version } = { user_version: 0 }] = db.prepare("PRAGMA user_version").all() as { readonly user_version: number }[];
  if (version > migrations.length) throw new DaaiError(`${path} was written by a newer version of daai`);
  for (const script of migrations.slice(version)) db.exec(script);
  db.exec(`PRAGMA user_version = ${migrations.length}`);
}
