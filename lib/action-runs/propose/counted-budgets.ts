import { createHash } from "node:crypto";
import type { Budget } from "@/lib/domain/budgets/budget";
import { type CountedProposal, countToward, samePerValue } from "@/lib/domain/budgets/count-toward";

/** What daai_reserve_budgets compares with the limits. A proposal that the policy blocks counts toward nothing. */
export function countedBudgets(budgets: readonly Budget[], proposal: CountedProposal) {
  return budgets.map((budget) => {
    const { perValue, amount, unreadable } = countToward(budget, proposal);
    return {
      budget_id: budget.id,
      name: budget.name,
      limit_value: budget.limit,
      // Whether it goes over isn't known, so a person looks.
      when_exceeded: unreadable === null ? budget.whenExceeded : ("ask" as const),
      period: budget.period,
      time_zone: budget.timeZone,
      per_key: perValue === null ? "" : createHash("sha256").update(samePerValue(perValue)).digest("hex"),
      per_value: perValue,
      amount,
      unreadable,
    };
  });
}
