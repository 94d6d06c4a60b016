import { createHmac } from "node:crypto";
import type { Budget } from "@/lib/domain/budgets/budget";
import { type CountedProposal, countToward, samePerValue } from "@/lib/domain/budgets/count-toward";
import { derivedKey } from "@/lib/security/derived-key";

/** With the period that the snapshot was read in. The database computes another one where that is over. */
export interface SnapshotBudget extends Budget {
  readonly periodStart: string;
  readonly periodEnd: string;
}

/** What daai_reserve_budgets compares with the limits. A proposal that the policy blocks counts toward nothing. */
export function countedBudgets(budgets: readonly (Budget & Partial<SnapshotBudget>)[], proposal: CountedProposal) {
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
      period_start: budget.periodStart ?? null,
      period_end: budget.periodEnd ?? null,
      per_key: perValue === null ? "" : perKey(budget.id, perValue),
      per_value: perValue,
      amount,
      unreadable,
    };
  });
}

/**
 * Stays in the ledger when the value is erased, so it's an HMAC under the console's secret: who has the database, and guesses the value,
 * can't confirm it. With the budget, so that two budgets' ledgers can't be joined by it.
 */
function perKey(budgetId: string, perValue: string): string {
  return createHmac("sha256", derivedKey("daai budget value"))
    .update(`${budgetId} ${samePerValue(perValue)}`, "utf8")
    .digest("hex");
}
