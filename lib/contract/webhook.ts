import { z } from "zod";
import { GRANT_END_REASONS, GRANT_STATES } from "@/lib/domain/grants/grant";
import { GOVERNANCE_REASONS } from "@/lib/domain/policy/governance-reasons";
import { PROPOSAL_KINDS, PROPOSAL_STATUSES } from "@/lib/domain/policy/policy-proposals";
import { RISK_LEVELS } from "@/lib/domain/policy/risk-levels";
import { FREEZE_SCOPES } from "@/lib/domain/runs/freeze-scope";
import { EXECUTION_STATUSES, GOVERNANCE_STATUSES } from "@/lib/domain/runs/statuses";
import { FREEZE_EVENTS, GRANT_EVENTS, POLICY_EVENTS, RUN_EVENTS } from "@/lib/domain/runs/webhook-events";
import { optionalApprovalsSchema } from "./approvals";
import { webhookBudgetSchema } from "./budget";
import { idSchema, policyRuleSchema, timeSchema } from "./fields";
import { runGrantSchema } from "./grant";
import { runDecisionSchema } from "./run-decision";

/** What a trigger recorded about a run. Never includes the proposal: receivers read that with their own keys. */
export const runFactsSchema = z.object({
  action_run_id: idSchema,
  workspace_id: idSchema,
  action: z.string(),
  risk_level: z.enum(RISK_LEVELS).nullable(),
  governance_status: z.enum(GOVERNANCE_STATUSES),
  governance_reason: z.enum(GOVERNANCE_REASONS),
  policy_rule: policyRuleSchema.optional(),
  budget: webhookBudgetSchema.optional(),
  grant: runGrantSchema.optional(),
  execution_status: z.enum(EXECUTION_STATUSES),
  in_doubt: z.boolean().meta({ description: "The claim expired without a report, so the side effect may or may not have happened." }),
  proposed_at: timeSchema,
  expires_at: timeSchema.nullable(),
  decided_at: timeSchema.nullable(),
  decision: runDecisionSchema
    .nullable()
    .optional()
    .meta({ description: "null while the run is pending. Absent from events that an earlier release recorded." }),
  approvals: optionalApprovalsSchema,
});

export type RunFacts = z.infer<typeof runFactsSchema>;

export const runWebhookSchema = z
  .object({
    type: z.enum(RUN_EVENTS),
    timestamp: timeSchema.meta({ description: "When it happened, not when it was sent." }),
    data: runFactsSchema.extend({
      links: z.object({
        run: z.url().meta({ description: "The run in the console, for people." }),
        status: z.url().meta({ description: "Its status in the API, for apps with both keys." }),
      }),
    }),
  })
  .meta({ id: "RunWebhook", description: "The run's state when the event happened. It may have changed by the time you read this." });

export type RunWebhook = z.infer<typeof runWebhookSchema>;

/** What the database recorded about a freeze. */
export const freezeFactsSchema = z.object({
  freeze_id: idSchema,
  workspace_id: idSchema,
  scope: z.enum(FREEZE_SCOPES).meta({ description: "What is frozen. `console`: every workspace." }),
  action: z.string().nullable().meta({ description: "The frozen action, with the scope `action`." }),
  api_key_id: idSchema.nullable().meta({ description: "The frozen API key, with the scope `api_key`." }),
  reason: z.string(),
  frozen_at: timeSchema,
  frozen_by: z.string(),
  thawed_at: timeSchema.nullable(),
  thawed_by: z.string().nullable(),
});

export type FreezeFacts = z.infer<typeof freezeFactsSchema>;

export const freezeWebhookSchema = z
  .object({
    type: z.enum(FREEZE_EVENTS),
    timestamp: timeSchema.meta({ description: "When it happened, not when it was sent." }),
    data: freezeFactsSchema.extend({
      links: z.object({ freezes: z.url().meta({ description: "What is frozen in the workspace, in the console, for people." }) }),
    }),
  })
  .meta({ id: "FreezeWebhook", description: "A freeze, or its thaw. While it lasts, nothing is allowed, approved or claimed." });

