import { getDb } from "@/lib/db/client";

/** The tables in which a text stands, as text or as bytes: those of the product and of its queue. */
export async function tablesWith(text: string): Promise<string[]> {
  const tables = await getDb().$queryRaw<{ name: string }[]>`
    SELECT CASE table_schema WHEN 'public' THEN quote_ident(table_name) ELSE quote_ident(table_schema) || '.' || quote_ident(table_name) END AS name
    FROM information_schema.tables WHERE table_schema IN ('public', 'graphile_worker') AND table_type = 'BASE TABLE' ORDER BY 1`;
  const found: string[] = [];
  for (const { name } of tables) {
    const [row] = await getDb().$queryRawUnsafe<{ isThere: boolean }[]>(
      `SELECT EXISTS (SELECT FROM ${name} t WHERE strpos(t::text, $1) > 0 OR strpos(t::text, encode(convert_to($1, 'UTF8'), 'hex')) > 0) AS "isThere"`,
      text,
    );
    if (row?.isThere) found.push(name);
  }
  return found;
}
