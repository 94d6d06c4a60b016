// `npm run sql`: writes prisma/sql, the text that the migrations give every function, trigger and view, from a database that is
// migrated for this alone.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { requireNode } from "./prepare/require-node.mjs";

requireNode();
process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
const { reportFailure } = await import("./prepare/report-failure.mjs");
try {
  const { prepare } = await import("./prepare/prepare.mjs");
  await prepare();
  const { Client } = (await import("pg")).default;
  const { databaseUrlOf, openTestPostgres } = await import("../lib/testing/test-postgres.ts");
  const { DATABASE_CODE_DIR, readDatabaseCode } = await import("../lib/db/read-database-code.ts");
  const postgres = await openTestPostgres();
  const client = new Client({ connectionString: databaseUrlOf(postgres.url, postgres.template) });
  try {
    await client.connect();
    const files = await readDatabaseCode(client);
    rmSync(DATABASE_CODE_DIR, { recursive: true, force: true });
    for (const [file, sql] of Object.entries(files)) {
      mkdirSync(dirname(join(DATABASE_CODE_DIR, file)), { recursive: true });
      writeFileSync(join(DATABASE_CODE_DIR, file), sql);
    }
    console.log(`${Object.keys(files).length} files written to ${DATABASE_CODE_DIR}.`);
  } finally {
    await client.end();
    await postgres.close();
  }
} catch (error) {
  reportFailure(error);
}
