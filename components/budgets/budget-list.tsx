import { VisibleText } from "@/components/action-runs/visible-text";
import { Instant } from "@/components/ui/instant";
import { Link } from "@/components/ui/link";
import type { ListedBudget } from "@/lib/budgets/list-budgets";
import { budgetTermsText, perNoun } from "@/lib/domain/budgets/budget-text";
import { BudgetBar } from "./budget-bar";
import { EFFECT_LABELS } from "./budget-labels";
import { budgetPath } from "./budget-paths";

/** Budgets with what they allow, and how full each is in its current period. */
export function BudgetList({ workspaceId, budgets }: { workspaceId: string; budgets: readonly ListedBudget[] }) {
  return (
    <ul className="divide-y divide-line">
      {budgets.map((budget) => (
        <li
          className="relative grid gap-x-8 gap-y-2.5 px-4 py-3.5 transition-colors hover:bg-hover md:grid-cols-[minmax(0,1fr)_minmax(0,20rem)] md:items-center"
          key={budget.id}
        >
          <div className="min-w-0">
            <Link
              className="rounded-sm font-medium wrap-anywhere after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus"
              href={budgetPath(workspaceId, budget.id)}
            >
              <VisibleText text={budget.name} />
            </Link>
            <p className="mt-0.5 text-muted wrap-anywhere">
              <span className="text-ink">{budgetTermsText(budget)}</span>, {EFFECT_LABELS[budget.whenExceeded].short}
            </p>
            <p className="mt-0.5 text-xs text-muted wrap-anywhere">{countedActions(budget)}</p>
          </div>
          <div className="min-w-0">
            <BudgetBar budget={budget} level={budget.fullest} />
            <p className="mt-1.5 flex flex-wrap justify-between gap-x-3 text-xs text-muted">
              <span>{othersText(budget)}</span>
              <span>
                resets <Instant at={budget.periodEnd} format="minute" />
              </span>
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}

const MOST_NAMED = 3;

export function countedActions({ countsAllActions, actions }: Pick<ListedBudget, "countsAllActions" | "actions">): string {
  if (countsAllActions) return "All actions";
  const names = actions.slice(0, MOST_NAMED).map(({ title }) => title);
  const more = actions.length - names.length;
  return more === 0 ? names.join(", ") : `${names.join(", ")} and ${more} more`;
}

/** "and 4 more recipients": the bar shows the fullest. */
function othersText(budget: ListedBudget): string {
  const noun = perNoun(budget);
  const others = budget.valueCount - 1;
  if (noun === null || others < 1) return "";
  if (budget.per === "field") return `and ${others} more`;
  return `and ${others} more ${noun}${others === 1 ? "" : "s"}`;
}
