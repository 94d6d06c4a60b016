import { randomUUID } from "node:crypto";
import { escapeLiteral } from "pg";
import { getDb } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";

interface PlanNode {
  readonly "Node Type": string;
  readonly "Index Name"?: string;
  readonly "Actual Rows": number;
  readonly "Actual Loops": number;
  readonly "Rows Removed by Filter"?: number;
  readonly Plans?: readonly PlanNode[];
}

interface Read {
  readonly index: string | undefined;
  readonly rows: number;
  readonly removed: number;
}

/** `auto`'s two ways: a prepared statement is planned for its parameters at first, and after a few times for any, if that looks cheaper. */
const PLANS = ["custom", "generic"] as const;

/** What a query reads: of which index how many rows, and how many of them for nothing. Under both plans that PostgreSQL may choose. */
export function readsOf({ text, values }: Prisma.Sql): Promise<Record<(typeof PLANS)[number], Read[]>> {
  const parameters = values.length === 0 ? "" : `(${values.map(literal).join(", ")})`;
  // Of its own: a transaction that fails leaves it behind.
  const name = `read_${randomUUID().replaceAll("-", "")}`;
  return getDb().$transaction(async (tx) => {
    await tx.$executeRawUnsafe(`PREPARE ${name} AS ${text}`);
    const explained: [string, Read[]][] = [];
    for (const plan of PLANS) {
      await tx.$executeRawUnsafe(`SET LOCAL plan_cache_mode = force_${plan}_plan`);
      const [row] = await tx.$queryRawUnsafe<{ "QUERY PLAN": { Plan: PlanNode }[] }[]>(
        `EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE ${name}${parameters}`,
      );
      explained.push([plan, (row?.["QUERY PLAN"] ?? []).flatMap(({ Plan }) => scansOf(Plan))]);
    }
    await tx.$executeRawUnsafe(`DEALLOCATE ${name}`);
    return Object.fromEntries(explained) as Record<(typeof PLANS)[number], Read[]>;
  });
}

function literal(value: unknown): string {
  if (value === null) return "NULL";
  if (Array.isArray(value)) return escapeLiteral(`{${value.map((one) => JSON.stringify(one)).join(",")}}`);
  return escapeLiteral(value instanceof Date ? value.toISOString() : String(value));
}

function scansOf(node: PlanNode): Read[] {
  const below = (node.Plans ?? []).flatMap(scansOf);
  if (!node["Node Type"].endsWith("Scan") || node["Node Type"] === "Subquery Scan") return below;
  const loops = node["Actual Loops"];
  return [
    { index: node["Index Name"], rows: node["Actual Rows"] * loops, removed: (node["Rows Removed by Filter"] ?? 0) * loops },
    ...below,
  ];
}
