import { managedBudget } from "@/lib/budgets/budget-document";
import { refuseUnknownBudget } from "@/lib/budgets/change-budgets";
import { getBudgetTerms } from "@/lib/budgets/list-budgets";
import { sdkRoute } from "@/lib/http/route";

export const getManagedBudget = sdkRoute({
  method: "GET",
  path: "/api/v1/manage/budgets/:id",
  scope: "management",
  needs: "budgets:read",
  hasEntityTag: true,
  async handler({ ctx, params: { id } }) {
    const budget = await getBudgetTerms(ctx, { id });
    return budget ? { ok: true, answer: managedBudget(budget) } : refuseUnknownBudget();
  },
});
