import { z } from "zod";
import { BACKTEST_DAYS } from "@/lib/domain/backtests/backtest";
import { draftSchema, plainActionSchema } from "@/lib/registered-actions/schema";

export const newBacktestSchema = z.strictObject({
  name: plainActionSchema.shape.name,
  days: z.literal(BACKTEST_DAYS),
  draft: draftSchema,
});

export const backtestIdSchema = z.strictObject({ backtestId: z.uuid() });
