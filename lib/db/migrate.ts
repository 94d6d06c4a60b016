import { createHash, randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Logger, runMigrations } from "graphile-worker";
import type { Client } from "pg";
import { SetupError } from "@/lib/errors/setup-error";
import { ADVISORY_LOCKS } from "./advisory-locks";
import { connectOrExplain } from "./connect-or-explain";
import { openPool } from "./database-client";

export interface MigrateOptions {
  readonly databaseUrl: string;
  readonly migrationsDir?: string;
  /** Which migrations to apply, for a database of an earlier release: all unless given. */
  readonly only?: (migrationName: string) => boolean;
  readonly onApply?: (migrationName: string) => void;
  /** Called when this process waits for another one that is migrating. */
  readonly onWait?: () => void;
}

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

const MIGRATIONS = "prisma/migrations";

/** Prisma's own table, so that `prisma migrate status` agrees. */
const TABLE = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ, migration_name VARCHAR(255) NOT NULL,
  logs TEXT, rolled_back_at TIMESTAMPTZ, started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`;

/**
 * Migrates the database to this release: applies new files in prisma/migrations, each in its own transaction, and the job queue's own
 * migrations. Any number of processes may call it at once. Returns how many were applied. Throws a SetupError, without partial changes,
 * when a migration fails, was edited after it was applied, or comes from a newer release.
 */
export async function migrate({
  databaseUrl,
  migrationsDir = MIGRATIONS,
  only = () => true,
  onApply,
  onWait,
}: MigrateOptions): Promise<number> {
  const migrations = readMigrations(migrationsDir);
  const client = await connectOrExplain(databaseUrl, "daai-console migrate");
  try {
    return await underLock(databaseUrl, onWait, async () => {
      await migrateJobQueue(databaseUrl);
      await client.query(TABLE);
      const pending = findPending(migrations, await readApplied(client)).filter(({ name }) => only(name));
      for (const migration of pending) {
        await apply(client, migration);
        onApply?.(migration.name);
      }
      return pending.length;
    });
  } catch (error) {
    if (error instanceof SetupError) throw error;
    throw new SetupError(`The database could not be migrated (${(error as Error).message}): correct the cause and start again.`);
  } finally {
    await client.end();
  }
}

/** Throws a SetupError when the database has no console, or one of another release. Changes nothing. */
export async function requireMigrated(databaseUrl: string, { mayBeOlder = false, migrationsDir = MIGRATIONS } = {}): Promise<void> {
  const client = await connectOrExplain(databaseUrl, "daai-console");
  try {
    const { rows } = await client.query<{ isThere: boolean }>(`SELECT to_regclass('_prisma_migrations') IS NOT NULL AS "isThere"`);
    const applied: Applied = rows[0]?.isThere ? await readApplied(client) : new Map();
    if (applied.size === 0) throw new SetupError("The database has no console in it yet: start it once (npm start).");
    const pending = findPending(readMigrations(migrationsDir), applied);
    if (pending.length > 0 && !mayBeOlder) {
      throw new SetupError(`The database is of an older release (it lacks ${pending[0]?.name}): start the console, which migrates it.`);
    }
  } finally {
    await client.end();
  }
}

function readMigrations(dir: string): Migration[] {
  const names = readdirSync(dir)
    .filter((name) => existsSync(join(dir, name, "migration.sql")))
    .sort();
  return names.map((name) => {
    const sql = readFileSync(join(dir, name, "migration.sql"), "utf8");
    return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
  });
}

/**
 * A transaction's lock, not a session's: behind a pooler, a session outlives the program that used it and would block every later start.
 */
async function underLock<T>(databaseUrl: string, onWait: (() => void) | undefined, work: () => Promise<T>): Promise<T> {
  const client = await connectOrExplain(databaseUrl, "daai-console migration lock");
  try {
    await client.query("BEGIN");
    await client.query("SET LOCAL idle_in_transaction_session_timeout = 0");
    const { rows } = await client.query<{ free: boolean }>("SELECT pg_try_advisory_xact_lock($1) AS free", [ADVISORY_LOCKS.migration]);
    if (!rows[0]?.free) {
      onWait?.();
      await client.query("SELECT pg_advisory_xact_lock($1)", [ADVISORY_LOCKS.migration]);
    }
    const result = await work();
    await client.query("COMMIT");
    return result;
  } finally {
    await client.query("ROLLBACK").catch(() => undefined);
    await client.end();
  }
}

/** First, because our SQL functions add jobs. Costs one query when nothing is new. */
async function migrateJobQueue(databaseUrl: string): Promise<void> {
  const pgPool = openPool({ connectionString: databaseUrl, max: 1 });
  try {
    await runMigrations({ pgPool, logger: new Logger(() => () => undefined) });
  } finally {
    await pgPool.end();
  }
}

type Applied = ReadonlyMap<string, { checksum: string; isFinished: boolean }>;

async function readApplied(client: Client): Promise<Applied> {
  const { rows } = await client.query<{ name: string; checksum: string; isFinished: boolean }>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS "isFinished" FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
  );
  return new Map(rows.map(({ name, ...rest }) => [name, rest]));
}

function findPending(migrations: Migration[], applied: Applied): Migration[] {
  const known = new Set(migrations.map(({ name }) => name));
  for (const [name, { isFinished }] of applied) {
    if (!known.has(name))
      throw new SetupError(
        `The database was migrated by a newer release (${name}): start that release, or restore a backup made before it.`,
      );
    if (!isFinished)
      throw new SetupError(
        `The migration ${name} failed half-way in another tool: see \`npx prisma migrate resolve --help\`, then start again.`,
      );
  }
  for (const { name, checksum } of migrations) {
    const known = applied.get(name);
    if (known && known.checksum !== checksum) {
      throw new SetupError(`The migration ${name} was edited after it was applied: put prisma/migrations/${name} back as it was released.`);
    }
  }
  return migrations.filter(({ name }) => !applied.has(name));
}

async function apply(client: Client, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query("BEGIN");
    await client.query(sql);
    await client.query(
      "INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count) VALUES ($1, $2, $3, now(), clock_timestamp(), 1)",
      [randomUUID(), checksum, name],
    );
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw new SetupError(
      `The migration ${name} failed and changed nothing (${(error as Error).message}): correct the cause and start again.`,
    );
  }
}