export type FreezeWebhook = z.infer<typeof freezeWebhookSchema>;

/** What a trigger recorded about a policy change that waits for a second person. Never what it changes. */
export const proposalFactsSchema = z.object({
  proposal_id: idSchema,
  workspace_id: idSchema,
  kind: z.enum(PROPOSAL_KINDS).meta({
    description:
      "What would change: `edit` the settings of an action, `restore` an earlier policy of it, `activate` it, `group` the members of a group, or `rule`, the requirement of a second person.",
  }),
  status: z.enum(PROPOSAL_STATUSES),
  action_id: idSchema.nullable(),
  action: z.string().nullable().meta({ description: "The action that would change. null with the kinds `group` and `rule`." }),
  group: z.string().nullable().meta({ description: "The group that would change, with the kind `group`." }),
  comment: z.string().nullable().meta({ description: "What the proposer said about it." }),
  proposed_at: timeSchema,
  proposed_by: z.string().nullable().meta({ description: "null: the operator, at the command line." }),
  ended_at: timeSchema.nullable(),
  ended_by: z.string().nullable(),
  end_comment: z.string().nullable().meta({ description: "The comment of the person who declined it." }),
});

export type ProposalFacts = z.infer<typeof proposalFactsSchema>;

export const policyWebhookSchema = z
  .object({
    type: z.enum(POLICY_EVENTS),
    timestamp: timeSchema.meta({ description: "When it happened, not when it was sent." }),
    data: proposalFactsSchema.extend({
      links: z.object({ change: z.url().meta({ description: "Where people compare and confirm it, in the console." }) }),
    }),
  })
  .meta({ id: "PolicyWebhook", description: "A policy change that waits for a second person, or what became of it." });

export type PolicyWebhook = z.infer<typeof policyWebhookSchema>;

/** What a trigger recorded about a standing grant. Never what has to be the same, nor its amounts. */
export const grantFactsSchema = z.object({
  grant_id: idSchema,
  workspace_id: idSchema,
  action: z.string(),
  action_run_id: idSchema.meta({ description: "The run whose approval gave the grant." }),
  state: z.enum(GRANT_STATES),
  given_by: z.string(),
  given_at: timeSchema,
  needs_confirmation: z.boolean().meta({ description: "It allows nothing until a second approver confirms it." }),
  confirmed_by: z.string().nullable(),
  max_uses: z.int(),
  uses: z.int().meta({ description: "How many runs it has allowed." }),
  ends_at: timeSchema,
  ended_at: timeSchema
    .nullable()
    .meta({ description: "When it was revoked or the console ended it. null if it reached a limit or expired." }),
  ended_by: z.string().nullable(),
  ended_reason: z.enum(GRANT_END_REASONS).nullable(),
});

export type GrantFacts = z.infer<typeof grantFactsSchema>;

export const grantWebhookSchema = z
  .object({
    type: z.enum(GRANT_EVENTS),
    timestamp: timeSchema.meta({
      description: "When it happened, not when it was sent. Of a grant that reached a limit or expired, when the console noted it.",
    }),
    data: grantFactsSchema.extend({ links: z.object({ grant: z.url().meta({ description: "The grant in the console, for people." }) }) }),
  })
  .meta({ id: "GrantWebhook", description: "A standing grant that was given, or that allows nothing any more." });

export type GrantWebhook = z.infer<typeof grantWebhookSchema>;

export const testWebhookSchema = z
  .object({ type: z.literal("test"), timestamp: timeSchema, data: z.object({ workspace_id: idSchema }) })
  .meta({ id: "TestWebhook", description: "Sent once, when a member sends a test." });

export type TestWebhook = z.infer<typeof testWebhookSchema>;

export const notificationSchema = z
  .object({ text: z.string().meta({ description: "One sentence, in the console's words only." }), url: z.url() })
  .meta({ id: "Notification", description: "What a notification webhook receives, for chat apps and scripts that show a text." });

export type Notification = z.infer<typeof notificationSchema>;
