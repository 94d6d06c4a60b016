import { Card, CardFooter, CardHeader } from "@/components/ui/card";
import { Instant } from "@/components/ui/instant";
import { Link } from "@/components/ui/link";
import type { BudgetLevel, ListedBudget } from "@/lib/budgets/list-budgets";
import { perNoun } from "@/lib/domain/budgets/budget-text";
import { BudgetBar } from "./budget-bar";
import { entriesPath } from "./entry-filters";

const TITLES = { hour: "This hour", day: "Today", week: "This week", month: "This month" } as const;

/** How full a budget is in its current period, by each value that it counts separately. */
export function BudgetLevels({
  workspaceId,
  budget,
  levels,
}: {
  workspaceId: string;
  budget: ListedBudget;
  levels: readonly BudgetLevel[];
}) {
  const isSplit = perNoun(budget) !== null;
  const shown = levels.length === 0 ? [null] : levels;
  return (
    <Card aria-labelledby="levels">
      <CardHeader title={TITLES[budget.period]} id="levels" />
      <ul className="grid gap-4 px-4 py-3.5">
        {shown.map((level) => (
          <li key={level?.key ?? ""}>
            {level === null || !isSplit ? (
              <BudgetBar budget={budget} level={level} />
            ) : (
              <Link
                className="block rounded-sm"
                href={entriesPath({ workspaceId, budgetId: budget.id, filter: "all", key: level.key })}
                scroll={false}
              >
                <BudgetBar budget={budget} level={level} />
              </Link>
            )}
          </li>
        ))}
      </ul>
      <CardFooter>
        <span className="text-xs">
          {budget.valueCount > levels.length ? `${levels.length} of ${budget.valueCount.toLocaleString("en-US")} are shown. ` : ""}
          Resets <Instant at={budget.periodEnd} />
        </span>
      </CardFooter>
    </Card>
  );
}
