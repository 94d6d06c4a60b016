import { z } from "zod";
import { ACTION_NAME_PATTERN } from "@/lib/domain/action-names";
import { isPlainDecimal } from "@/lib/domain/amounts";
import { DEFAULT_AMOUNT_FIELD, DEFAULT_CURRENCY_FIELD, isFieldPath } from "@/lib/domain/payload-fields";
import { POLICY_TYPES } from "@/lib/domain/policies";
import { RISK_LEVELS } from "@/lib/domain/risk-levels";
import { parseSentence } from "@/lib/domain/run-sentence";
import { emailSchema } from "@/lib/users/schema";

const fieldPath = z.string().refine(isFieldPath, { error: "must be a field's name, or names joined by dots" });

export const policySchema = z
  .strictObject({
    type: z.enum(POLICY_TYPES),
    threshold: z.string().refine(isPlainDecimal, { error: "must be a plain decimal number such as 500 or 1250.00" }).nullable().default(null),
    currency: z.string().regex(/^[A-Za-z]{3,8}$/, { error: "must be a currency's code such as EUR" }).nullable().default(null),
    amountField: fieldPath.default(DEFAULT_AMOUNT_FIELD),
    currencyField: fieldPath.default(DEFAULT_CURRENCY_FIELD),
  })
  .refine((policy) => (policy.type === "require_approval_above_amount") === (policy.threshold !== null), {
    path: ["threshold"],
    error: "is needed by require_approval_above_amount, and by no other policy",
  });

/** What a developer says of an action. The policy is a version of its own; the rest may change without one. */
export const actionSchema = z.strictObject({
  name: z.string().regex(ACTION_NAME_PATTERN, { error: "must be a lower-case letter, then 1 to 63 lower-case letters, digits or underscores" }),
  title: z.string().trim().min(1, { error: "must not be empty" }).max(120, { error: "must have at most 120 characters" }),
  description: z.string().max(2000, { error: "must have at most 2000 characters" }).default(""),
  riskLevel: z.enum(RISK_LEVELS).default("medium"),
  approverEmails: z
    .array(emailSchema)
    .max(20, { error: "must be at most 20 addresses" })
    .transform((emails) => [...new Set(emails)])
    .default([]),
  approvalWindowMinutes: z.int().min(1).max(525_600).nullable().default(null),
  sentence: z
    .string()
    .superRefine((sentence, context) => {
      const parsed = parseSentence(sentence);
      if (!parsed.ok) context.addIssue({ code: "custom", message: parsed.message });
    })
    .nullable()
    .default(null),
  recipientField: fieldPath.nullable().default(null),
  autoReleasesClaims: z.boolean().default(false),
  requiresRejectComment: z.boolean().default(false),
  requiresFourEyes: z.boolean().default(false),
  policy: policySchema,
});
export type NewAction = z.input<typeof actionSchema>;
export type ActionSettings = z.output<typeof actionSchema>;
