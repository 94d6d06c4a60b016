import { managedBudget } from "@/lib/budgets/budget-document";
import { refuseUnknownBudget } from "@/lib/budgets/change-budgets";
import { getBudgetTerms } from "@/lib/budgets/list-budgets";
import { type Outcome, sdkRoute } from "@/lib/http/route";
import type { WorkspaceContext } from "@/lib/security/context";

export const getManagedBudget = sdkRoute({
  method: "GET",
  path: "/api/v1/manage/budgets/:id",
  scope: "management",
  needs: "budgets:read",
  hasEntityTag: true,
  handler: ({ ctx, params: { id } }) => budgetAnswer(ctx, id),
});

export async function budgetAnswer(ctx: WorkspaceContext, id: string): Promise<Outcome> {
  const budget = await getBudgetTerms(ctx, { id });
  return budget ? { ok: true, answer: managedBudget(budget) } : refuseUnknownBudget();
}
