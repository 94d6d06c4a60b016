import { Prisma } from "@/lib/db/generated/client";
import type { ConsoleContext } from "@/lib/security/context";

/** The tables that grow with runs. All others belong to `other`. */
export const TABLES_OF_PARTS = {
  runs: ["action_runs", "run_counts", "payload_changes", "shadow_answers", "budget_entries", "budget_totals", "grant_uses"],
  approvals: ["approval_requests", "decision_links", "decisions", "votes", "reassignments", "revocations"],
  receipts: [
    "receipts",
    "waiting_receipts",
    "receipt_places",
    "receipt_logs",
    "receipt_log_tiles",
    "receipt_checkpoints",
    "receipt_shares",
  ],
  email: ["email_deliveries", "mailbox_messages"],
  webhooks: ["webhook_deliveries", "webhook_attempts"],
  activity: ["audit_events"],
} as const;

export type SizePart = keyof typeof TABLES_OF_PARTS | "other";

export interface ConsoleSize {
  /** Bytes of tables with their indexes, as the disk has them. */
  readonly parts: Readonly<Record<SizePart, number>>;
  readonly databaseBytes: number;
  readonly runs: number;
  readonly runsInThirtyDays: number;
  /** What grows with runs, for each stored run; null: there are none. */
  readonly bytesPerRun: number | null;
}

/** How much disk the console's database uses, and for what. Reads sizes and counters, not the rows themselves. */
export async function measureSize({ db }: ConsoleContext): Promise<ConsoleSize> {
  const partOf = new Map<string, SizePart>(
    Object.entries(TABLES_OF_PARTS).flatMap(([part, tables]) => tables.map((table) => [table, part as SizePart] as const)),
  );
  const tables = await db.$queryRaw<{ name: string; bytes: bigint }[]>`
    SELECT c.relname AS name, pg_total_relation_size(c.oid) AS bytes FROM pg_class c
    WHERE c.relkind = 'r' AND c.relnamespace IN (current_schema()::regnamespace, 'graphile_worker'::regnamespace)`;
  const [counted] = await db.$queryRaw<{ database_bytes: bigint; runs: bigint; recent: bigint }[]>`
    SELECT pg_database_size(current_database()) AS database_bytes, coalesce(sum(${allRuns}), 0)::bigint AS runs,
      coalesce(sum(${allRuns}) FILTER (WHERE hour >= now() - interval '30 days'), 0)::bigint AS recent
    FROM run_counts`;
  const parts: Record<SizePart, number> = { runs: 0, approvals: 0, receipts: 0, email: 0, webhooks: 0, activity: 0, other: 0 };
  for (const { name, bytes } of tables) parts[partOf.get(name) ?? "other"] += Number(bytes);
  const growing = Object.values(parts).reduce((sum, bytes) => sum + bytes, 0) - parts.other;
  const runs = Number(counted?.runs ?? 0);
  return {
    parts,
    databaseBytes: Number(counted?.database_bytes ?? 0),
    runs,
    runsInThirtyDays: Number(counted?.recent ?? 0),
    bytesPerRun: runs === 0 ? null : growing / runs,
  };
}

/** Expired runs are among the rejected ones, and unknown actions among the blocked. */
const allRuns = Prisma.sql`allowed + pending_approval + approved + rejected + blocked`;
