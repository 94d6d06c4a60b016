import { getDb } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";

/**
 * Number and fingerprint of the rows of every table, jobs included. A counter that stands at zero counts as none, and that
 * someone looked at something is no change of it.
 */
export async function tableContents(): Promise<Record<string, string>> {
  const tables = await getDb().$queryRaw<{ name: string }[]>`
    SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) AS name FROM pg_tables
    WHERE schemaname = 'public' OR (schemaname, tablename) = ('graphile_worker', '_private_jobs') ORDER BY name`;
  const contents: Record<string, string> = {};
  for (const { name } of tables) {
    const counted = name === "public.usage_counters" ? Prisma.sql`WHERE count > 0` : Prisma.empty;
    const [row] = await getDb().$queryRaw<{ contents: string }[]>`
      SELECT count(*) || ' rows ' || coalesce(md5(string_agg(row, ',' ORDER BY row)), '') AS contents
      FROM (SELECT (to_jsonb(t) - 'opened_at')::text AS row FROM ${Prisma.raw(name)} t ${counted}) rows`;
    contents[name] = row?.contents ?? "";
  }
  return contents;
}
