import { z } from "zod";
import { BUDGET_EFFECTS, BUDGET_MEASURES, BUDGET_PERIODS, BUDGET_PERS, type BudgetMeasure } from "@/lib/domain/budgets/budget";
import { isPlainDecimal, normalizeDecimal } from "@/lib/domain/policy/amounts";
import { isFieldPath } from "@/lib/domain/policy/payload-fields";
import { isTimeZone } from "@/lib/domain/policy/rules/zoned-time";
import { displayNameSchema } from "@/lib/domain/text/display-name";

export const BUDGET_NAME_MAX_LENGTH = 80;
export const WHOLE = "must be a whole number of runs";

/** What can be changed later. */
const changeable = {
  name: displayNameSchema(BUDGET_NAME_MAX_LENGTH),
  countsAllActions: z.boolean(),
  /** Names of registered actions; ignored if all are counted. */
  actions: z.array(z.string()).max(500, { error: "must be at most 500 actions" }),
  limit: z
    .string()
    .trim()
    .refine(isPlainDecimal, { error: "must be a plain decimal number such as 20 or 2000.00" })
    .refine((limit) => !isPlainDecimal(limit) || normalizeDecimal(limit) !== "0", { error: "must be more than 0" }),
  whenExceeded: z.enum(BUDGET_EFFECTS),
};

const hasActions = ({ countsAllActions, actions }: { countsAllActions: boolean; actions: string[] }) =>
  countsAllActions || actions.length > 0;
const NO_ACTIONS = { path: ["actions"], error: "choose at least one action" };

/** Texts as they're typed; empty ones that the measure or `per` doesn't need say nothing. */
export const newBudgetSchema = z
  .strictObject({
    ...changeable,
    measure: z.enum(BUDGET_MEASURES),
    currency: z.string().trim(),
    per: z.enum(BUDGET_PERS),
    perField: z.string().trim(),
    period: z.enum(BUDGET_PERIODS),
    timeZone: z.string().trim().refine(isTimeZone, { error: "must be a time zone such as Europe/Berlin" }),
  })
  .refine(hasActions, NO_ACTIONS)
  .refine(({ measure, currency }) => measure === "count" || /^[A-Za-z]{3,8}$/.test(currency), {
    path: ["currency"],
    error: "must be a currency code such as EUR",
  })
  .refine(({ per, perField }) => per !== "field" || isFieldPath(perField), {
    path: ["perField"],
    error: "must be a field name, or field names joined by dots",
  })
  .refine(({ measure, limit }) => fitsMeasure(measure, limit), { path: ["limit"], error: WHOLE })
  .transform(({ currency, perField, ...rest }) => ({
    ...rest,
    currency: rest.measure === "sum" ? currency : null,
    perField: rest.per === "field" ? perField : null,
  }));
export type TypedBudget = z.input<typeof newBudgetSchema>;
export type NewBudget = z.output<typeof newBudgetSchema>;

export const budgetEditSchema = z.strictObject({ id: z.uuid(), ...changeable }).refine(hasActions, NO_ACTIONS);
export type BudgetEdit = z.output<typeof budgetEditSchema>;

export const budgetIdSchema = z.strictObject({ id: z.uuid() });

/** Runs are counted in whole numbers. */
export function fitsMeasure(measure: BudgetMeasure, limit: string): boolean {
  return measure === "sum" || !isPlainDecimal(limit) || /^[0-9]+$/.test(normalizeDecimal(limit));
}
