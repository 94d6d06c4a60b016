import type { BudgetEffect, BudgetEntryState, BudgetMeasure, BudgetPer, BudgetPeriod } from "@/lib/domain/budgets/budget";

export const MEASURE_LABELS: Record<BudgetMeasure, string> = { sum: "Sum of amounts", count: "Number of runs" };

export const PERIOD_LABELS: Record<BudgetPeriod, string> = { hour: "Hour", day: "Day", week: "Week", month: "Month" };

export const PER_LABELS: Record<BudgetPer, string> = {
  nothing: "None, all together",
  recipient: "Recipient",
  actor: "Actor",
  key: "API key",
  source: "Source",
  field: "Payload field",
};

export const EFFECT_LABELS: Record<BudgetEffect, { title: string; text: string; short: string }> = {
  ask: { title: "Require approval", text: "A person decides about each run over the limit.", short: "then requires approval" },
  block: { title: "Block", text: "No run goes over the limit.", short: "then blocks" },
};

export const STATE_LABELS: Record<BudgetEntryState, string> = {
  reserved: "Reserved",
  kept: "Used",
  given_back: "Given back",
  not_counted: "Not counted",
};
