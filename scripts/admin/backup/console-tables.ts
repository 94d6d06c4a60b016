import type { Client } from "pg";
import type { BackupTable } from "./backup-file";

/** The console's tables and the job queue's. Each keeps its own list of the migrations it has had. */
const TABLES = `
  SELECT CASE WHEN n.nspname = current_schema() THEN NULL ELSE quote_ident(n.nspname) END AS schema, quote_ident(c.relname) AS name,
    array_agg(quote_ident(a.attname) ORDER BY a.attnum) AS columns
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
  WHERE c.relkind = 'r' AND (n.nspname = current_schema() AND c.relname <> '_prisma_migrations'
    OR n.nspname = 'graphile_worker' AND c.relname <> 'migrations')
  GROUP BY n.nspname, c.relname ORDER BY n.nspname, c.relname`;

const FOREIGN_KEYS = `
  SELECT conrelid::regclass::text AS table, quote_ident(conname) AS name, pg_get_constraintdef(oid) AS definition
  FROM pg_constraint WHERE contype = 'f' AND connamespace IN (current_schema()::regnamespace, to_regnamespace('graphile_worker'))`;

export async function listConsoleTables(client: Client): Promise<BackupTable[]> {
  return (await client.query<BackupTable>(TABLES)).rows;
}

export interface ForeignKey {
  readonly table: string;
  readonly name: string;
  readonly definition: string;
}

export async function listForeignKeys(client: Client): Promise<ForeignKey[]> {
  return (await client.query<ForeignKey>(FOREIGN_KEYS)).rows;
}
