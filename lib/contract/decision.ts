import { z } from "zod";
import { COMMENT_MAX_LENGTH } from "@/lib/domain/access/limits";
import { CHANGEABLE_KINDS, MAX_CHANGEABLE_FIELDS } from "@/lib/domain/policy/changeable-fields";
import { GOVERNANCE_REASONS } from "@/lib/domain/policy/governance-reasons";
import { POLICY_TYPES } from "@/lib/domain/policy/policy-types";
import { RISK_LEVELS } from "@/lib/domain/policy/risk-levels";
import { DECISIONS, EXECUTION_STATUSES, GOVERNANCE_STATUSES } from "@/lib/domain/runs/statuses";
import { optionalApprovalsSchema } from "./approvals";
import { idSchema, jsonObjectSchema, jsonValueSchema, payloadHashSchema, policyRuleSchema, textOf, timeSchema } from "./fields";
import { changesSchema } from "./run-decision";

/** Approving takes a deliberate second step, so that a scanner that submits forms found in emails approves nothing. */
export const decisionRequestSchema = z
  .strictObject({
    decision: z.enum(DECISIONS),
    comment: textOf(0, COMMENT_MAX_LENGTH, "Recorded in the receipt.").nullish(),
    confirm: z.boolean().nullish().meta({ description: "Must be true to approve." }),
    changes: z
      .record(z.string(), z.union([z.string(), z.number()]))
      .refine((changes) => Object.keys(changes).length <= MAX_CHANGEABLE_FIELDS, {
        error: `must name at most ${MAX_CHANGEABLE_FIELDS} fields`,
      })
      .nullish()
      .meta({
        description:
          "New values by field, for fields listed in changeable: to approve the request with a change, or to propose them with a rejection. Needs a comment that says why.",
      }),
    payload_hash: z
      .string()
      .regex(/^[0-9a-f]{64}$/, { error: "must be the payload_hash of what was shown" })
      .nullish()
      .meta({
        description:
          "The payload_hash of what was shown. An approval of anything else is 409 request_changed. Required to approve a request that another approver has changed.",
      }),
  })
  .refine((request) => request.decision !== "approve" || request.confirm === true, {
    path: ["confirm"],
    error: "must be true to approve: approving takes this second step",
  })
  .meta({
    id: "DecisionRequest",
    override: {
      anyOf: [
        { properties: { decision: { enum: DECISIONS.filter((decision) => decision !== "approve") } } },
        { required: ["confirm"], properties: { confirm: { const: true } } },
      ],
    },
  });
export type DecisionRequest = z.infer<typeof decisionRequestSchema>;

export const decisionParamsSchema = z.strictObject({
  token: z.string().meta({ description: "The secret part of the link in the email." }),
});

/** What an approver is asked to decide. Show the agent's texts as its words, never as the console's. */
export const decisionViewSchema = z
  .object({
    action_run_id: idSchema,
    workspace: z.object({ name: z.string(), client_name: z.string() }),
    action: z.object({
      name: z.string(),
      title: z.string(),
      description: z.string(),
      risk_level: z.enum(RISK_LEVELS),
      requires_reject_comment: z.boolean().meta({ description: "Whether a rejection needs a comment." }),
    }),
    may_approve: z
      .boolean()
      .meta({ description: "False if the approver created the key that proposed the run and the action prevents self-approval." }),
    frozen: z
      .boolean()
      .optional()
      .meta({ description: "The run is frozen: it can be rejected or blocked, but not approved until it's thawed." }),
    actor: z.string().nullable(),
    sentence: z.string().meta({ description: "What the agent wants to do, in one sentence." }),
    amount: z.object({ decimal: z.string(), currency: z.string().nullable() }).nullable(),
    recipient: z.string().nullable(),
    reasoning: z.string().nullable(),
    source: z.object({ type: z.string().nullable(), ref: z.string().nullable() }).nullable(),
    payload: jsonObjectSchema.meta({ description: "What would be approved now." }),
    payload_hash: payloadHashSchema.optional(),
    accepts_changes: z.boolean().optional().meta({
      description: "Whether the request can be approved with a change. Otherwise, a change can only be proposed with a rejection.",
    }),
    changeable: z
      .array(
        z.object({
          field: z.string(),
          kind: z.enum(CHANGEABLE_KINDS).meta({ description: "not_above: a number not above `value`, which was proposed." }),
          value: z.string().meta({ description: "What was proposed." }),
          values: z.array(z.string()).optional().meta({ description: "Of one_of: the values it can have." }),
          max_length: z.int().optional().meta({ description: "Of text: how many characters it can have." }),
        }),
      )
      .optional()
      .meta({ description: "The fields of the payload that a person may change." }),
    changed: z
      .object({ by: z.string(), at: timeSchema, reason: z.string(), changes: changesSchema.nullable() })
      .nullable()
      .optional()
      .meta({ description: "Who changed the request since it was proposed. null: it is as it was proposed." }),
    policy: z.object({
      type: z.enum(POLICY_TYPES),
      version: z.int(),
      reason: z.enum(GOVERNANCE_REASONS),
      rule: policyRuleSchema,
      explanation: z.string(),
      fields: z.array(z.object({ name: z.string(), value: jsonValueSchema.optional() })),
    }),
    approver: z.string().meta({ description: "The email address this link was created for." }),
    asked: z.array(z.string()).meta({
      description: "The email addresses of everyone who was asked. With approvals, only of those who are asked now and haven't answered.",
    }),
    approvals: optionalApprovalsSchema,
    previous: z
      .object({
        governance_reason: z.enum(GOVERNANCE_REASONS),
        status: z.enum(["rejected", "blocked", "failed"]),
        by: z.string().nullable().meta({ description: "The email address of the person who ended it. null if nobody did." }),
        comment: z.string().nullable(),
        error: z.string().nullable().meta({ description: "What the app reported about a failure." }),
        ended_at: timeSchema,
        same_payload: z.boolean(),
      })
      .nullable()
      .optional()
      .meta({ description: "What became of the request that this one repeats under its idempotency key. null for the first." }),
    created_at: timeSchema,
    expires_at: timeSchema,
  })
  .meta({ id: "DecisionView" });
export type DecisionViewResponse = z.infer<typeof decisionViewSchema>;

export const decisionResponseSchema = z
  .object({
    action_run_id: idSchema,
    governance_status: z.enum(GOVERNANCE_STATUSES),
    execution_status: z.enum(EXECUTION_STATUSES),
    governance_reason: z.enum(GOVERNANCE_REASONS),
    decided_at: timeSchema,
    decided_by: z.string(),
    comment: z.string().nullable(),
    approvals: optionalApprovalsSchema,
  })
  .meta({ id: "DecisionResponse" });
export type DecisionResponse = z.infer<typeof decisionResponseSchema>;
