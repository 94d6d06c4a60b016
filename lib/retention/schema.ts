import { z } from "zod";
import { MAX_KEPT_DAYS, MIN_KEPT_DAYS } from "@/lib/domain/access/data-retention";

/** null: personal data is kept. */
export const dataRetentionSchema = z.strictObject({
  keptDays: z
    .int({ error: "Enter a whole number of days." })
    .min(MIN_KEPT_DAYS, { error: `Enter at least ${MIN_KEPT_DAYS} day.` })
    .max(MAX_KEPT_DAYS, { error: `Enter at most ${MAX_KEPT_DAYS.toLocaleString("en")} days.` })
    .nullable(),
});
export type NewDataRetention = z.output<typeof dataRetentionSchema>;
