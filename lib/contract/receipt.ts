import { z } from "zod";
import { DECISION_CHANNELS, RECEIPT_OUTCOMES } from "@/lib/domain/log/receipt-body";
import { GOVERNANCE_REASONS } from "@/lib/domain/policy/governance-reasons";
import { POLICY_TYPES } from "@/lib/domain/policy/policy-types";
import { runBudgetSchema } from "./budget";
import { idSchema, policyRuleSchema, previousRunSchema, timeSchema } from "./fields";
import { runGrantSchema } from "./grant";

/** The rule at the time of the decision. */
const policySnapshotSchema = z
  .object({
    type: z.enum(POLICY_TYPES),
    threshold: z.string().nullable().meta({ description: "A plain decimal. Only amount policies have one." }),
    currency: z.string().nullable(),
    amount_field: z.string(),
    currency_field: z.string(),
    rules_hash: z
      .string()
      .nullish()
      .meta({ description: "SHA-256 of the canonical JSON of the rules, in hex. Only a policy of rules has one." }),
  })
  .meta({ id: "PolicySnapshot" });

/** The record of a final governance decision, as responses include it. */
export const receiptSchema = z
  .object({
    id: idSchema,
    outcome: z.enum(RECEIPT_OUTCOMES),
    reason: z.enum(GOVERNANCE_REASONS),
    policy_type: z.enum(POLICY_TYPES).nullable().meta({ description: "null if the action is unknown or inactive." }),
    policy_version: z.int().nullable(),
    policy_snapshot: policySnapshotSchema.nullable(),
    policy_rule: policyRuleSchema,
    budget: runBudgetSchema,
    grant: runGrantSchema,
    created_at: timeSchema,
    decided_by: z
      .string()
      .nullable()
      .meta({ description: "The approver's email address. null if a policy decided or the request expired." }),
    channel: z.enum(DECISION_CHANNELS),
    comment: z.string().nullable(),
    previous_run_id: previousRunSchema,
  })
  .meta({ id: "Receipt", description: "The record of a final governance decision." });

export type WireReceipt = z.infer<typeof receiptSchema>;
