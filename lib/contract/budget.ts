import { z } from "zod";
import { BUDGET_EFFECTS, BUDGET_MEASURES, BUDGET_PERIODS, BUDGET_PERS, BUDGET_UNREADABLES } from "@/lib/domain/budgets/budget";
import { timeSchema } from "./fields";

const usedBefore = "A plain decimal: what was reserved and kept in this period, before this run was proposed.";

export const budgetSchema = z
  .object({
    name: z.string(),
    measure: z.enum(BUDGET_MEASURES).meta({ description: "The sum of amounts in `currency`, or the count of runs." }),
    currency: z.string().nullable().meta({ description: "Only a sum has one." }),
    limit: z.string().meta({ description: "A plain decimal." }),
    per: z.enum(BUDGET_PERS).meta({ description: "What is counted separately. `field`: the payload field `per_field`." }),
    per_field: z.string().nullable(),
    per_value: z
      .string()
      .nullable()
      .meta({ description: "The value that this run is counted under. null if everything is counted together." }),
    period: z.enum(BUDGET_PERIODS),
    time_zone: z.string().meta({ description: "The time zone whose calendar the period follows, such as Europe/Berlin." }),
    period_start: timeSchema,
    period_end: timeSchema,
    used_before: z.string().meta({ description: usedBefore }),
    amount: z.string().nullable().meta({ description: "What this run would add. null if it can't be read, or was erased." }),
    unreadable: z
      .enum(BUDGET_UNREADABLES)
      .nullable()
      .meta({ description: "Why the run can't be counted: its amount, its currency or the value it's counted under. null if it can." }),
    when_exceeded: z
      .enum(BUDGET_EFFECTS)
      .meta({ description: "What the budget does with this run. A run that can't be counted always requires approval." }),
  })
  .meta({
    id: "Budget",
    description: "The strictest budget that the run goes over or can't be counted toward, as it was when the run was proposed.",
  });

export type WireBudget = z.infer<typeof budgetSchema>;

export const runBudgetSchema = budgetSchema
  .nullable()
  .meta({ description: "The budget that the run goes over or can't be counted toward; null if there is none." });

/** Webhooks never include the proposal. */
export const webhookBudgetSchema = budgetSchema
  .omit({ per_value: true, amount: true })
  .meta({ id: "WebhookBudget", description: "Without what was read from the payload." })
  .nullable();
