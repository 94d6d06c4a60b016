import { mkdirSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { Client } from "pg";
import { migrate } from "@/lib/db/migrate";
import { cluster } from "@/lib/embedded-postgres/cluster";
import { acquireEmbeddedDatabase, type EmbeddedDatabase } from "@/lib/embedded-postgres/embedded-database";
import { embeddedPaths } from "@/lib/embedded-postgres/embedded-paths";
import { findRunningServer } from "@/lib/embedded-postgres/running-server";

const DATA_DIR = resolve(".build/test-postgres");

/** Tests check what survives a killed process, which needs no fsync; what survives a power cut has its own server. */
const FASTER_SETTINGS = {
  fsync: "off",
  full_page_writes: "off",
  max_wal_size: "1GB",
  // Several jobs of the tests run at a time, each with consoles of its own.
  max_connections: 400,
  log_min_messages: "fatal",
  log_min_error_statement: "fatal",
};

export interface TestPostgres {
  /** Of the maintenance database; its role may make databases. */
  readonly url: string;
  /** A database with every migration applied, to copy. */
  readonly template: string;
  close(): Promise<void>;
}

/**
 * The PostgreSQL server of a test run, shared by runs at the same time, with a migrated template of this run's own. Databases
 * of runs that were killed are dropped.
 */
export async function openTestPostgres(): Promise<TestPostgres> {
  const server = await acquireServer();
  await dropDatabasesOfDeadRuns(server.url);
  const template = `test_${process.pid}_template`;
  await runSql(server.url, `DROP DATABASE IF EXISTS ${template}`, `CREATE DATABASE ${template}`);
  await migrate({ databaseUrl: databaseUrlOf(server.url, template) });
  return {
    url: server.url,
    template,
    close: async () => {
      await dropDatabases(server.url, (name) => name.startsWith(`test_${process.pid}_`));
      await server.release();
    },
  };
}

export function databaseUrlOf(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}

/** Runs statements one by one, outside a transaction, on a connection of their own. */
export async function runSql(url: string, ...statements: string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/**
 * Drops a test's database with whatever is still connected to it. WITH (FORCE) would also have to end an autovacuum worker that happens to
 * be there, and this role may not.
 */
export function dropDatabaseSql(name: string): string[] {
  return [
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}' AND usename = current_user`,
    `DROP DATABASE IF EXISTS ${name}`,
  ];
}

async function acquireServer(): Promise<EmbeddedDatabase> {
  const options = { dataDir: DATA_DIR, canCreateDatabases: true, settings: FASTER_SETTINGS };
  mkdirSync(DATA_DIR, { recursive: true });
  try {
    return await acquireEmbeddedDatabase(options);
  } catch (error) {
    if (findRunningServer(cluster(embeddedPaths(DATA_DIR).cluster))) throw error;
    // Without fsync a power cut may have spoiled it; there is nothing in it to keep.
    rmSync(DATA_DIR, { recursive: true, force: true });
    mkdirSync(DATA_DIR, { recursive: true });
    return acquireEmbeddedDatabase(options);
  }
}

async function dropDatabases(url: string, isUnwanted: (name: string) => boolean): Promise<void> {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>("SELECT datname AS name FROM pg_database WHERE datname LIKE 'test\\_%'");
    for (const { name } of rows.filter((row) => isUnwanted(row.name))) {
      for (const statement of dropDatabaseSql(name)) await client.query(statement);
    }
  } finally {
    await client.end();
  }
}

function dropDatabasesOfDeadRuns(url: string): Promise<void> {
  return dropDatabases(url, (name) => {
    const pid = Number(name.split("_")[1]);
    try {
      return pid === process.pid || !process.kill(pid, 0);
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === "ESRCH";
    }
  });
}
