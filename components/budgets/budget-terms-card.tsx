import { RunFact, RunFacts } from "@/components/action-runs/run-facts";
import { Card, CardHeader } from "@/components/ui/card";
import { Instant } from "@/components/ui/instant";
import { Link } from "@/components/ui/link";
import type { ListedBudget } from "@/lib/budgets/list-budgets";
import { EFFECT_LABELS, MEASURE_LABELS, PER_LABELS, PERIOD_LABELS } from "./budget-labels";

/** What a budget counts, and what it does. */
export function BudgetTermsCard({ workspaceId, budget }: { workspaceId: string; budget: ListedBudget }) {
  return (
    <Card aria-labelledby="terms">
      <CardHeader title="Details" id="terms" />
      <RunFacts>
        <RunFact label="Counted actions">
          {budget.countsAllActions ? (
            "All actions"
          ) : (
            <ul className="grid gap-0.5">
              {budget.actions.map(({ name, title }) => (
                <li key={name}>
                  <Link className="text-link wrap-anywhere hover:underline" href={`/workspaces/${workspaceId}/actions/${name}`}>
                    {title}
                  </Link>
                </li>
              ))}
            </ul>
          )}
        </RunFact>
        <RunFact label="Measure">{MEASURE_LABELS[budget.measure]}</RunFact>
        <RunFact label="Separate limit for each" isMono={budget.per === "field"}>
          {budget.perField ?? PER_LABELS[budget.per]}
        </RunFact>
        <RunFact label="Period">
          {PERIOD_LABELS[budget.period]}, {budget.timeZone}
        </RunFact>
        <RunFact label="Over the limit">{EFFECT_LABELS[budget.whenExceeded].title}</RunFact>
        <RunFact label="Created">
          <Instant at={budget.createdAt} format="date" /> by {budget.createdBy}
        </RunFact>
      </RunFacts>
    </Card>
  );
}
