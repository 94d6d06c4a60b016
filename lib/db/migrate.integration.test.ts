import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase } from "@/lib/testing/database";
import { installedServers } from "@/lib/testing/installed-servers";
import { type KillablePostgres, startKillablePostgres } from "@/lib/testing/killable-postgres";
import { databaseUrlOf } from "@/lib/testing/test-postgres";
import { migrate, requireMigrated } from "./migrate";
import { receivesNotifications } from "./receives-notifications";

async function emptyDatabase(): Promise<string> {
  return (await createTestDatabase({ isEmpty: true })).url;
}

function migrationsDir(migrations: Record<string, string>): string {
  const dir = mkdtempSync(join(tmpdir(), "daai-migrations-"));
  for (const [name, sql] of Object.entries(migrations)) {
    mkdirSync(join(dir, name));
    writeFileSync(join(dir, name, "migration.sql"), sql);
  }
  return dir;
}

async function query<T extends object>(url: string, sql: string): Promise<T[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe("migrate", () => {
  it("applies each migration once, however many processes start at the same moment", async () => {
    const databaseUrl = await emptyDatabase();
    const dir = migrationsDir({ "1_a": "CREATE TABLE a (x int)", "2_b": "INSERT INTO a VALUES (1); INSERT INTO a VALUES (2)" });
    const applied = await Promise.all(Array.from({ length: 4 }, () => migrate({ databaseUrl, migrationsDir: dir })));
    expect(applied.sort()).toEqual([0, 0, 0, 2]);
    expect(await query(databaseUrl, "SELECT x FROM a ORDER BY x")).toEqual([{ x: 1 }, { x: 2 }]);
  });

  it("writes what Prisma's own command expects", async () => {
    const databaseUrl = await emptyDatabase();
    await migrate({ databaseUrl, migrationsDir: migrationsDir({ "1_a": "SELECT 1;\n" }) });
    const rows = await query(
      databaseUrl,
      "SELECT migration_name, checksum, finished_at >= started_at AS done, rolled_back_at, logs, applied_steps_count FROM _prisma_migrations",
    );
    const checksum = "b4e0497804e46e0a0b0b8c31975b062152d551bac49c3c2e80932567b4085dcd"; // sha256sum of the file
    expect(rows).toEqual([{ migration_name: "1_a", checksum, done: true, rolled_back_at: null, logs: null, applied_steps_count: 1 }]);
  });

  it("changes nothing when a migration fails, names it, and goes on once it is corrected", async () => {
    const databaseUrl = await emptyDatabase();
    const good = { "1_a": "CREATE TABLE a (x int)" };
    const bad = migrationsDir({ ...good, "2_b": "CREATE TABLE b (x int); SELECT 1 / 0" });
    await expect(migrate({ databaseUrl, migrationsDir: bad })).rejects.toThrow(
      /^The migration 2_b failed and changed nothing \(division by zero\): correct the cause and start again\.$/,
    );
    expect(await query(databaseUrl, "SELECT to_regclass('a')::text AS a, to_regclass('b')::text AS b")).toEqual([{ a: "a", b: null }]);
    expect(await migrate({ databaseUrl, migrationsDir: migrationsDir({ ...good, "2_b": "CREATE TABLE b (x int)" }) })).toBe(1);
  });

  it("stops at a migration that was edited after it was applied", async () => {
    const databaseUrl = await emptyDatabase();
    await migrate({ databaseUrl, migrationsDir: migrationsDir({ "1_a": "SELECT 1" }) });
    await expect(migrate({ databaseUrl, migrationsDir: migrationsDir({ "1_a": "SELECT 2" }) })).rejects.toThrow(
      /^The migration 1_a was edited after it was applied/,
    );
  });

  it("stops at a database of a newer release", async () => {
    const databaseUrl = await emptyDatabase();
    await migrate({ databaseUrl, migrationsDir: migrationsDir({ "1_a": "SELECT 1", "2_b": "SELECT 1" }) });
    await expect(migrate({ databaseUrl, migrationsDir: migrationsDir({ "1_a": "SELECT 1" }) })).rejects.toThrow(/newer release \(2_b\)/);
  });

  it("stops at a migration that another tool left half-way", async () => {
    const databaseUrl = await emptyDatabase();
    const dir = migrationsDir({ "1_a": "SELECT 1" });
    await migrate({ databaseUrl, migrationsDir: dir });
    await query(databaseUrl, "UPDATE _prisma_migrations SET finished_at = NULL");
    await expect(migrate({ databaseUrl, migrationsDir: dir })).rejects.toThrow(/^The migration 1_a failed half-way in another tool/);
  });

  it.each([
    [
      "postgresql://daai@127.0.0.1:1/daai",
      /^The database at 127\.0\.0\.1:1 cannot be used \(.*ECONNREFUSED.*\): check that it runs and that DATABASE_URL is right\.$/,
    ],
    ["postgresql://daai@no-such-host.invalid/daai", /^The database at no-such-host\.invalid:5432 cannot be used .*check that it runs/],
  ])("says that %s cannot be reached", async (databaseUrl, sentence) => {
    await expect(migrate({ databaseUrl })).rejects.toThrow(sentence);
  });

  it("says that the password is wrong, and does not say the password", async () => {
    const databaseUrl = (await emptyDatabase()).replace(/:[^:@]+@/, ":hunter2@");
    const failure = expect(migrate({ databaseUrl })).rejects;
    await failure.toThrow(/check the user, password and database in DATABASE_URL\.$/);
    await failure.not.toThrow("hunter2");
  });
});

describe.each(installedServers())("on PostgreSQL ($name)", ({ binaries }) => {
  let postgres: KillablePostgres;
  beforeAll(async () => {
    postgres = await startKillablePostgres(binaries);
  });
  afterAll(() => postgres?.close());

  it("a session hears its own notifications, as a start asks it to", async () => {
    expect(await receivesNotifications(postgres.url)).toBe(true);
  });

  it("the product's migrations apply on an empty database, without a superuser, and then have nothing to do", async () => {
    expect(await migrate({ databaseUrl: postgres.url })).toBeGreaterThan(0);
    expect(await migrate({ databaseUrl: postgres.url })).toBe(0);
    expect(await query(postgres.url, "SELECT to_regclass('graphile_worker.jobs') IS NOT NULL AS jobs")).toEqual([{ jobs: true }]);
  });

  it("they take up where a killed server left off", async () => {
    await query(postgres.url, "CREATE DATABASE interrupted");
    const databaseUrl = databaseUrlOf(postgres.url, "interrupted");
    const dir = mkdtempSync(join(tmpdir(), "daai-migrations-"));
    cpSync("prisma/migrations", dir, { recursive: true });
    mkdirSync(join(dir, "99999999999999_slow"));
    writeFileSync(join(dir, "99999999999999_slow", "migration.sql"), "CREATE TABLE slow (x int); SELECT pg_advisory_lock(1)");
    const blocker = new Client({ connectionString: databaseUrl });
    blocker.on("error", () => undefined);
    await blocker.connect();
    await blocker.query("SELECT pg_advisory_lock(1)");
    const interrupted = expect(migrate({ databaseUrl, migrationsDir: dir })).rejects.toThrow(/^The migration 99999999999999_slow failed/);
    await untilWaiting(blocker);
    await postgres.kill();
    await interrupted;
    await postgres.start();
    expect(await migrate({ databaseUrl, migrationsDir: dir })).toBe(1);
  });
});

/** Until the migration has come to its last statement. */
async function untilWaiting(client: Client): Promise<void> {
  const sql = "SELECT count(*)::int AS waiting FROM pg_locks WHERE locktype = 'advisory' AND objid = 1 AND NOT granted";
  for (;;) {
    const { rows } = await client.query<{ waiting: number }>(sql);
    if (rows[0]?.waiting) return;
  }
}

describe("requireMigrated", () => {
  const older = { "1_a": "CREATE TABLE a (x int)" };
  const newer = { ...older, "2_b": "CREATE TABLE b (x int)" };

  it("wants a database that a console has been started on, and makes nothing", async () => {
    const databaseUrl = await emptyDatabase();
    await expect(requireMigrated(databaseUrl, { migrationsDir: migrationsDir(older) })).rejects.toThrow(
      "The database has no console in it yet: start it once (npm start).",
    );
    expect(await query(databaseUrl, "SELECT 1 FROM pg_namespace WHERE nspname = 'graphile_worker'")).toEqual([]);
    expect(await query(databaseUrl, "SELECT 1 FROM pg_tables WHERE schemaname = 'public'")).toEqual([]);
  });

  it("wants this release's, and lets an older one pass only where that is asked for", async () => {
    const databaseUrl = await emptyDatabase();
    await migrate({ databaseUrl, migrationsDir: migrationsDir(older) });
    await requireMigrated(databaseUrl, { migrationsDir: migrationsDir(older) });
    await requireMigrated(databaseUrl, { migrationsDir: migrationsDir(newer), mayBeOlder: true });
    await expect(requireMigrated(databaseUrl, { migrationsDir: migrationsDir(newer) })).rejects.toThrow(
      "The database is of an older release (it lacks 2_b): start the console, which migrates it.",
    );
    await expect(requireMigrated(databaseUrl, { migrationsDir: migrationsDir({}), mayBeOlder: true })).rejects.toThrow(
      "The database was migrated by a newer release (1_a): start that release, or restore a backup made before it.",
    );
    expect(await query(databaseUrl, "SELECT 1 FROM pg_tables WHERE tablename = 'b'")).toEqual([]);
  });
});
