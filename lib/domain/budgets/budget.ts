export const BUDGET_MEASURES = ["sum", "count"] as const;
export type BudgetMeasure = (typeof BUDGET_MEASURES)[number];

export const BUDGET_PERIODS = ["hour", "day", "week", "month"] as const;
export type BudgetPeriod = (typeof BUDGET_PERIODS)[number];

/** What a budget counts separately. `field` is a field of the payload. */
export const BUDGET_PERS = ["nothing", "recipient", "actor", "key", "source", "field"] as const;
export type BudgetPer = (typeof BUDGET_PERS)[number];

/** What happens to a run that goes over a budget. */
export const BUDGET_EFFECTS = ["ask", "block"] as const;
export type BudgetEffect = (typeof BUDGET_EFFECTS)[number];

/** Why a budget can't count a run: what it counts isn't there, or has another form. */
export const BUDGET_UNREADABLES = ["amount", "currency", "per_value"] as const;
export type BudgetUnreadable = (typeof BUDGET_UNREADABLES)[number];

/** `not_counted`: the run was blocked from the start, or is a test. */
export const BUDGET_ENTRY_STATES = ["reserved", "kept", "given_back", "not_counted"] as const;
export type BudgetEntryState = (typeof BUDGET_ENTRY_STATES)[number];

/** What a budget counts. It never changes: the ledger's sums would lose their meaning. */
export interface BudgetTerms {
  readonly measure: BudgetMeasure;
  /** Only of a sum. Compared letter by letter. */
  readonly currency: string | null;
  readonly per: BudgetPer;
  readonly perField: string | null;
  readonly period: BudgetPeriod;
  readonly timeZone: string;
}

export interface Budget extends BudgetTerms {
  readonly id: string;
  readonly name: string;
  /** A plain decimal. */
  readonly limit: string;
  readonly whenExceeded: BudgetEffect;
}
