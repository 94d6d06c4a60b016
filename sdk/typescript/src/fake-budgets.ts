// The budgets of a console in memory: how runs count toward them, by the rules of the real one.

import { countToward, samePerValue } from "@/lib/domain/budgets/count-toward";
import { addDecimals, compareDecimals, isPlainDecimal, normalizeDecimal, readAmount } from "@/lib/domain/policy/amounts";
import { isFieldPath, readPath } from "@/lib/domain/policy/payload-fields";
import { currencyOf, fieldsOf, KEY, type Provenance } from "./fake-facts";
import { type BudgetPeriod, periodAt } from "./fake-periods";
import type { FakeAction } from "./fake-policies";
import type { WireObject } from "./models";

/** A limit on what runs add up to in a period. */
export interface Budget {
  readonly name: string;
  /** An amount, or a number of runs. */
  readonly limit: number | string;
  /** The sum of the amounts in `currency`, or the count of runs. */
  readonly measure: "sum" | "count";
  /** Only of a sum, such as EUR. */
  readonly currency?: string | undefined;
  readonly period: BudgetPeriod;
  /** Whose calendar the period follows, such as Europe/Berlin; UTC if not given. */
  readonly timeZone?: string | undefined;
  /** What has a limit of its own; nothing if not given. `field` is the payload field `perField`. */
  readonly per?: "nothing" | "recipient" | "actor" | "key" | "source" | "field" | undefined;
  readonly perField?: string | undefined;
  /** The names of the actions that count; all if not given. */
  readonly actions?: readonly string[] | undefined;
  /** What happens to a run over the limit; ask if not given. A run that can't be counted always requires approval. */
  readonly whenExceeded?: "ask" | "block" | undefined;
}

export interface KeptBudget {
  readonly name: string;
  readonly limit: string;
  readonly measure: "sum" | "count";
  readonly currency: string | null;
  readonly period: BudgetPeriod;
  readonly timeZone: string;
  readonly per: "nothing" | "recipient" | "actor" | "key" | "source" | "field";
  readonly perField: string | null;
  readonly actions: readonly string[] | null;
  readonly whenExceeded: "ask" | "block";
}

/** How a run counts toward a budget, and what was used before it. */
export interface BudgetEntry {
  readonly budget: KeptBudget;
  readonly whenExceeded: "ask" | "block";
  /** What is counted separately, in the form in which values are the same. */
  readonly perKey: string;
  readonly perValue: string | null;
  readonly periodStart: string;
  readonly periodEnd: string;
  readonly usedBefore: string;
  /** null: it can't be read. */
  readonly amount: string | null;
  readonly unreadable: "amount" | "currency" | "per_value" | null;
  readonly isExceeded: boolean;
}

/** Throws a TypeError or a RangeError for what no console takes. */
export function budgetOf(budget: Budget): KeptBudget {
  const { name, measure, period, currency = null, timeZone = "UTC", per = "nothing", perField = null, actions = null } = budget;
  const limit = String(budget.limit);
  const isPossible = isPlainDecimal(limit) && normalizeDecimal(limit) !== "0" && (measure === "sum" || /^[0-9]+$/.test(limit));
  if (!isPossible)
    throw new RangeError(`${limit} is no limit of ${name}: use ${measure === "sum" ? "an amount" : "a whole number of runs"}`);
  if ((measure === "sum") !== (currency !== null)) throw new TypeError(`${name}: a sum needs a currency such as EUR, and a count has none`);
  if ((per === "field") !== (perField !== null && isFieldPath(perField))) {
    throw new TypeError(`${name}: perField is a field of the payload, such as customer.id, for per: "field"`);
  }
  // Throws for an unknown one.
  new Intl.DateTimeFormat("en-US", { timeZone });
  const { whenExceeded = "ask" } = budget;
  return { name, limit: normalizeDecimal(limit), measure, currency, period, timeZone, per, perField, actions, whenExceeded };
}

/** What is counted of a run. */
export interface Counted extends Provenance {
  readonly action: string;
  readonly payload: WireObject;
}

type Used = (budget: KeptBudget, perKey: string, periodStart: string) => string;

/** A run's entry in each budget that counts its action. `used` is what the other runs have used. */
export function entriesOf(
  budgets: readonly KeptBudget[],
  counted: Counted,
  { action, at, used }: { readonly action: FakeAction | undefined; readonly at: Date; readonly used: Used },
): BudgetEntry[] {
  const { payload, actor, source } = counted;
  const { amountField, recipient } = fieldsOf(action, payload);
  const read = readAmount(readPath(payload as never, amountField));
  const amount = read.kind === "amount" ? read.decimal : null;
  const proposal = { payload: payload as never, amount, currency: currencyOf(payload), recipient, actor, key: KEY.name, source };
  return budgets
    .filter(({ actions }) => actions === null || actions.includes(counted.action))
    .map((budget) => {
      const { start: periodStart, end: periodEnd } = periodAt(budget.period, budget.timeZone, at);
      const value = countToward(budget, proposal);
      const perKey = value.perValue === null ? "" : samePerValue(value.perValue);
      const usedBefore = used(budget, perKey, periodStart);
      const isExceeded = value.amount === null || compareDecimals(addDecimals(usedBefore, value.amount), budget.limit) > 0;
      // Whether it goes over isn't known, so a person looks.
      const whenExceeded = value.unreadable === null ? budget.whenExceeded : "ask";
      return { budget, whenExceeded, perKey, periodStart, periodEnd, usedBefore, isExceeded, ...value };
    });
}

/** The strictest budget that a run goes over; null: none. */
export function exceededOf(entries: readonly BudgetEntry[]): BudgetEntry | null {
  const exceeded = entries.filter(({ isExceeded }) => isExceeded);
  return exceeded.find(({ whenExceeded }) => whenExceeded === "block") ?? exceeded[0] ?? null;
}

/** Of amounts; one that can't be read adds nothing. */
export function sumOf(entries: readonly { readonly amount: string | null }[]): string {
  return entries.reduce((sum, { amount }) => (amount === null ? sum : addDecimals(sum, amount)), "0");
}

export function wireBudget(entry: BudgetEntry | null): WireObject | null {
  if (entry === null) return null;
  const { budget, perValue, periodStart, periodEnd, usedBefore, amount, unreadable, whenExceeded } = entry;
  return {
    name: budget.name,
    measure: budget.measure,
    currency: budget.currency,
    limit: budget.limit,
    per: budget.per,
    per_field: budget.perField,
    per_value: perValue,
    period: budget.period,
    time_zone: budget.timeZone,
    period_start: periodStart,
    period_end: periodEnd,
    used_before: usedBefore,
    amount,
    unreadable,
    when_exceeded: whenExceeded,
  };
}
