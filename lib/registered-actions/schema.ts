import { z } from "zod";
import { ACTION_NAME_PATTERN } from "@/lib/domain/policy/action-names";
import { isPlainDecimal } from "@/lib/domain/policy/amounts";
import { DEFAULT_APPROVAL_VALID_MINUTES } from "@/lib/domain/policy/approval-steps";
import { changeableFieldsSchema } from "@/lib/domain/policy/changeable-fields-schema";
import { DEFAULT_AMOUNT_FIELD, DEFAULT_CURRENCY_FIELD, isFieldPath } from "@/lib/domain/policy/payload-fields";
import { POLICY_TYPES, readsAmount } from "@/lib/domain/policy/policy-types";
import { RISK_LEVELS } from "@/lib/domain/policy/risk-levels";
import { ruleSetSchema } from "@/lib/domain/policy/rules/rule-set";
import { parseSentence } from "@/lib/domain/policy/run-sentence";
import { displayNameSchema, showsWhole } from "@/lib/domain/text/display-name";
import {
  addressesSchema,
  askingRuleApprovers,
  groupNameSchema,
  laterStagesSchema,
  requiredApprovalsSchema,
  ruleApproversSchema,
  stageProblems,
} from "./approval-stages";

export const TITLE_MAX_LENGTH = 120;

const fieldPath = z.string().refine(isFieldPath, { error: "must be a field name, or field names joined by dots" });

export const policySchema = z
  .strictObject({
    type: z.enum(POLICY_TYPES),
    threshold: z
      .string()
      .refine(isPlainDecimal, { error: "must be a plain decimal number such as 500 or 1250.00" })
      .nullable()
      .default(null),
    currency: z
      .string()
      .regex(/^[A-Za-z]{3,8}$/, { error: "must be a currency code such as EUR" })
      .nullable()
      .default(null),
    amountField: fieldPath.default(DEFAULT_AMOUNT_FIELD),
    currencyField: fieldPath.default(DEFAULT_CURRENCY_FIELD),
    rules: ruleSetSchema.nullable().default(null),
    /** What of a payload an approver may change. */
    changeableFields: changeableFieldsSchema.default([]),
  })
  .refine((policy) => (policy.type === "rules") === (policy.rules !== null), {
    path: ["rules"],
    error: "is needed by the policy rules, and by no other policy",
  })
  .refine((policy) => readsAmount(policy.type) === (policy.threshold !== null), {
    path: ["threshold"],
    error: "is needed by require_approval_above_amount, and by no other policy",
  });

/** What a developer says of an action, without what its fields say together. */
export const plainActionSchema = z.strictObject({
  name: z
    .string()
    .regex(ACTION_NAME_PATTERN, { error: "must be a lowercase letter, then 1 to 63 lowercase letters, digits or underscores" }),
  title: displayNameSchema(TITLE_MAX_LENGTH),
  description: z
    .string()
    .max(2000, { error: "must have at most 2000 characters" })
    .refine(showsWhole, { error: "must not contain hidden characters" })
    .default(""),
  riskLevel: z.enum(RISK_LEVELS).default("medium"),
  approverEmails: addressesSchema.default([]),
  /** The group whose members are asked in their place. */
  approverGroup: groupNameSchema,
  /** How many of the approvers must say yes. */
  approvals: requiredApprovalsSchema.default(1),
  /** Who is asked after them, in order. */
  laterStages: laterStagesSchema.default([]),
  /** Whom rules ask in their place. */
  ruleApprovers: ruleApproversSchema.default([]),
  escalationEmails: addressesSchema.default([]),
  approvalWindowMinutes: z.int().min(1).max(525_600).nullable().default(null),
  /** How long an approval is valid while nobody claims the run; null: without an end. */
  approvalValidMinutes: z.int().min(1).max(525_600).nullable().default(DEFAULT_APPROVAL_VALID_MINUTES),
  /** How long a person's no holds off the same proposal; null: not at all. */
  askAgainAfterMinutes: z.int().min(1).max(525_600).nullable().default(null),
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
/** What a developer says of an action. The policy is a version of its own; the rest may change without one. */
export const actionSchema = plainActionSchema
  .transform((action) => ({ ...action, ruleApprovers: askingRuleApprovers(action.policy.rules, action.ruleApprovers) }))
  .superRefine((action, context) => {
    for (const { path, message } of stageProblems(action)) context.addIssue({ code: "custom", path, message });
  });
export type NewAction = z.input<typeof actionSchema>;
export type ActionSettings = z.output<typeof actionSchema>;

/** What decides about a run: the policy with its rules' own approvers, and what it looks at beside the payload. */
export const draftSchema = plainActionSchema.pick({ policy: true, ruleApprovers: true, recipientField: true, riskLevel: true });
export type Draft = z.output<typeof draftSchema>;

export function draftOf({ policy, ruleApprovers, recipientField, riskLevel }: ActionSettings): Draft {
  return { policy, ruleApprovers, recipientField, riskLevel };
}
