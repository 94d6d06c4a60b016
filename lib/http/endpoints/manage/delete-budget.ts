import { deleteBudget } from "@/lib/budgets/delete-budget";
import { sdkRoute } from "@/lib/http/route";
import { budgetIsAsRead } from "./edit-budget";
import { budgetAnswer } from "./get-budget";

/** Deleting it again changes nothing. */
export const deleteManagedBudget = sdkRoute({
  method: "DELETE",
  path: "/api/v1/manage/budgets/:id",
  scope: "management",
  needs: "budgets:write",
  async handler({ ctx, params: { id }, request }) {
    const deleted = await deleteBudget(ctx, id, budgetIsAsRead(id, request));
    if (!deleted.ok && deleted.code !== "not_found") return deleted;
    return budgetAnswer(ctx, id);
  },
});
