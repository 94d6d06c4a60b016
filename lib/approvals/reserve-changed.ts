import { countedBudgets } from "@/lib/action-runs/propose/counted-budgets";
import type { ActionRun } from "@/lib/db/generated/client";
import type { Budget } from "@/lib/domain/budgets/budget";
import type { JsonObject } from "@/lib/domain/json-value";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import type { WorkspaceContext } from "@/lib/security/context";

/** Makes an approved run reserve in its budgets what it was changed to. Refuses what a budget would have blocked; the caller rolls back. */
export async function reserveChanged(ctx: WorkspaceContext, run: ActionRun): Promise<Refusal | null> {
  const { db, workspaceId } = ctx;
  const entries = await db.budgetEntry.findMany({
    where: { workspaceId, runId: run.id, state: "reserved" },
    include: { budget: true },
    // As daai_intercept locks their totals.
    orderBy: { budgetId: "asc" },
  });
  if (entries.length === 0) return null;
  const change = await db.payloadChange.findFirstOrThrow({ where: { workspaceId, runId: run.id, appliedAt: { not: null } } });
  const key = await db.apiKey.findUniqueOrThrow({ where: { id: run.apiKeyId }, select: { name: true } });
  const { sourceType: type, sourceRef: ref } = run;
  const proposal = {
    payload: JSON.parse(change.payloadText ?? "{}") as JsonObject,
    amount: change.amount?.toFixed() ?? null,
    currency: change.currency,
    recipient: change.recipient,
    actor: run.actor,
    key: key.name,
    source: type === null && ref === null ? null : { type, ref },
  };
  // By the limits of the time when it was proposed, as its receipt has them.
  const budgets = entries.map(({ budget, budgetId: id, budgetName: name, limitValue, whenExceeded }) => {
    return { ...budget, id, name, limit: limitValue.toFixed(), whenExceeded } as unknown as Budget;
  });
  const counted = countedBudgets(budgets, proposal);
  const [row] = await db.$queryRaw<{ over: string | null }[]>`
    SELECT daai_change_budgets(run, ${JSON.stringify(counted)}::jsonb) AS over FROM action_runs run WHERE run.id = ${run.id}::uuid`;
  if (row?.over == null) return null;
  const message = `The changed request goes over the budget “${row.over}”, which blocks it, so nobody can approve it.`;
  return refuse("validation_failed", message, { fields: { errors: [{ path: "changes", message }] } });
}
