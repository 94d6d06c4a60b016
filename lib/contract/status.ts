import { z } from "zod";
import { WAIT_MAX_SECONDS } from "@/lib/domain/access/limits";
import { GOVERNANCE_REASONS } from "@/lib/domain/policy/governance-reasons";
import { EXECUTION_STATUSES, GOVERNANCE_STATUSES } from "@/lib/domain/runs/statuses";
import { optionalApprovalsSchema } from "./approvals";
import { runBudgetSchema } from "./budget";
import { askAgainAtSchema, idSchema, payloadChangedSchema, policyRuleSchema, previousRunSchema, timeSchema } from "./fields";
import { runGrantSchema } from "./grant";
import { receiptSchema } from "./receipt";
import { runDecisionSchema } from "./run-decision";

export const runParamsSchema = z.strictObject({ id: idSchema.meta({ description: "The run's action_run_id." }) });

/** Query values are texts; seconds are whole or decimal, written plainly. */
export const statusQuerySchema = z.strictObject({
  wait: z
    .string()
    .regex(/^[0-9]{1,4}(\.[0-9]{1,3})?$/, { error: `must be a number of seconds from 0 to ${WAIT_MAX_SECONDS}` })
    .transform(Number)
    .refine((seconds) => seconds <= WAIT_MAX_SECONDS, {
      error: `must be a number of seconds from 0 to ${WAIT_MAX_SECONDS}`,
    })
    .optional()
    .meta({
      description: "Wait up to this many seconds for the run to be decided before responding.",
      override: { type: "number", minimum: 0, maximum: WAIT_MAX_SECONDS, pattern: undefined },
    }),
});

export const statusResponseSchema = z
  .object({
    action_run_id: idSchema,
    action: z.string(),
    governance_status: z.enum(GOVERNANCE_STATUSES),
    execution_status: z.enum(EXECUTION_STATUSES),
    governance_reason: z.enum(GOVERNANCE_REASONS),
    policy_rule: policyRuleSchema,
    budget: runBudgetSchema,
    grant: runGrantSchema,
    executable: z.boolean().meta({ description: "Execute only when this is true." }),
    frozen: z
      .boolean()
      .optional()
      .meta({ description: "The run is frozen: it can't be approved or claimed until it's thawed, and its deadlines stand still." }),
    receipt: receiptSchema.nullable(),
    previous_run_id: previousRunSchema,
    ask_again_at: askAgainAtSchema,
    created_at: timeSchema,
    decided_at: timeSchema.nullable(),
    decided_by: z
      .string()
      .nullable()
      .meta({ description: "The approver's email address. null if a policy decided or the request expired." }),
    comment: z.string().nullable(),
    approvals: optionalApprovalsSchema,
    payload_changed: payloadChangedSchema,
    decision: runDecisionSchema.nullable().meta({ description: "null until a decision is made." }),
    expires_at: timeSchema.nullable().meta({ description: "When a pending run is rejected if nobody decides." }),
    approval_valid_until: timeSchema
      .nullable()
      .optional()
      .meta({ description: "When an approval lapses if nobody claims the run; null if it has no end." }),
    claimed: z.boolean(),
    claim_expires_at: timeSchema.nullable(),
    in_doubt: z
      .boolean()
      .optional()
      .meta({ description: "The claim expired without a report, so the side effect may or may not have happened." }),
    execution_error: z.string().nullable().optional(),
    execution_reported_at: timeSchema.nullable().optional(),
    mail: z
      .object({
        queued: z.int().meta({ description: "How many approval emails were queued." }),
        not_sent_reason: z.string().nullable().meta({ description: "Why none was, such as the monthly email limit." }),
      })
      .nullable()
      .optional(),
  })
  .meta({ id: "StatusResponse" });

export type StatusResponse = z.infer<typeof statusResponseSchema>;
