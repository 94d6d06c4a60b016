import { z } from "zod";
import { COMMENT_MAX_LENGTH } from "@/lib/domain/access/limits";
import { CHANGEABLE_KINDS } from "@/lib/domain/policy/changeable-fields";
import { POLICY_TYPES } from "@/lib/domain/policy/policy-types";
import { RISK_LEVELS } from "@/lib/domain/policy/risk-levels";
import { RULE_EFFECTS } from "@/lib/domain/policy/rules/rule-set";

/** An action as it stands in a form: texts where people type, empty where they say nothing. */
export const typedAction = z.strictObject({
  /** The state of the action that was opened, so that nobody's change is written over. null: a new action. */
  configVersion: z.int().min(1).nullable(),
  /** For whoever confirms the change, where the workspace asks for a second person. */
  comment: z
    .string()
    .trim()
    .max(COMMENT_MAX_LENGTH, { error: `Enter at most ${COMMENT_MAX_LENGTH} characters.` })
    .optional(),
  name: z.string(),
  title: z.string(),
  description: z.string(),
  riskLevel: z.enum(RISK_LEVELS),
  approverEmails: z.array(z.string()),
  /** Empty: the approvers are named one by one. */
  approverGroup: z.string(),
  approvals: z.string(),
  laterStages: z.array(z.strictObject({ approvals: z.string(), people: z.array(z.string()), group: z.string() })),
  escalationEmails: z.array(z.string()),
  /** Empty: the workspace's window. */
  windowCount: z.string(),
  windowUnit: z.enum(["minute", "hour", "day"]),
  /** Empty: without an end. */
  validCount: z.string(),
  validUnit: z.enum(["minute", "hour", "day"]),
  /** Empty: none. */
  coolDownCount: z.string(),
  coolDownUnit: z.enum(["minute", "hour", "day"]),
  sentence: z.string(),
  recipientField: z.string(),
  requiresRejectComment: z.boolean(),
  requiresFourEyes: z.boolean(),
  autoReleasesClaims: z.boolean(),
  policy: z.strictObject({
    type: z.enum(POLICY_TYPES),
    threshold: z.string(),
    currency: z.string(),
    amountField: z.string(),
    currencyField: z.string(),
    rules: z.strictObject({
      rules: z.array(
        z.strictObject({
          name: z.string(),
          when: z.string(),
          then: z.enum(RULE_EFFECTS),
          /** Whom it asks, if it asks: the action's approvers, or these. */
          ask: z.strictObject({
            whom: z.enum(["action", "own"]),
            approvals: z.string(),
            people: z.array(z.string()),
            group: z.string(),
          }),
        }),
      ),
      otherwise: z.enum(RULE_EFFECTS),
    }),
    /** `values`: one a line. */
    changeableFields: z.array(
      z.strictObject({ field: z.string(), kind: z.enum(CHANGEABLE_KINDS), values: z.string(), maxLength: z.string() }),
    ),
  }),
});
export type TypedAction = z.input<typeof typedAction>;
