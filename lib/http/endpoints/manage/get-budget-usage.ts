import { refuseUnknownBudget } from "@/lib/budgets/change-budgets";
import { type BudgetEntryRow, getBudgetPage } from "@/lib/budgets/get-budget-page";
import type { BudgetUsage } from "@/lib/contract/manage-budgets";
import { pageQuerySchema } from "@/lib/contract/manage-pages";
import { sdkRoute } from "@/lib/http/route";
import { budgetLevel, currentPeriod } from "./list-budgets";

export const getManagedBudgetUsage = sdkRoute({
  method: "GET",
  path: "/api/v1/manage/budgets/:id/usage",
  scope: "management",
  needs: "budgets:read",
  query: pageQuerySchema,
  async handler({ ctx, params: { id }, query: { before } }) {
    const page = await getBudgetPage(ctx, id, { before });
    if (!page) return refuseUnknownBudget();
    const { budget, levels, entries, next } = page;
    const answer: BudgetUsage = {
      budget_id: id,
      ...currentPeriod(budget),
      levels: levels.map(budgetLevel),
      runs: entries.map(countedRun),
      next,
    };
    return { ok: true, answer };
  },
});

/** Without the run's sentence: who reads budgets needn't read payloads. */
function countedRun({ runId, actionName, status, reason, ...entry }: BudgetEntryRow): BudgetUsage["runs"][number] {
  const { createdAt, perValue, usedBefore, amount, unreadable, isExceeded, state } = entry;
  return {
    action_run_id: runId,
    action: actionName,
    governance_status: status,
    governance_reason: reason,
    proposed_at: createdAt.toISOString(),
    value: perValue,
    used_before: usedBefore,
    amount,
    unreadable,
    is_exceeded: isExceeded,
    state,
  };
}
