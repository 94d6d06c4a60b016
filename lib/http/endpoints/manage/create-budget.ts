import { isSameBudget, managedBudget, readNewBudget, refusalOfBudget } from "@/lib/budgets/budget-document";
import { createBudget } from "@/lib/budgets/create-budget";
import { getBudgetTerms } from "@/lib/budgets/list-budgets";
import { newBudgetRequestSchema } from "@/lib/contract/manage-budgets";
import { refuseInvalid } from "@/lib/http/parse-body";
import { sdkRoute } from "@/lib/http/route";
import { budgetAnswer } from "./get-budget";

/** Sent again, it finds the budget of that name that the first request created. */
export const createManagedBudget = sdkRoute({
  method: "POST",
  path: "/api/v1/manage/budgets",
  scope: "management",
  needs: "budgets:write",
  hasEntityTag: true,
  body: { schema: newBudgetRequestSchema },
  async handler({ ctx, body }) {
    const read = readNewBudget(body);
    if (!read.ok) return refuseInvalid(read.error);
    const created = await createBudget(ctx, read.budget);
    if (created.ok) {
      const outcome = await budgetAnswer(ctx, created.id);
      return outcome.ok ? { ...outcome, isNew: true } : outcome;
    }
    const existing = await getBudgetTerms(ctx, { name: read.budget.name });
    const isRepeated = existing !== null && isSameBudget(existing, read.budget);
    return isRepeated ? { ok: true, answer: managedBudget(existing) } : refusalOfBudget(created);
  },
});
