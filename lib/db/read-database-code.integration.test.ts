import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { describe, expect, it } from "vitest";
import { createTestDatabase } from "@/lib/testing/database";
import { DATABASE_CODE_DIR, readDatabaseCode } from "./read-database-code";

async function withMigratedDatabase<T>(read: (client: Client) => Promise<T>): Promise<T> {
  const database = await createTestDatabase();
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    return await read(client);
  } finally {
    await client.end();
    await database.drop();
  }
}

function readFiles(): Record<string, string> {
  const entries = readdirSync(DATABASE_CODE_DIR, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map(({ parentPath, name }) => join(parentPath, name));
  return Object.fromEntries(paths.map((path) => [path.slice(DATABASE_CODE_DIR.length + 1), readFileSync(path, "utf8")]));
}

describe("prisma/sql", () => {
  it("has every function, trigger and view as the migrations make them, and nothing else", async () => {
    const code = await withMigratedDatabase(readDatabaseCode);
    expect(readFiles(), "The migrations make something else: run `npm run sql` and commit what it changes.").toEqual(code);
  });

  it("would show whatever a migration changes", async () => {
    const changes = await withMigratedDatabase(async (client) => {
      const before = await readDatabaseCode(client);
      await client.query(`
        CREATE OR REPLACE FUNCTION daai_risk_rank(risk_level text) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 0';
        CREATE FUNCTION added(x int) RETURNS int LANGUAGE sql AS 'SELECT x';
        CREATE FUNCTION added(x text) RETURNS text LANGUAGE sql AS 'SELECT x';
        COMMENT ON FUNCTION added(int) IS 'What it is for.';
        CREATE VIEW added_view AS SELECT 1 AS x;
        DROP TRIGGER receipts_wait ON receipts;
        CREATE TRIGGER users_kept BEFORE UPDATE ON users FOR EACH ROW
          WHEN (NEW.id <> OLD.id OR (NEW.name IS NULL AND (OLD.name = '' OR OLD.name = '-'))) EXECUTE FUNCTION daai_forbid_change();
        DROP TRIGGER receipt_shares_kept ON receipt_shares;`);
      const after = await readDatabaseCode(client);
      const files = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((file) => before[file] !== after[file]);
      return Object.fromEntries(files.sort().map((file) => [file, after[file]]));
    });
    expect(Object.keys(changes)).toEqual([
      "functions/added.sql",
      "functions/daai_risk_rank.sql",
      "triggers/receipt_shares.sql",
      "triggers/receipts.sql",
      "triggers/users.sql",
      "views/added_view.sql",
    ]);
    expect(changes["functions/added.sql"]).toMatch(
      /^-- What it is for\.\nCREATE OR REPLACE FUNCTION added\(x integer\)[^;]+;\n\nCREATE OR REPLACE FUNCTION added\(x text\)[^;]+;\n$/,
    );
    expect(changes["triggers/receipt_shares.sql"]).toBeUndefined();
    expect(changes["triggers/users.sql"]).toBe(`CREATE TRIGGER users_kept BEFORE UPDATE ON users
  FOR EACH ROW
  WHEN (new.id <> old.id
    OR new.name IS NULL AND (old.name = ''::text OR old.name = '-'::text))
  EXECUTE FUNCTION daai_forbid_change();
`);
    expect(changes["views/added_view.sql"]).toBe("CREATE OR REPLACE VIEW added_view AS\n SELECT 1 AS x;\n");
  });
});
