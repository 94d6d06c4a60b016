import { z } from "zod";
import {
  BUDGET_EFFECTS,
  BUDGET_ENTRY_STATES,
  BUDGET_MEASURES,
  BUDGET_PERIODS,
  BUDGET_PERS,
  BUDGET_UNREADABLES,
} from "@/lib/domain/budgets/budget";
import { GOVERNANCE_REASONS } from "@/lib/domain/policy/governance-reasons";
import { GOVERNANCE_STATUSES } from "@/lib/domain/runs/statuses";
import { idSchema, timeSchema } from "./fields";
import { nextSchema } from "./manage-pages";

const decimal = z.string().meta({ description: "A plain decimal." });

/** What can be changed later. What the values may be is the rule of the console's form. */
const changeable = {
  name: z.string(),
  actions: z
    .array(z.string())
    .nullable()
    .meta({ description: "The names of the actions that count. null: every action, including ones that are registered later." }),
  limit: z.string().meta({ description: "A plain decimal, such as 2000.00. With the measure count, a whole number of runs." }),
  when_exceeded: z.enum(BUDGET_EFFECTS).meta({ description: "What happens to a run that goes over the limit." }),
};

const terms = {
  measure: z.enum(BUDGET_MEASURES).meta({ description: "The sum of amounts in `currency`, or the count of runs." }),
  period: z.enum(BUDGET_PERIODS),
  time_zone: z.string().meta({ description: "The time zone whose calendar the period follows, such as Europe/Berlin." }),
};

export const newBudgetRequestSchema = z
  .strictObject({
    ...changeable,
    ...terms,
    currency: z.string().nullable().optional().meta({ description: "Only a sum has one, such as EUR." }),
    per: z
      .enum(BUDGET_PERS)
      .optional()
      .meta({ description: "What is counted separately. `field`: the payload field `per_field`. Default: nothing." }),
    per_field: z.string().nullable().optional(),
  })
  .meta({ id: "NewBudgetRequest" });
export type NewBudgetRequest = z.infer<typeof newBudgetRequestSchema>;

export const editBudgetRequestSchema = z.strictObject(changeable).meta({ id: "EditBudgetRequest" });
export type EditBudgetRequest = z.infer<typeof editBudgetRequestSchema>;

export const managedBudgetSchema = z
  .object({
    budget_id: idSchema,
    ...changeable,
    ...terms,
    currency: z.string().nullable(),
    per: z.enum(BUDGET_PERS),
    per_field: z.string().nullable(),
    created_by: z.string().meta({ description: "An email address. For a key, that of the owner it acts for." }),
    created_at: timeSchema,
    deleted_at: timeSchema.nullable(),
  })
  .meta({ id: "ManagedBudgetResponse" });
export type ManagedBudget = z.infer<typeof managedBudgetSchema>;

const levelSchema = z
  .object({
    value: z
      .string()
      .nullable()
      .meta({ description: "What is counted separately. null: everything is counted together, or it was erased." }),
    used: decimal,
    remaining: z.string().meta({ description: "What still fits. A plain decimal, 0 once the limit is reached." }),
  })
  .meta({ id: "BudgetLevel" });

const current = {
  period_start: timeSchema,
  period_end: timeSchema,
  values: z.int().meta({ description: "How many values have used something in this period." }),
};

export const managedBudgetsResponseSchema = z
  .object({
    budgets: z.array(
      managedBudgetSchema.omit({ deleted_at: true }).extend({
        usage: z.object({ ...current, fullest: levelSchema.nullable().meta({ description: "null: nothing is used yet." }) }),
      }),
    ),
  })
  .meta({ id: "ManagedBudgetsResponse" });

export const budgetUsageResponseSchema = z
  .object({
    budget_id: idSchema,
    ...current,
    levels: z.array(levelSchema).meta({ description: "The fullest 20 of the current period, the fullest first." }),
    runs: z.array(
      z.object({
        action_run_id: idSchema,
        action: z.string(),
        governance_status: z.enum(GOVERNANCE_STATUSES),
        governance_reason: z.enum(GOVERNANCE_REASONS),
        proposed_at: timeSchema,
        value: z.string().nullable().meta({ description: "What the run is counted under." }),
        used_before: decimal,
        amount: z.string().nullable().meta({ description: "What the run adds. null if it can't be read, or was erased." }),
        unreadable: z.enum(BUDGET_UNREADABLES).nullable(),
        is_exceeded: z.boolean(),
        state: z.enum(BUDGET_ENTRY_STATES).meta({ description: "Whether it is counted now." }),
      }),
    ),
    next: nextSchema,
  })
  .meta({ id: "BudgetUsageResponse" });
export type BudgetUsage = z.infer<typeof budgetUsageResponseSchema>;
