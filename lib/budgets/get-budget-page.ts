import { z } from "zod";
import { Prisma } from "@/lib/db/generated/client";
import type { BudgetEntryState, BudgetUnreadable } from "@/lib/domain/budgets/budget";
import { onePage } from "@/lib/domain/lists/one-page";
import type { GovernanceReason } from "@/lib/domain/policy/governance-reasons";
import type { GovernanceStatus } from "@/lib/domain/runs/statuses";
import type { WorkspaceContext } from "@/lib/security/context";
import { type BudgetLevel, fullestLevels, type ListedBudget, listBudgets } from "./list-budgets";

const MAX_LEVELS = 20;
const PAGE_SIZE = 50;

export const ENTRY_FILTERS = ["all", "exceeded", "unreadable", "reserved", "kept", "given_back", "not_counted"] as const;
export type EntryFilter = (typeof ENTRY_FILTERS)[number];

export interface BudgetEntryRow {
  runId: string;
  actionName: string;
  actionTitle: string | null;
  /** null: erased. */
  sentence: string | null;
  status: GovernanceStatus;
  reason: GovernanceReason;
  createdAt: Date;
  perValue: string | null;
  usedBefore: string;
  amount: string | null;
  unreadable: BudgetUnreadable | null;
  isExceeded: boolean;
  state: BudgetEntryState;
}

export interface BudgetPage {
  budget: ListedBudget;
  /** Of the current period, the fullest first. */
  levels: BudgetLevel[];
  entries: BudgetEntryRow[];
  filter: EntryFilter;
  /** Only the runs that are counted under this value, without erased ones: it was erased with them. */
  key: string | null;
  before: string | null;
  /** From where the older ones go on. */
  next: string | null;
}

const searchSchema = z.object({
  state: z.enum(ENTRY_FILTERS).catch("all"),
  key: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable()
    .catch(null),
  before: z.uuid().nullable().catch(null),
});

/** A budget, how it stands, and the runs that used it, newest first. `id` and `search` come from the address. Null: not found. */
export async function getBudgetPage(
  ctx: WorkspaceContext,
  id: string,
  search: { state?: unknown; key?: unknown; before?: unknown },
): Promise<BudgetPage | null> {
  if (!z.uuid().safeParse(id).success) return null;
  const [budget] = await listBudgets(ctx, { id });
  if (!budget) return null;
  const { state: filter, key, before } = searchSchema.parse(search);
  const rows = await ctx.db.$queryRaw<BudgetEntryRow[]>`
    SELECT e.run_id AS "runId", run.action_name AS "actionName", run.action_title AS "actionTitle", run.sentence,
      run.governance_status AS status, run.governance_reason AS reason, run.created_at AS "createdAt", e.per_value AS "perValue",
      trim_scale(e.used_before)::text AS "usedBefore", CASE WHEN run.payload_text IS NOT NULL THEN trim_scale(e.amount)::text END AS amount,
      e.unreadable, e.is_exceeded AS "isExceeded", e.state
    FROM budget_entries e JOIN action_runs run ON run.id = e.run_id
    WHERE e.budget_id = ${id}::uuid AND e.workspace_id = ${ctx.workspaceId}::uuid
      ${filtered(filter)}
      ${key === null ? Prisma.empty : Prisma.sql`AND e.per_key = decode(${key}, 'hex') AND e.per_value IS NOT NULL`}
      ${before === null ? Prisma.empty : Prisma.sql`AND e.run_id < ${before}::uuid`}
    ORDER BY e.run_id DESC LIMIT ${PAGE_SIZE + 1}`;
  const { shown: entries, next } = onePage(rows, PAGE_SIZE, ({ runId }) => runId);
  return {
    budget,
    levels: await readLevels(ctx, id),
    entries,
    filter,
    key,
    before,
    next,
  };
}

function filtered(filter: EntryFilter): Prisma.Sql {
  switch (filter) {
    case "all":
      return Prisma.empty;
    case "exceeded":
      return Prisma.sql`AND e.is_exceeded AND e.unreadable IS NULL`;
    case "unreadable":
      return Prisma.sql`AND e.unreadable IS NOT NULL`;
    default:
      return Prisma.sql`AND e.state = ${filter}`;
  }
}

function readLevels({ db, workspaceId }: WorkspaceContext, id: string): Promise<BudgetLevel[]> {
  return db.$queryRaw<BudgetLevel[]>`
    SELECT level.key, level.value, level.used, level.remaining, level.share FROM budgets b CROSS JOIN LATERAL daai_budget_period(b.period, b.time_zone, now()) span
    CROSS JOIN LATERAL (${fullestLevels(MAX_LEVELS)}) level
    WHERE b.id = ${id}::uuid AND b.workspace_id = ${workspaceId}::uuid`;
}
