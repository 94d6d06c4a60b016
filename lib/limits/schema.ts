import { z } from "zod";
import { LIMIT_NAMES, type LimitName, PLANS } from "@/lib/domain/access/limits";

/** Empty: the plan's number holds. */
const limitTextSchema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^(unlimited|[0-9]{1,9}|)$/, { error: "Write a whole number or the word unlimited, or leave it empty." });

const limitTexts = Object.fromEntries(LIMIT_NAMES.map((name) => [name, limitTextSchema])) as Record<LimitName, typeof limitTextSchema>;

/** The operator's word on one account: its plan (`settings`: what the settings say), and the limits that differ from it. */
export const changeLimitsSchema = z.strictObject({
  userId: z.uuid(),
  plan: z.enum(["settings", ...PLANS]),
  limits: z.strictObject(limitTexts),
});
export type ChangeLimits = z.output<typeof changeLimitsSchema>;
