import { managedBudget, readBudgetEdit, refusalOfBudget } from "@/lib/budgets/budget-document";
import type { Precondition } from "@/lib/budgets/change-budgets";
import { editBudget } from "@/lib/budgets/edit-budget";
import { getBudgetTerms } from "@/lib/budgets/list-budgets";
import { editBudgetRequestSchema } from "@/lib/contract/manage-budgets";
import type { ApiRequest } from "@/lib/http/api-request";
import { checkPreconditions, hasPreconditions } from "@/lib/http/check-preconditions";
import { refuseInvalid } from "@/lib/http/parse-body";
import { sdkRoute } from "@/lib/http/route";
import { budgetAnswer } from "./get-budget";

export const editManagedBudget = sdkRoute({
  method: "PUT",
  path: "/api/v1/manage/budgets/:id",
  scope: "management",
  needs: "budgets:write",
  hasEntityTag: true,
  body: { schema: editBudgetRequestSchema },
  async handler({ ctx, params: { id }, body, request }) {
    const read = readBudgetEdit(id, body);
    if (!read.ok) return refuseInvalid(read.error);
    const edited = await editBudget(ctx, read.budget, budgetIsAsRead(id, request));
    if (!edited.ok) return refusalOfBudget(edited);
    return budgetAnswer(ctx, id);
  },
});

/** In the transaction of the change, where nobody else can change the budget in between; undefined: the request has no condition. */
export function budgetIsAsRead(id: string, { headers }: ApiRequest): Precondition | undefined {
  if (!hasPreconditions(headers)) return undefined;
  return async (inner) => {
    const budget = await getBudgetTerms(inner, { id });
    return checkPreconditions(headers, budget ? managedBudget(budget) : null);
  };
}
