import { z } from "zod";
import { MAX_KEPT_DAYS, MIN_KEPT_DAYS } from "@/lib/domain/access/limits";
import { KEPT_DAYS_RULE } from "@/lib/words/kept-days-rule";

const error = KEPT_DAYS_RULE;

/** null: personal data isn't erased by itself. */
export const dataRetentionSchema = z.strictObject({
  keptDays: z.int({ error }).min(MIN_KEPT_DAYS, { error }).max(MAX_KEPT_DAYS, { error }).nullable(),
});
export type NewDataRetention = z.output<typeof dataRetentionSchema>;
