import { databaseNow } from "@/lib/db/transaction";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import type { WorkspaceContext } from "@/lib/security/context";
import { changeBudgets, type Precondition, refuseUnknownBudget } from "./change-budgets";

/** Deletes a budget: nothing counts toward it from now on. Its ledger stays with the runs. */
export function deleteBudget(ctx: WorkspaceContext, id: string, check?: Precondition): Promise<{ ok: true; id: string } | Refusal> {
  return changeBudgets(ctx, async (inner) => {
    const { db, workspaceId } = inner;
    const budget = await db.budget.findFirst({ where: { workspaceId, id, deletedAt: null } });
    if (!budget) return refuseUnknownBudget();
    const refusal = await check?.(inner);
    if (refusal) return refusal;
    await db.budget.update({ where: { id }, data: { deletedAt: await databaseNow(db) } });
    return { id, event: { verb: "budget.deleted", data: { name: budget.name } } };
  });
}
