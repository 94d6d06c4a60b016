import { z } from "zod";
import { BACKTEST_DAYS, BACKTEST_STATUSES } from "@/lib/domain/backtests/backtest";
import { RUN_FATES } from "@/lib/domain/backtests/run-fate";
import { GOVERNANCE_REASONS } from "@/lib/domain/policy/governance-reasons";
import { POLICY_OUTCOMES } from "@/lib/domain/policy/policy";
import { idSchema, policyRuleSchema, timeSchema } from "./fields";

const text = z.string().meta({ description: "The same as a sentence, as the console shows it. Its words may change." });

const resultSchema = z
  .object({
    summary: text,
    compared: z.int().meta({ description: "Runs that both policies decided." }),
    erased: z.int().meta({ description: "Runs that couldn't be compared: the payload is erased." }),
    undecided: z.int().meta({ description: "Runs that had no policy: the action was frozen, inactive or not registered." }),
    notes: z.array(z.string()).meta({ description: "What the numbers don't cover, as sentences." }),
    changes: z.array(
      z.object({
        from: z.enum(POLICY_OUTCOMES),
        to: z.enum(POLICY_OUTCOMES),
        count: z.int(),
        text,
        parts: z
          .array(
            z.object({
              fate: z.enum(RUN_FATES).meta({ description: "What had become of these runs." }),
              count: z.int(),
              text,
              runs: z
                .array(z.object({ action_run_id: idSchema, governance_reason: z.enum(GOVERNANCE_REASONS), policy_rule: policyRuleSchema }))
                .meta({ description: "The newest 25, with what the draft decides." }),
            }),
          )
          .meta({ description: "The change by what people had decided about the runs." }),
      }),
    ),
  })
  .meta({ id: "BacktestResult" });

export const backtestResponseSchema = z
  .object({
    backtest_id: idSchema,
    status: z.enum(BACKTEST_STATUSES),
    days: z.literal(BACKTEST_DAYS),
    runs_done: z.int().meta({ description: "How many were read when the worker last reported." }),
    runs_total: z.int().nullable().meta({ description: "null: the worker hasn't counted them yet." }),
    finished_at: timeSchema.nullable(),
    result: resultSchema.nullable().meta({ description: "null unless it is done." }),
  })
  .meta({ id: "BacktestResponse" });
export type BacktestAnswer = z.infer<typeof backtestResponseSchema>;
