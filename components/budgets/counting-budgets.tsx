import { VisibleText } from "@/components/action-runs/visible-text";
import { Card, CardHeader } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import type { ListedBudget } from "@/lib/budgets/list-budgets";
import { BudgetBar } from "./budget-bar";
import { budgetPath } from "./budget-paths";

/** On an action's page: the budgets that its runs count toward. */
export function CountingBudgets({ workspaceId, budgets }: { workspaceId: string; budgets: readonly ListedBudget[] }) {
  if (budgets.length === 0) return null;
  return (
    <Card aria-labelledby="budgets">
      <CardHeader title="Budgets" id="budgets" />
      <ul className="divide-y divide-line">
        {budgets.map((budget) => (
          <li className="grid gap-2 px-4 py-3" key={budget.id}>
            <Link className="text-link wrap-anywhere hover:underline" href={budgetPath(workspaceId, budget.id)}>
              <VisibleText text={budget.name} />
            </Link>
            <BudgetBar budget={budget} level={budget.fullest} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
