import { readdirSync } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Client } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { connectOrExplain } from "@/lib/db/connect-or-explain";
import { migrate } from "@/lib/db/migrate";
import { CommandError } from "@/scripts/admin/command-error";
import { type BackupEnd, type BackupHeader, type BackupTable, COPY_SETTINGS, copySql, tableSql } from "./backup-file";
import { BackupReader } from "./backup-reader";
import { listConsoleTables, listForeignKeys } from "./console-tables";

export interface RestoredBackup {
  readonly takenAt: Date;
  readonly release: string;
  readonly tables: number;
  readonly rows: number;
}

/**
 * Puts a backup into an empty database, on any PostgreSQL that the console supports, as it was: at the migrations of its release. The rows
 * arrive in one transaction, so after a failure there is none, and the command can be given again.
 */
export async function restoreBackup(databaseUrl: string, file: string): Promise<RestoredBackup> {
  const reader = new BackupReader(file);
  const client = await connectOrExplain(databaseUrl, "daai-console restore");
  try {
    const header = await reader.header();
    requireKnownMigrations(header);
    await requireEmpty(client);
    await migrate({ databaseUrl, only: (name) => header.migrations.includes(name) });
    const { rows } = await inOneTransaction(client, () => readTables(client, reader, header));
    for (const table of header.tables) await client.query(`ANALYZE ${tableSql(table)}`);
    const { takenAt, release, tables } = header;
    return { takenAt, release, tables: tables.length, rows: rows.reduce((sum, count) => sum + count, 0) };
  } finally {
    await reader.close();
    await client.end();
  }
}

function requireKnownMigrations({ migrations, release }: BackupHeader): void {
  const known = new Set(readdirSync("prisma/migrations"));
  const unknown = migrations.find((name) => !known.has(name));
  if (unknown !== undefined)
    throw new CommandError(`The backup is of a newer release (${release}, which has the migration ${unknown}): restore it with that one.`);
}

/** No console has run there. What an earlier attempt left behind has no rows but the jobs that migrations queue. */
async function requireEmpty(client: Client): Promise<void> {
  for (const table of (await listConsoleTables(client)).filter(({ schema }) => schema === null)) {
    const { rows } = await client.query(`SELECT FROM ${tableSql(table)} LIMIT 1`);
    if (rows.length > 0)
      throw new CommandError(
        `The database isn't empty (${table.name} has rows): restore into a new one, so that nothing is mixed or lost.`,
      );
  }
}

/** Names from a file become SQL only if they are those of this database. */
async function requireFitting(client: Client, tables: readonly BackupTable[]): Promise<void> {
  const known = new Map((await listConsoleTables(client)).map((table) => [tableSql(table), table.columns]));
  const isKnown = (table: BackupTable) => table.columns.every((column) => known.get(tableSql(table))?.includes(column));
  const other = tables.find((table) => !isKnown(table));
  if (other || new Set(tables.map(tableSql)).size < known.size)
    throw new CommandError(
      `The backup's tables aren't those of its release in this checkout (${other?.name ?? "some are missing"}): restore it with the release that wrote it.`,
    );
}

async function inOneTransaction<T>(client: Client, work: () => Promise<T>): Promise<T> {
  await client.query(`BEGIN; ${COPY_SETTINGS}`);
  await client.query("SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0");
  const result = await work();
  await client.query("COMMIT");
  return result;
}

/** No trigger fires, since its effects are in the backup too. Foreign keys are taken away and put back, which checks every row. */
async function readTables(client: Client, reader: BackupReader, { tables }: BackupHeader): Promise<BackupEnd> {
  await requireFitting(client, tables);
  const names = tables.map(tableSql);
  const foreignKeys = await listForeignKeys(client);
  for (const { table, name } of foreignKeys) await client.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`);
  for (const name of names) await client.query(`ALTER TABLE ${name} DISABLE TRIGGER USER`);
  await client.query(`TRUNCATE ${names.join(", ")}`);
  const counted: number[] = [];
  for (const table of tables) {
    const copy = client.query(copyFrom(copySql(table, "FROM STDIN")));
    await pipeline(Readable.from(reader.rows(), { objectMode: false }), copy);
    counted.push(copy.rowCount ?? 0);
  }
  const end = await reader.end();
  if (end.rows.join() !== counted.join())
    throw new CommandError("The backup has other rows than it says: it was changed or damaged. Nothing was restored.");
  for (const name of names) await client.query(`ALTER TABLE ${name} ENABLE TRIGGER USER`);
  for (const { table, name, definition } of foreignKeys) await client.query(`ALTER TABLE ${table} ADD CONSTRAINT ${name} ${definition}`);
  for (const [name, value] of Object.entries(end.sequences)) await client.query("SELECT setval($1::regclass, $2::bigint)", [name, value]);
  return end;
}
