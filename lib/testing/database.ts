import { randomBytes } from "node:crypto";
import { inject } from "vitest";
import { migrate } from "@/lib/db/migrate";
import { databaseUrlOf, dropDatabaseSql, runSql } from "./test-postgres";

export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** A fresh, migrated database; `isEmpty`: without any table. What a test does not drop goes with the test run. */
export function createTestDatabase({ isEmpty = false } = {}): Promise<TestDatabase> {
  return makeDatabase(isEmpty ? "template1" : inject("testPostgres").template);
}

/** A database as it was before `migration`: `migrate` brings it up to date. */
export async function createDatabaseBefore(migration: string): Promise<TestDatabase> {
  const database = await createTestDatabase({ isEmpty: true });
  await migrate({ databaseUrl: database.url, only: (name) => name < migration });
  return database;
}

/** A snapshot of the database, like a backup. Disconnects its clients and keeps them out meanwhile. */
export async function copyTestDatabase(url: string): Promise<TestDatabase> {
  const name = new URL(url).pathname.slice(1);
  const allowConnections = (isAllowed: boolean) => `ALTER DATABASE ${name} ALLOW_CONNECTIONS ${isAllowed}`;
  const cutOff = `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '${name}' AND usename = current_user`;
  const server = inject("testPostgres").url;
  await runSql(server, allowConnections(false), cutOff);
  try {
    return await makeDatabase(name);
  } finally {
    await runSql(server, allowConnections(true));
  }
}

async function makeDatabase(from: string): Promise<TestDatabase> {
  const { url, template } = inject("testPostgres");
  const name = template.replace("template", randomBytes(6).toString("hex"));
  await runSql(url, `CREATE DATABASE ${name} TEMPLATE ${from}`);
  return {
    url: databaseUrlOf(url, name),
    drop: () => runSql(url, ...dropDatabaseSql(name)),
  };
}
