import { pipeline } from "node:stream/promises";
import type { Client } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { DatabaseClient } from "@/lib/db/database-client";
import { getEnv } from "@/lib/env";
import { CommandError } from "@/scripts/admin/command-error";
import type { Chunk } from "./history";
import { SEEDED_TABLES } from "./seeded-tables";

/** While the server writes the chunks of the others, the next one is made. */
const CONNECTIONS = 2;
const UNIQUE_VIOLATION = "23505";

/**
 * Writes a history chunk by chunk, each in a transaction of its own: what is written when something fails is whole, but not
 * everything. Returns the number of receipts.
 */
export async function writeHistory(history: Generator<Chunk>, onProgress: (runs: number) => void): Promise<number> {
  let runs = 0;
  let receipts = 0;
  const writeSome = () =>
    withConnection(async (client) => {
      for (const chunk of history) {
        await writeChunk(client, chunk);
        runs += chunk.runs;
        receipts += chunk.receipts;
        onProgress(runs);
      }
    });
  await Promise.all(Array.from({ length: CONNECTIONS }, writeSome));
  return receipts;
}

/** So that the planner knows the new rows, and autovacuum has nothing to catch up on. */
export function tidyUp(): Promise<void> {
  return withConnection(async (client) => {
    for (const table of SEEDED_TABLES) await client.query(`VACUUM (ANALYZE) ${table}`);
  });
}

async function withConnection<T>(fn: (client: Client) => Promise<T>): Promise<T> {
  const { DATABASE_DIRECT_URL, DATABASE_URL } = getEnv();
  const client = new DatabaseClient({ connectionString: DATABASE_DIRECT_URL ?? DATABASE_URL, application_name: "daai-console seed" });
  await client.connect();
  try {
    return await fn(client);
  } finally {
    await client.end();
  }
}

async function writeChunk(client: Client, { tables }: Chunk): Promise<void> {
  await client.query("BEGIN");
  try {
    for (const table of SEEDED_TABLES) {
      const chunk = tables.get(table);
      if (!chunk) continue;
      await pipeline([chunk.lines.join("")], client.query(copyFrom(`COPY ${table} (${chunk.columns.join(", ")}) FROM STDIN`)));
    }
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    if ((error as { code?: string }).code === UNIQUE_VIOLATION) {
      throw new CommandError("The workspace has this history already: choose another --seed-number.");
    }
    throw error;
  }
}
