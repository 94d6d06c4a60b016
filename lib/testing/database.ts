import { randomBytes } from "node:crypto";
import { inject } from "vitest";
import { databaseUrlOf, runSql } from "./test-postgres";

export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** A fresh, migrated database; `isEmpty`: without any table. What a test does not drop goes with the test run. */
export async function createTestDatabase({ isEmpty = false } = {}): Promise<TestDatabase> {
  const { url, template } = inject("testPostgres");
  const name = template.replace("template", randomBytes(6).toString("hex"));
  await runSql(url, `CREATE DATABASE ${name}${isEmpty ? "" : ` TEMPLATE ${template}`}`);
  return {
    url: databaseUrlOf(url, name),
    drop: () => runSql(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}
