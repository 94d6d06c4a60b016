import { z } from "zod";

/**
 * A backup is a gzip of lines, in UTF-8: a header, then each of its tables as PostgreSQL's COPY writes it in text format, ended by `\.`,
 * then an end. Without the end, or with a different number of rows, the file isn't whole.
 */
export const BACKUP_FORMAT = "daai-console-backup";
export const BACKUP_VERSION = 1;

/** Settings of the session that writes or reads COPY's text, so that both mean the same by it. */
export const COPY_SETTINGS = "SET datestyle = 'ISO, YMD'; SET intervalstyle = 'postgres'; SET extra_float_digits = 1; SET timezone = 'UTC'";

const table = z.object({
  /** The table's name, quoted where SQL needs it; null for the console's own schema, which may have any name. */
  schema: z.string().nullable(),
  name: z.string(),
  columns: z.array(z.string()).min(1),
});
export type BackupTable = z.infer<typeof table>;

export const backupHeader = z.object({
  format: z.literal(BACKUP_FORMAT),
  version: z.literal(BACKUP_VERSION),
  /** The console's release that wrote it. */
  release: z.string(),
  /** Everything that was committed before is in it, and nothing that was committed after. */
  takenAt: z.iso.datetime().transform((text) => new Date(text)),
  migrations: z.array(z.string()).min(1),
  tables: z.array(table).min(1),
});
export type BackupHeader = z.infer<typeof backupHeader>;

export const backupEnd = z.object({
  /** Rows of each table, in the order of the header. */
  rows: z.array(z.int().min(0)),
  /** The last value of each sequence, by its name. */
  sequences: z.record(z.string(), z.string().regex(/^\d+$/)),
});
export type BackupEnd = z.infer<typeof backupEnd>;

export const END_OF_TABLE = "\\.\n";

export const tableSql = ({ schema, name }: BackupTable): string => (schema === null ? name : `${schema}.${name}`);

export const copySql = (of: BackupTable, direction: "FROM STDIN" | "TO STDOUT"): string =>
  `COPY ${tableSql(of)} (${of.columns.join(", ")}) ${direction}`;
