import { Prisma } from "@/lib/db/generated/client";
import type { Budget } from "@/lib/domain/budgets/budget";
import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";

/** A budget and how it stands in the current period. */
export interface ListedBudget extends Budget {
  countsAllActions: boolean;
  actions: { name: string; title: string }[];
  createdBy: string;
  createdAt: Date;
  deletedAt: Date | null;
  periodStart: Date;
  periodEnd: Date;
  /** The fullest of the values that are counted separately; null: nothing is used yet. */
  fullest: BudgetLevel | null;
  /** How many of them have used something. */
  valueCount: number;
}

export interface BudgetLevel {
  /** By which the ledger is filtered; hex, empty when everything is counted together. */
  key: string;
  /** null: everything is counted together, or the value was erased. */
  value: string | null;
  used: string;
  /** From 0 to 1, for a bar. */
  share: number;
}

export type BudgetScope =
  | { readonly id: string }
  /** Those that count an action. */
  | { readonly actionId: string }
  | { readonly all: true };

/** The workspace's budgets by name, without the deleted ones; or one of them, deleted or not. */
export async function listBudgets(ctx: WorkspaceContext, scope: BudgetScope = { all: true }): Promise<ListedBudget[]> {
  await requirePermission(ctx, "run.read");
  return ctx.db.$queryRaw<ListedBudget[]>`
    SELECT b.id, b.name, b.measure, b.currency, trim_scale(b.limit_value)::text AS limit, b.per, b.per_field AS "perField", b.period,
      b.time_zone AS "timeZone", b.when_exceeded AS "whenExceeded", b.counts_all_actions AS "countsAllActions",
      b.created_by AS "createdBy", b.created_at AS "createdAt", b.deleted_at AS "deletedAt",
      span.starts AS "periodStart", span.ends AS "periodEnd",
      (SELECT coalesce(json_agg(json_build_object('name', a.name, 'title', a.title) ORDER BY a.name), '[]')
        FROM budget_actions c JOIN registered_actions a ON a.id = c.action_id WHERE c.budget_id = b.id) AS actions,
      (SELECT to_jsonb(level) FROM (${levels} LIMIT 1) level) AS fullest,
      (SELECT count(*)::int FROM budget_totals total WHERE total.budget_id = b.id AND total.period_start = span.starts
        AND daai_budget_used(total) > 0) AS "valueCount"
    FROM budgets b CROSS JOIN LATERAL daai_budget_period(b.period, b.time_zone, now()) span
    WHERE b.workspace_id = ${ctx.workspaceId}::uuid AND ${within(scope)}
    ORDER BY lower(b.name), b.id`;
}

/** What is used of `b` in the period `span`, the fullest first. */
export const levels = Prisma.sql`
  SELECT encode(total.per_key, 'hex') AS key,
    (SELECT e.per_value FROM budget_entries e WHERE e.budget_id = b.id AND e.per_key = total.per_key AND e.per_value IS NOT NULL
      ORDER BY e.run_id DESC LIMIT 1) AS value,
    trim_scale(total.used)::text AS used, least(1, total.used / b.limit_value)::float8 AS share
  FROM (SELECT t.per_key, daai_budget_used(t) AS used FROM budget_totals t
    WHERE t.budget_id = b.id AND t.period_start = span.starts) total
  WHERE total.used > 0 ORDER BY total.used DESC, total.per_key`;

function within(scope: BudgetScope): Prisma.Sql {
  if ("id" in scope) return Prisma.sql`b.id = ${scope.id}::uuid`;
  if ("all" in scope) return Prisma.sql`b.deleted_at IS NULL`;
  return Prisma.sql`b.deleted_at IS NULL AND (b.counts_all_actions
    OR EXISTS (SELECT FROM budget_actions c WHERE c.budget_id = b.id AND c.action_id = ${scope.actionId}::uuid))`;
}

/** What a budget can count, for its form. */
export async function listCountableActions(ctx: WorkspaceContext): Promise<{ name: string; title: string }[]> {
  await requirePermission(ctx, "action.read");
  return ctx.db.registeredAction.findMany({
    where: { workspaceId: ctx.workspaceId },
    select: { name: true, title: true },
    orderBy: { title: "asc" },
  });
}
