import { z } from "zod";
import { BACKTEST_DAYS } from "@/lib/domain/backtests/backtest";
import { plainActionSchema } from "@/lib/registered-actions/schema";

/** What decides about a run: the policy, and what it looks at beside the payload. */
export const draftSchema = plainActionSchema.pick({ policy: true, recipientField: true, riskLevel: true });
export type Draft = z.output<typeof draftSchema>;

export const newBacktestSchema = z.strictObject({
  name: plainActionSchema.shape.name,
  days: z.literal(BACKTEST_DAYS),
  draft: draftSchema,
});

export const backtestIdSchema = z.strictObject({ backtestId: z.uuid() });
