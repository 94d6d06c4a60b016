import { randomBytes } from "node:crypto";
import { inject } from "vitest";
import { databaseUrlOf, runSql } from "./test-postgres";

export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** A fresh, migrated database; `isEmpty`: without any table. What a test does not drop goes with the test run. */
export function createTestDatabase({ isEmpty = false } = {}): Promise<TestDatabase> {
  return makeDatabase(isEmpty ? "template1" : inject("testPostgres").template);
}

/** The database as it is now, as a backup would have it. Nobody may be connected to it. */
export function copyTestDatabase(url: string): Promise<TestDatabase> {
  return makeDatabase(new URL(url).pathname.slice(1));
}

async function makeDatabase(from: string): Promise<TestDatabase> {
  const { url, template } = inject("testPostgres");
  const name = template.replace("template", randomBytes(6).toString("hex"));
  await runSql(url, `CREATE DATABASE ${name} TEMPLATE ${from}`);
  return {
    url: databaseUrlOf(url, name),
    drop: () => runSql(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}
