import type { TypedBudget } from "@/lib/budgets/schema";
import { budgetTermsText, perNoun } from "@/lib/domain/budgets/budget-text";
import { isPlainDecimal } from "@/lib/domain/policy/amounts";

/** What a budget will do, in words, while it is being typed. */
export function BudgetPreview({ budget, actions }: { budget: TypedBudget; actions: readonly { name: string; title: string }[] }) {
  const { limit, measure, currency, per, perField, whenExceeded, countsAllActions } = budget;
  const titles = actions.filter(({ name }) => budget.actions.includes(name)).map(({ title }) => title);
  const which = countsAllActions ? "all actions" : titles.length === 0 ? "the actions you choose" : titles.join(", ");
  const typed = limit.trim();
  const terms = isPlainDecimal(typed)
    ? budgetTermsText({
        ...budget,
        limit: typed,
        currency: currency.trim() === "" ? "…" : currency.trim(),
        perField: perField.trim() || "value",
      })
    : null;
  return (
    <div className="grid gap-2.5 text-muted">
      <p className="text-ink wrap-anywhere">
        {terms === null ? "Enter a limit to see what the budget allows." : `Up to ${terms}. Counts ${which}.`}
      </p>
      <p>
        {measure === "sum" ? "A run counts with its amount" : "A run counts as one run"} when it’s allowed or a person is asked. It no
        longer counts if it’s rejected, expires, is withdrawn or fails.
      </p>
      <p>
        A run over the limit {whenExceeded === "ask" ? "requires approval" : "is blocked"}, even if its policy allows it.
        {measure === "sum" ? " If its amount can’t be read or is in another currency, it requires approval." : ""}
        {per === "nothing"
          ? ""
          : ` If its ${per === "field" ? perField.trim() || "payload field" : perNoun(budget)} is missing, it requires approval.`}{" "}
        A budget never allows what a policy doesn’t.
      </p>
    </div>
  );
}
