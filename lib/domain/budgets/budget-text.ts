import { formatAmount } from "@/lib/domain/policy/format-amount";
import { calculateExact, exactText, parseExactDecimal } from "@/lib/domain/policy/rules/exact-decimal";
import { shortened } from "@/lib/domain/text/shortened";
import { formatInstant } from "@/lib/domain/time/format-instant";
import type { BudgetPer, BudgetTerms } from "./budget";
import type { BudgetUse } from "./budget-use";

type LedgerLine = Omit<BudgetUse, "state" | "isExceeded">;

const LONGEST_VALUE = 60;

const THIS_PERIOD = { hour: "this hour", day: "today", week: "this week", month: "this month" } as const;

const PER_NOUNS: Record<Exclude<BudgetPer, "nothing" | "field">, string> = {
  recipient: "recipient",
  actor: "actor",
  key: "API key",
  source: "source",
};

/** What a run does to the budget that has no room for it, if any: "goes over the budget “Refunds”: 1,240.00 of 2,000.00 EUR this week; …". */
export function overBudgetText(uses: readonly BudgetUse[]): string | null {
  const over = uses.find(({ isExceeded }) => isExceeded);
  return over ? exceededText(over) : null;
}

/** The same of a budget that is known to be exceeded. Also in receipts, so without contractions. */
export function exceededText(use: LedgerLine): string {
  const verb = use.unreadable === null ? "goes over" : "cannot be counted toward";
  return `${verb} the budget “${use.name}”: ${budgetLedgerText(use)}`;
}

/** "1,240.00 of 2,000.00 EUR this week for Bo; this request would make it 2,140.00". A period that is over is named by its date. */
export function budgetLedgerText(use: LedgerLine): string {
  const { usedBefore, amount, perValue, unreadable } = use;
  const who = perValue === null ? "" : ` for ${shortened(perValue, LONGEST_VALUE)}`;
  const ledger = `${usedOfLimit(use, usedBefore)} ${use.isCurrent ? THIS_PERIOD[use.period] : datedPeriod(use)}${who}`;
  if (unreadable !== null) return `${ledger}; ${unreadableText(use, unreadable)}`;
  return amount === null ? ledger : `${ledger}; this request would make it ${figure(use, sum(usedBefore, amount))}`;
}

/** An amount of what the budget counts: "2,000.00 EUR", "20 runs". */
export function quantityText({ measure, currency }: Pick<BudgetTerms, "measure" | "currency">, decimal: string): string {
  if (measure === "sum") return `${formatAmount(decimal)}\u00a0${currency}`;
  return `${count(decimal)} ${decimal === "1" ? "run" : "runs"}`;
}

/** "2,000.00 EUR per week for each recipient". */
export function budgetTermsText(
  budget: Pick<BudgetTerms, "measure" | "currency" | "period" | "per" | "perField"> & { limit: string },
): string {
  const noun = perNoun(budget);
  return `${quantityText(budget, budget.limit)} per ${budget.period}${noun === null ? "" : ` for each ${noun}`}`;
}

/** "1,240.00 of 2,000.00 EUR". */
export function usedOfLimit(budget: Pick<BudgetTerms, "measure" | "currency"> & { limit: string }, used: string): string {
  return `${figure(budget, used)} of ${quantityText(budget, budget.limit)}`;
}

/** What is counted separately, as a noun: "recipient", "customer.id". null: everything is counted together. */
export function perNoun({ per, perField }: Pick<BudgetTerms, "per" | "perField">): string | null {
  if (per === "nothing") return null;
  return per === "field" ? (perField ?? "field") : PER_NOUNS[per];
}

/** Sums have more digits than an amount may have. */
function sum(a: string, b: string): string {
  const [left, right] = [parseExactDecimal(a), parseExactDecimal(b)];
  const total = left && right && calculateExact("+", left, right);
  if (!total) throw new RangeError("not a decimal");
  return exactText(total).replaceAll(",", "");
}

function figure({ measure }: Pick<BudgetTerms, "measure">, decimal: string): string {
  return measure === "sum" ? formatAmount(decimal) : count(decimal);
}

function count(decimal: string): string {
  return formatAmount(decimal).replace(/\.0+$/, "");
}

function datedPeriod({ period, periodStart, timeZone }: Pick<BudgetUse, "period" | "periodStart" | "timeZone">): string {
  const at = formatInstant(periodStart);
  return `in the ${period} that started on ${at} (${timeZone})`;
}

function unreadableText(use: LedgerLine, unreadable: NonNullable<BudgetUse["unreadable"]>): string {
  switch (unreadable) {
    case "amount":
      return "the amount of this request cannot be read";
    case "currency":
      return `this request is not in ${use.currency}`;
    case "per_value":
      return `the ${perNoun(use)} of this request cannot be read`;
  }
}
