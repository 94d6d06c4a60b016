import { isDeepStrictEqual } from "node:util";
import type { BudgetMeasure } from "@/lib/domain/budgets/budget";
import { normalizeDecimal } from "@/lib/domain/policy/amounts";
import { type Refusal, refuseField } from "@/lib/domain/refusals/refusal";
import type { WorkspaceContext } from "@/lib/security/context";
import { changeBudgets, findActions, type Precondition, refuseTakenName, refuseUnknownBudget } from "./change-budgets";
import { type BudgetEdit, fitsMeasure, WHOLE } from "./schema";

/** Changes a budget's name, limit, actions or effect. What it has counted stays counted. */
export function editBudget(
  ctx: WorkspaceContext,
  { id, ...input }: BudgetEdit,
  check?: Precondition,
): Promise<{ ok: true; id: string } | Refusal> {
  return changeBudgets(ctx, async (inner) => {
    const { db, workspaceId } = inner;
    const budget = await db.budget.findFirst({
      where: { workspaceId, id, deletedAt: null },
      include: { actions: { select: { action: { select: { name: true } } } } },
    });
    if (!budget) return refuseUnknownBudget();
    const refusal = await check?.(inner);
    if (refusal) return refusal;
    if (!fitsMeasure(budget.measure as BudgetMeasure, input.limit)) return refuseField("limit", WHOLE);
    const taken = await refuseTakenName(inner, input.name, id);
    if (taken) return taken;
    const actions = input.countsAllActions ? [] : await findActions(inner, input.actions);
    if ("ok" in actions) return actions;
    const before = {
      name: budget.name,
      limit: budget.limitValue.toFixed(),
      actions: budget.countsAllActions ? "all" : budget.actions.map(({ action }) => action.name).sort(),
      when_exceeded: budget.whenExceeded,
    };
    const after = {
      name: input.name,
      limit: normalizeDecimal(input.limit),
      actions: input.countsAllActions ? "all" : actions.map(({ name }) => name).sort(),
      when_exceeded: input.whenExceeded,
    };
    if (isDeepStrictEqual(before, after)) return { id, event: null };
    const { name, whenExceeded, countsAllActions } = input;
    await db.budget.update({ where: { id }, data: { name, limitValue: input.limit, whenExceeded, countsAllActions } });
    await db.budgetAction.deleteMany({ where: { workspaceId, budgetId: id } });
    await db.budgetAction.createMany({ data: actions.map((action) => ({ workspaceId, budgetId: id, actionId: action.id })) });
    return { id, event: { verb: "budget.edited", data: { name, measure: budget.measure, currency: budget.currency, before, after } } };
  });
}
