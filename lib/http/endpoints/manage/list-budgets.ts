import { managedBudget } from "@/lib/budgets/budget-document";
import { type BudgetLevel, type ListedBudget, listBudgets } from "@/lib/budgets/list-budgets";
import { sdkRoute } from "@/lib/http/route";

export const listManagedBudgets = sdkRoute({
  method: "GET",
  path: "/api/v1/manage/budgets",
  scope: "management",
  needs: "budgets:read",
  async handler({ ctx }) {
    const budgets = (await listBudgets(ctx)).map((budget) => {
      const { deleted_at: _, ...managed } = managedBudget(budget);
      return { ...managed, usage: { ...currentPeriod(budget), fullest: budget.fullest && budgetLevel(budget.fullest) } };
    });
    return { ok: true, answer: { budgets } };
  },
});

export function currentPeriod({ periodStart, periodEnd, valueCount }: ListedBudget) {
  return { period_start: periodStart.toISOString(), period_end: periodEnd.toISOString(), values: valueCount };
}

export function budgetLevel({ value, used, remaining }: BudgetLevel) {
  return { value, used, remaining };
}
