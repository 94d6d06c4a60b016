import { Prisma } from "@/lib/db/generated/client";
import type { Budget } from "@/lib/domain/budgets/budget";
import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";

/** A budget as it was set. */
export interface BudgetTerms extends Budget {
  countsAllActions: boolean;
  actions: { name: string; title: string }[];
  createdBy: string;
  createdAt: Date;
  deletedAt: Date | null;
}

/** The same, and how it stands in the current period. */
export interface ListedBudget extends BudgetTerms {
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
  /** What still fits; zero once the limit is reached. */
  remaining: string;
  /** From 0 to 1, for a bar. */
  share: number;
}

type OneBudget =
  /** Deleted or not. */
  | { readonly id: string }
  /** The one that has this name now. */
  | { readonly name: string };

export type BudgetScope =
  | OneBudget
  /** Those that count an action. */
  | { readonly actionId: string }
  | { readonly all: true };

/** The workspace's budgets by name, without the deleted ones; or one of them, deleted or not. */
export async function listBudgets(ctx: WorkspaceContext, scope: BudgetScope = { all: true }): Promise<ListedBudget[]> {
  await requirePermission(ctx, "budget.read");
  return ctx.db.$queryRaw<ListedBudget[]>`
    SELECT ${TERMS}, span.starts AS "periodStart", span.ends AS "periodEnd",
      to_jsonb(fullest) - 'valueCount' AS fullest, coalesce(fullest."valueCount", 0) AS "valueCount"
    FROM budgets b CROSS JOIN LATERAL daai_budget_period(b.period, b.time_zone, now()) span LEFT JOIN LATERAL (${fullestLevels(1)}) fullest ON true
    WHERE b.workspace_id = ${ctx.workspaceId}::uuid AND ${within(scope)}
    ORDER BY lower(b.name), b.id`;
}

/** One budget as it was set, without reading what is used of it. */
export async function getBudgetTerms(ctx: WorkspaceContext, scope: OneBudget): Promise<BudgetTerms | null> {
  await requirePermission(ctx, "budget.read");
  const [budget] = await ctx.db.$queryRaw<BudgetTerms[]>`
    SELECT ${TERMS} FROM budgets b WHERE b.workspace_id = ${ctx.workspaceId}::uuid AND ${within(scope)}`;
  return budget ?? null;
}

const TERMS = Prisma.sql`
  b.id, b.name, b.measure, b.currency, trim_scale(b.limit_value)::text AS limit, b.per, b.per_field AS "perField", b.period,
  b.time_zone AS "timeZone", b.when_exceeded AS "whenExceeded", b.counts_all_actions AS "countsAllActions",
  b.created_by AS "createdBy", b.created_at AS "createdAt", b.deleted_at AS "deletedAt",
  (SELECT coalesce(json_agg(json_build_object('name', a.name, 'title', a.title) ORDER BY a.name), '[]')
    FROM budget_actions c JOIN registered_actions a ON a.id = c.action_id WHERE c.budget_id = b.id) AS actions`;

/** The levels of `b` in the period `span`, the fullest first, and how many there are. */
export function fullestLevels(most: number): Prisma.Sql {
  return Prisma.sql`
    SELECT encode(level.per_key, 'hex') AS key,
      (SELECT e.per_value FROM budget_entries e WHERE e.workspace_id = b.workspace_id AND e.budget_id = b.id AND e.per_key = level.per_key
        AND e.per_value IS NOT NULL ORDER BY e.run_id DESC LIMIT 1) AS value,
      trim_scale(level.used)::text AS used, trim_scale(greatest(0, b.limit_value - level.used))::text AS remaining,
      least(1, level.used / b.limit_value)::float8 AS share, level.count AS "valueCount"
    FROM (SELECT l.per_key, l.used, count(*) OVER ()::int FROM daai_budget_levels(b.id, span.starts) l WHERE l.used > 0
      ORDER BY l.used DESC, l.per_key LIMIT ${most}) level
    ORDER BY level.used DESC, level.per_key`;
}

export async function hasBudget(ctx: WorkspaceContext, id: string): Promise<boolean> {
  await requirePermission(ctx, "budget.read");
  return (await ctx.db.budget.count({ where: { workspaceId: ctx.workspaceId, id } })) > 0;
}

function within(scope: BudgetScope): Prisma.Sql {
  if ("id" in scope) return Prisma.sql`b.id = ${scope.id}::uuid`;
  if ("name" in scope) return Prisma.sql`b.deleted_at IS NULL AND b.name = ${scope.name}`;
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
