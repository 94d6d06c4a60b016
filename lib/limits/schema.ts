import { z } from "zod";
import { LIMIT_NAMES, type LimitName, PLANS } from "@/lib/domain/access/limits";

/** Empty: the plan's number holds. */
const limitTextSchema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^(unlimited|[0-9]{1,9}|)$/, { error: "Enter a whole number or the word unlimited, or leave the field empty." });

const limitTexts = Object.fromEntries(LIMIT_NAMES.map((name) => [name, limitTextSchema])) as Record<LimitName, typeof limitTextSchema>;

/** `settings`: what the settings say. */
const planChoice = z.enum(["settings", ...PLANS]);

export const changePlanSchema = z.strictObject({ userId: z.uuid(), plan: planChoice });
export type ChangePlan = z.output<typeof changePlanSchema>;

/** The operator's word on one account: its plan, and the limits that differ from it. */
export const changeLimitsSchema = z.strictObject({
  userId: z.uuid(),
  plan: planChoice,
  limits: z.strictObject(limitTexts),
});
export type ChangeLimits = z.output<typeof changeLimitsSchema>;
