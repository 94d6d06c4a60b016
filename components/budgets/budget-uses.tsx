import { VisibleText } from "@/components/action-runs/visible-text";
import { Card, CardHeader } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import { budgetLedgerText } from "@/lib/domain/budgets/budget-text";
import type { BudgetUse } from "@/lib/domain/budgets/budget-use";
import { STATE_LABELS } from "./budget-labels";
import { budgetPath } from "./budget-paths";

/** The same as a card of the run's page. */
export function RunBudgets({ workspaceId, uses }: { workspaceId: string; uses: readonly BudgetUse[] }) {
  if (uses.length === 0) return null;
  return (
    <Card aria-labelledby="budgets">
      <CardHeader title="Budgets" id="budgets" />
      <BudgetUses uses={uses} workspaceId={workspaceId} showsState />
    </Card>
  );
}

/** The budgets that a run counts toward, as they stood when it was proposed. What has no room for it is marked. */
export function BudgetUses({
  uses,
  workspaceId,
  showsState = false,
}: {
  uses: readonly BudgetUse[];
  /** null: readers who can't open the budget's page. */
  workspaceId: string | null;
  showsState?: boolean;
}) {
  return (
    <ul className="divide-y divide-line">
      {uses.map((use) => (
        <li className="grid gap-0.5 px-4 py-2.5" key={use.budgetId}>
          <p className="flex flex-wrap items-center justify-between gap-x-3">
            {workspaceId === null ? (
              <span className="font-medium wrap-anywhere">
                <VisibleText text={use.name} />
              </span>
            ) : (
              <Link
                className="font-medium text-link wrap-anywhere hover:underline"
                href={budgetPath(workspaceId, use.budgetId)}
                prefetch={false}
              >
                <VisibleText text={use.name} />
              </Link>
            )}
            {showsState ? <span className="text-xs text-muted">{STATE_LABELS[use.state]}</span> : null}
          </p>
          <p className={use.isExceeded ? "text-wait" : "text-muted"}>
            {use.isExceeded ? (use.unreadable === null ? "Over the limit: " : "Can’t be counted: ") : ""}
            <VisibleText text={budgetLedgerText(use)} />
          </p>
        </li>
      ))}
    </ul>
  );
}
