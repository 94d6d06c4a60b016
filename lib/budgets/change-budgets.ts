import { type AuditVerb, recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction } from "@/lib/db/transaction";
import type { JsonObject } from "@/lib/domain/json-value";
import { type Refusal, refuse, refuseField } from "@/lib/domain/refusals/refusal";
import { publishChange } from "@/lib/live/publish-change";
import { type WorkspaceContext, withDb } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { lockWorkspace, refuseUnknownWorkspace } from "@/lib/workspaces/lock-workspace";

interface BudgetChange {
  id: string;
  /** null: nothing was changed. */
  event: { verb: Extract<AuditVerb, `budget.${string}`>; data: JsonObject } | null;
}

/** A condition of whoever asks for a change of a budget, which is checked in its transaction. */
export type Precondition = (inner: WorkspaceContext) => Promise<Refusal | null>;

/**
 * The transaction of every change of a workspace's budgets, one after the other. Decisions that are being made on the budgets of before are
 * made again.
 */
export function changeBudgets(
  ctx: WorkspaceContext,
  change: (inner: WorkspaceContext) => Promise<BudgetChange | Refusal>,
): Promise<{ ok: true; id: string } | Refusal> {
  return inTransaction(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    await requirePermission(inner, "budget.manage");
    if (!(await lockWorkspace(inner))) return refuseUnknownWorkspace();
    const changed = await change(inner);
    if ("ok" in changed) return changed;
    const { id, event } = changed;
    if (event === null) return { ok: true, id };
    await tx.workspace.update({ where: { id: ctx.workspaceId }, data: { configVersion: { increment: 1 } } });
    await recordAuditEvent(inner, { ...event, subjectType: "budget", subjectId: id });
    await publishChange(tx, ctx.workspaceId, "budgets", "actions");
    return { ok: true, id };
  });
}

/** The actions of these names, by id; or a refusal for the first that isn't registered. */
export async function findActions(
  { db, workspaceId }: WorkspaceContext,
  names: readonly string[],
): Promise<{ id: string; name: string }[] | Refusal> {
  const actions = await db.registeredAction.findMany({
    where: { workspaceId, name: { in: [...names] } },
    select: { id: true, name: true },
    orderBy: { name: "asc" },
  });
  const missing = names.find((name) => !actions.some((action) => action.name === name));
  return missing === undefined ? actions : refuseField("actions", `The action ${missing} isn’t registered in this workspace.`);
}

export async function refuseTakenName({ db, workspaceId }: WorkspaceContext, name: string, id: string | null): Promise<Refusal | null> {
  const same = await db.budget.findFirst({ where: { workspaceId, name, deletedAt: null, ...(id !== null && { id: { not: id } }) } });
  return same ? refuseField("name", `This workspace already has a budget named “${name}”.`) : null;
}

export function refuseUnknownBudget(): Refusal {
  return refuse("not_found", "Budget not found. It may have been deleted.");
}
