import { type CheckpointStore, isSameCheckpoint, type KeptCheckpoint } from "./checkpoint-store";
import { type Database, inTransaction, openSqliteFile } from "./sqlite-file";

// The tables and their versions are those of the Python SDK, so that programs in both languages can share a file, and
// `python -m daai log` manages it.
const MIGRATIONS: readonly string[] = [
  "CREATE TABLE checkpoint (origin TEXT PRIMARY KEY, size INTEGER NOT NULL, note TEXT NOT NULL, keys TEXT NOT NULL)",
  "CREATE TABLE follower (client TEXT PRIMARY KEY, origin TEXT NOT NULL)",
  "CREATE TABLE accepted (origin TEXT PRIMARY KEY)",
];

interface Row {
  readonly origin: string;
  readonly size: number;
  readonly note: string;
  readonly keys: string;
}

/**
 * Stores checkpoints in the file `path`, readable only by its owner (mode 0600): one for each log.
 *
 * Threads, processes and clients of any number of workspaces may share it; it must be on a local disk, and not the file of a pending store.
 * Put it where the console's operator can't write. Needs `node:sqlite`, which is in Node since 22.13, in Bun since 1.4 and in Deno since 2.3.
 * Throws a DaaiConfigError without it, and a DaaiError for a file of a newer version.
 */
export class SQLiteCheckpointStore implements CheckpointStore {
  readonly #db: Database;

  constructor(path: string) {
    this.#db = openSqliteFile(path, MIGRATIONS, "SQLiteCheckpointStore");
  }

  close(): void {
    this.#db.close();
  }

  followed(client: string): KeptCheckpoint | null {
    return this.#select("WHERE origin = (SELECT origin FROM follower WHERE client = ?)", client)[0] ?? null;
  }

  get(origin: string): KeptCheckpoint | null {
    return this.#select("WHERE origin = ?", origin)[0] ?? null;
  }

  /** The checkpoint of every log. */
  entries(): KeptCheckpoint[] {
    return this.#select("ORDER BY origin");
  }

  keep(client: string, checkpoint: KeptCheckpoint, before: KeptCheckpoint | null): boolean {
    const { origin, size, note, keys } = checkpoint;
    return inTransaction(this.#db, () => {
      if (!isSameCheckpoint(this.get(origin), before)) return false;
      this.#db
        .prepare("INSERT OR REPLACE INTO checkpoint (origin, size, note, keys) VALUES (?, ?, ?, ?)")
        .run(origin, size, note, keys.join("\n"));
      this.#db.prepare("INSERT OR REPLACE INTO follower VALUES (?, ?)").run(client, origin);
      return true;
    });
  }

  /** Accepts this log as the successor of another: its operator has explained why, and you agree. */
  accept(origin: string): void {
    this.#db.prepare("INSERT OR IGNORE INTO accepted VALUES (?)").run(origin);
  }

  isAccepted(origin: string): boolean {
    return this.#db.prepare("SELECT 1 FROM accepted WHERE origin = ?").all(origin).length > 0;
  }

  #select(which: string, ...values: readonly string[]): KeptCheckpoint[] {
    const rows = this.#db.prepare(`SELECT origin, size, note, keys FROM checkpoint ${which}`).all(...values) as Row[];
    return rows.map(({ keys, ...row }) => ({ ...row, keys: keys.split("\n") }));
  }
}
