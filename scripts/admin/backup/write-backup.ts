import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { Writable } from "node:stream";
import { finished, pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { Client } from "pg";
import { to as copyTo } from "pg-copy-streams";
import { consoleVersion } from "@/lib/console-version";
import { connectOrExplain } from "@/lib/db/connect-or-explain";
import { requireMigrated } from "@/lib/db/migrate";
import { CommandError } from "@/scripts/admin/command-error";
import { BACKUP_FORMAT, BACKUP_VERSION, type BackupEnd, type BackupHeader, COPY_SETTINGS, copySql, END_OF_TABLE } from "./backup-file";
import { listConsoleTables } from "./console-tables";

export interface WrittenBackup {
  readonly takenAt: Date;
  readonly tables: number;
  readonly rows: number;
}

/**
 * Writes everything the console stores to `file`, as of one moment, while it goes on serving. The file has its name only once it is whole
 * and on disk; one that was there before is replaced then.
 */
export async function writeBackup(databaseUrl: string, file: string): Promise<WrittenBackup> {
  await requireMigrated(databaseUrl, { mayBeOlder: true });
  const partial = `${file}.partial`;
  const client = await connectOrExplain(databaseUrl, "daai-console backup");
  const gzip = createGzip();
  const target = createWriteStream(partial, { mode: 0o600 });
  const written = pipeline(gzip, target);
  // Awaited below. Until then, whatever reads the database fails with it.
  written.catch(() => undefined);
  try {
    const backup = await writeTables(client, gzip);
    gzip.end();
    await written;
    await syncToDisk(partial);
    await rename(partial, file);
    return backup;
  } catch (error) {
    const ofFile: NodeJS.ErrnoException | null = target.errored;
    gzip.destroy();
    await rm(partial, { force: true });
    if (!ofFile) throw error;
    const advice =
      ofFile.code === "ENOSPC" ? "make room on its disk, or choose another place" : "choose a file in a folder you may write to";
    throw new CommandError(`${file} can't be written (${ofFile.code ?? ofFile.message}): ${advice}.`);
  } finally {
    await client.end();
  }
}

/** In one snapshot, which holds no lock that a console would wait for. */
async function writeTables(client: Client, out: Writable): Promise<WrittenBackup> {
  await client.query(COPY_SETTINGS);
  await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  await client.query("SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0");
  const { rows: applied } = await client.query<{ name: string; now: Date }>(
    "SELECT migration_name AS name, now() FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY name",
  );
  const takenAt = applied[0]?.now ?? new Date();
  const tables = await listConsoleTables(client);
  const header: BackupHeader = {
    format: BACKUP_FORMAT,
    version: BACKUP_VERSION,
    release: consoleVersion(),
    takenAt,
    migrations: applied.map(({ name }) => name),
    tables,
  };
  await write(out, `${JSON.stringify(header)}\n`);
  const rows: number[] = [];
  for (const table of tables) {
    const copy = client.query(copyTo(copySql(table, "TO STDOUT")));
    await pipeline(copy, through(out));
    rows.push(copy.rowCount ?? 0);
    await write(out, END_OF_TABLE);
  }
  const end: BackupEnd = { rows, sequences: await lastValues(client) };
  await write(out, `${JSON.stringify(end)}\n`);
  await client.query("COMMIT");
  return { takenAt, tables: tables.length, rows: rows.reduce((sum, count) => sum + count, 0) };
}

/** Sequences belong to no snapshot: read last, they are never behind the rows. */
async function lastValues(client: Client): Promise<Record<string, string>> {
  const { rows } = await client.query<{ name: string; value: string }>(
    `SELECT quote_ident(schemaname) || '.' || quote_ident(sequencename) AS name, last_value::text AS value FROM pg_sequences
     WHERE schemaname = 'graphile_worker' AND last_value IS NOT NULL`,
  );
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
}

/** A stream of its own for each table, because a pipeline ends the one it writes to. */
function through(out: Writable): Writable {
  return new Writable({ write: (chunk: Buffer, _, done) => void write(out, chunk).then(() => done(), done) });
}

async function write(out: Writable, chunk: string | Buffer): Promise<void> {
  if (out.destroyed) await finished(out);
  if (!out.write(chunk)) await once(out, "drain");
}

async function syncToDisk(file: string): Promise<void> {
  const handle = await open(file, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
