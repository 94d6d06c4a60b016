import type { BudgetEffect, BudgetEntryState, BudgetTerms, BudgetUnreadable } from "./budget";

/** One line of a budget's ledger: how a run counted, and how the budget stood when the run was proposed. */
export interface BudgetUse extends BudgetTerms {
  readonly budgetId: string;
  readonly name: string;
  readonly limit: string;
  readonly whenExceeded: BudgetEffect;
  readonly perValue: string | null;
  readonly periodStart: Date;
  readonly periodEnd: Date;
  /** The period goes on: “this week” means it. */
  readonly isCurrent: boolean;
  readonly usedBefore: string;
  /** null: it can't be read, or was erased. */
  readonly amount: string | null;
  readonly unreadable: BudgetUnreadable | null;
  readonly isExceeded: boolean;
  readonly state: BudgetEntryState;
}

interface Decimal {
  toFixed(): string;
}

interface EntryRow {
  readonly budgetId: string;
  readonly budgetName: string;
  readonly limitValue: Decimal;
  readonly whenExceeded: string;
  readonly perValue: string | null;
  readonly periodStart: Date;
  readonly periodEnd: Date;
  readonly usedBefore: Decimal;
  readonly amount: Decimal | null;
  readonly unreadable: string | null;
  readonly isExceeded: boolean;
  readonly isNamed: boolean;
  readonly state: string;
  readonly budget: Record<"measure" | "per" | "period" | "timeZone", string> & Record<"currency" | "perField", string | null>;
}

/** What `budgetUsesOf` reads of a run. */
export const budgetEntryColumns = {
  include: { budget: { select: { measure: true, currency: true, per: true, perField: true, period: true, timeZone: true } } },
} as const;

/** The budgets that counted a run, the one that it goes over first. `now` is null for documents, which are read at any time. */
export function budgetUsesOf(
  run: { readonly payloadText: string | null; readonly budgetEntries: readonly EntryRow[] },
  now: Date | null,
): BudgetUse[] {
  return [...run.budgetEntries]
    .sort(firstNamed)
    .map(({ budget, budgetName, limitValue, usedBefore, amount, budgetId, perValue, periodStart, periodEnd, isExceeded, ...texts }) => ({
      ...(budget as BudgetTerms),
      ...(texts as Pick<BudgetUse, "whenExceeded" | "unreadable" | "state">),
      budgetId,
      name: budgetName,
      limit: limitValue.toFixed(),
      perValue,
      periodStart,
      periodEnd,
      isCurrent: now !== null && now < periodEnd,
      usedBefore: usedBefore.toFixed(),
      amount: run.payloadText === null ? null : (amount?.toFixed() ?? null),
      isExceeded,
    }));
}

function firstNamed(a: EntryRow, b: EntryRow): number {
  return Number(b.isNamed) - Number(a.isNamed) || Number(b.isExceeded) - Number(a.isExceeded) || (a.budgetId < b.budgetId ? -1 : 1);
}
