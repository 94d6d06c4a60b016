import { countedBudgets } from "@/lib/action-runs/propose/counted-budgets";
import type { Budget } from "@/lib/domain/budgets/budget";
import type { JsonObject } from "@/lib/domain/json-value";
import { type Refusal, refuseField } from "@/lib/domain/refusals/refusal";
import type { WorkspaceContext } from "@/lib/security/context";

/**
 * Makes a pending run reserve in its budgets what it was changed to, before it is approved. Refuses what a budget blocks by its present
 * limit, unless it is less of the same; the caller rolls back.
 */
export async function reserveChanged(
  { db, workspaceId }: WorkspaceContext,
  { runId, changeId }: { runId: string; changeId: string },
): Promise<Refusal | null> {
  const entries = await db.budgetEntry.findMany({
    where: { workspaceId, runId, state: "reserved" },
    include: { budget: true },
    // As daai_intercept locks their totals.
    orderBy: { budgetId: "asc" },
  });
  if (entries.length === 0) return null;
  const run = await db.actionRun.findUniqueOrThrow({ where: { id: runId } });
  const change = await db.payloadChange.findUniqueOrThrow({ where: { id: changeId } });
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
  const budgets = entries.map(({ budget }) => {
    // One that was deleted since blocks nothing.
    const whenExceeded = budget.deletedAt === null ? budget.whenExceeded : "ask";
    return { ...budget, limit: budget.limitValue.toFixed(), whenExceeded } as unknown as Budget;
  });
  const counted = countedBudgets(budgets, proposal);
  const [row] = await db.$queryRaw<{ over: string | null }[]>`
    SELECT daai_change_budgets(run, ${JSON.stringify(counted)}::jsonb) AS over FROM action_runs run WHERE run.id = ${runId}::uuid`;
  if (row?.over == null) return null;
  const message = `The changed request goes over the budget “${row.over}”, which blocks it, so nobody can approve it.`;
  return refuseField("changes", message);
}
