import type { TypedBudget } from "@/lib/budgets/schema";
import { budgetTermsText } from "@/lib/domain/budgets/budget-text";
import { isPlainDecimal } from "@/lib/domain/policy/amounts";

/** What a budget will do, in words, while it is being typed. */
export function BudgetPreview({ budget, actions }: { budget: TypedBudget; actions: readonly { name: string; title: string }[] }) {
  const { limit, measure, currency, perField, whenExceeded, countsAllActions } = budget;
  const titles = actions.filter(({ name }) => budget.actions.includes(name)).map(({ title }) => title);
  const which = countsAllActions ? "all actions" : titles.length === 0 ? "the actions you choose" : titles.join(", ");
  const typed = limit.trim();
  const terms = isPlainDecimal(typed)
    ? budgetTermsText({
        ...budget,
        limit: typed,
        currency: currency.trim() === "" ? "…" : currency.trim(),
        perField: perField.trim() || "…",
      })
    : null;
  return (
    <div className="grid gap-2.5 text-muted">
      <p className="text-ink wrap-anywhere">
        {terms === null ? "Enter a limit to see what the budget allows." : `Up to ${terms}. Counts ${which}.`}
      </p>
      <p>
        A run reserves its {measure === "sum" ? "amount" : "place"} when it’s allowed or a person is asked. It’s given back if the run is
        rejected, expires, is withdrawn or fails.
      </p>
      <p>
        A run that would go over{" "}
        {whenExceeded === "ask" ? "requires approval, even if its policy allows it" : "is blocked, whatever its policy says"}.
        {measure === "sum" ? " If its amount can’t be read or is in another currency, it requires approval." : ""} A budget never allows
        what a policy doesn’t.
      </p>
    </div>
  );
}
