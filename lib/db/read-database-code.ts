import type { Client } from "pg";

/** Where `npm run sql` writes it. */
export const DATABASE_CODE_DIR = "prisma/sql";

const FUNCTIONS = `
  SELECT 'functions/' || p.proname || '.sql' AS file, obj_description(p.oid, 'pg_proc') AS comment,
    replace(pg_get_functiondef(p.oid), ' FUNCTION ' || quote_ident(n.nspname) || '.', ' FUNCTION ') AS sql
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
  WHERE n.nspname = current_schema() AND p.prokind IN ('f', 'p') ORDER BY p.proname, p.oid::regprocedure::text`;

/** Triggers of one table and event fire in the order of their names. */
const TRIGGERS = `
  SELECT 'triggers/' || c.relname || '.sql' AS file, obj_description(t.oid, 'pg_trigger') AS comment, pg_get_triggerdef(t.oid, true) AS sql
  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = current_schema() AND NOT t.tgisinternal ORDER BY c.relname, t.tgname`;

const VIEWS = `
  SELECT 'views/' || c.relname || '.sql' AS file, obj_description(c.oid, 'pg_class') AS comment,
    CASE c.relkind WHEN 'v' THEN 'CREATE OR REPLACE VIEW ' ELSE 'CREATE MATERIALIZED VIEW ' END || quote_ident(c.relname)
      || coalesce(' WITH (' || array_to_string(c.reloptions, ', ') || ')', '') || ' AS' || E'\\n' || pg_get_viewdef(c.oid, true) AS sql
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = current_schema() AND c.relkind IN ('v', 'm') ORDER BY c.relname`;

/**
 * Returns the current source of every function, trigger and view of the console's schema, as the files of prisma/sql: one per function and
 * view, one for the triggers of a table.
 */
export async function readDatabaseCode(client: Client): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const query of [FUNCTIONS, TRIGGERS, VIEWS]) {
    const { rows } = await client.query<{ file: string; comment: string | null; sql: string }>(query);
    for (const { file, comment, sql } of rows) {
      const statement = `${asComment(comment)}${brokenUp(sql).trimEnd().replace(/;$/, "")};\n`;
      files[file] = file in files ? `${files[file]}\n${statement}` : statement;
    }
  }
  return files;
}

function asComment(text: string | null): string {
  if (!text) return "";
  return text.replace(/(?=\S)(.{1,125})(\s+|$)/g, (_, line: string) => `-- ${line}\n`);
}

/** PostgreSQL returns a trigger's definition on one line. */
function brokenUp(sql: string): string {
  if (!sql.startsWith("CREATE TRIGGER")) return sql;
  const [head = "", condition] = sql.split(/ WHEN (?=\()/);
  const lines = head.replace(/ (REFERENCING|FOR EACH|EXECUTE) /g, "\n  $1 ");
  if (condition === undefined) return lines;
  const alternatives = condition.replace(/ OR /g, (or, at: number) => (depth(condition.slice(0, at)) === 1 ? "\n    OR " : or));
  return `${lines}\n  WHEN ${alternatives.replace(/ EXECUTE /, "\n  EXECUTE ")}`;
}

function depth(text: string): number {
  return text.split("(").length - text.split(")").length;
}
