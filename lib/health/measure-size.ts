import { Prisma } from "@/lib/db/generated/client";
import type { ConsoleContext } from "@/lib/security/context";

/** The tables that grow with runs. `other` is the rest of the database. */
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
  const tables = await db.$queryRaw<{ name: string; bytes: bigint }[]>`
    SELECT relname AS name, pg_total_relation_size(oid) AS bytes FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace`;
  const [counted] = await db.$queryRaw<{ database_bytes: bigint; runs: bigint; recent: bigint }[]>`
    SELECT pg_database_size(current_database()) AS database_bytes, coalesce(sum(${allRuns}), 0)::bigint AS runs,
      coalesce(sum(${allRuns}) FILTER (WHERE hour >= now() - interval '30 days'), 0)::bigint AS recent
    FROM run_counts`;
  const bytesOf = new Map(tables.map(({ name, bytes }) => [name, Number(bytes)]));
  const [runs, databaseBytes] = [Number(counted?.runs ?? 0), Number(counted?.database_bytes ?? 0)];
  const parts: Record<SizePart, number> = { runs: 0, approvals: 0, receipts: 0, email: 0, webhooks: 0, activity: 0, other: databaseBytes };
  for (const [part, names] of Object.entries(TABLES_OF_PARTS)) {
    const bytes = names.reduce((sum, name) => sum + (bytesOf.get(name) ?? 0), 0);
    parts[part as SizePart] = bytes;
    parts.other -= bytes;
  }
  return {
    parts,
    databaseBytes,
    runs,
    runsInThirtyDays: Number(counted?.recent ?? 0),
    bytesPerRun: runs === 0 ? null : (databaseBytes - parts.other) / runs,
  };
}

/** Expired runs are among the rejected ones, and unknown actions among the blocked. */
const allRuns = Prisma.sql`allowed + pending_approval + approved + rejected + blocked`;
