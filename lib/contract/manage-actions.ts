import { z } from "zod";
import { BACKTEST_DAYS } from "@/lib/domain/backtests/backtest";
import { isActionName } from "@/lib/domain/policy/action-names";
import { CHANGEABLE_KINDS } from "@/lib/domain/policy/changeable-fields";
import { GOVERNANCE_REASONS } from "@/lib/domain/policy/governance-reasons";
import { POLICY_TYPES } from "@/lib/domain/policy/policy-types";
import { RISK_LEVELS } from "@/lib/domain/policy/risk-levels";
import { RULE_EFFECTS } from "@/lib/domain/policy/rules/rule-set";
import { idSchema, jsonObjectSchema, jsonValueSchema, policyRuleSchema, timeSchema } from "./fields";

/** The shape of an action in a policy file and on the wire. What its values may be is the rule of the form and of the command line. */
const stageSchema = z
  .strictObject({
    approvals: z.int(),
    people: z.array(z.string()).optional().meta({ description: "Their email addresses. Omitted with `group`." }),
    group: z
      .string()
      .optional()
      .meta({ description: "The name of a group of members, in place of `people`. Its members at the time the stage starts are asked." }),
  })
  .meta({ id: "ApprovalStage" });

const ruleAskSchema = z
  .strictObject({
    from: z.array(z.string()).optional().meta({ description: "Their email addresses. Omitted with `group`." }),
    group: z
      .string()
      .optional()
      .meta({ description: "The name of a group of members, in place of `from`. Its members at the time of the proposal are asked." }),
    approvals: z.int().optional().meta({ description: "How many of them must approve. Default: 1." }),
  })
  .meta({ id: "RuleAsk", description: "With `then: ask`: who is asked in place of the action's approvers and its later stages." });

export const managedRulesSchema = z.array(
  z.strictObject({
    name: z.string(),
    when: z.string(),
    then: z.enum(RULE_EFFECTS, { error: "must be allow, ask or block" }),
    ask: ruleAskSchema.optional(),
  }),
  { error: "must be a list of rules" },
);

const managedPolicySchema = z
  .strictObject({
    type: z.enum(POLICY_TYPES).optional().meta({ description: "May be omitted with `rules`." }),
    threshold: z.string().nullable().optional().meta({ description: "A plain decimal, such as 500. With require_approval_above_amount." }),
    currency: z.string().nullable().optional().meta({ description: "Amounts in any other currency require approval." }),
    amount_field: z.string().optional(),
    currency_field: z.string().optional(),
    rules: managedRulesSchema
      .optional()
      .meta({ description: "In their order: the first that applies decides. `when` is a condition in CEL." }),
    otherwise: z.enum(RULE_EFFECTS, { error: "must be allow, ask or block" }).optional().meta({ description: "When no rule applies." }),
  })
  .meta({ id: "ManagedPolicy" });

const changeableFieldSchema = z
  .strictObject({
    field: z.string(),
    kind: z.enum(CHANGEABLE_KINDS),
    values: z.array(z.string()).optional().meta({ description: "With the kind one_of." }),
    max_length: z.int().optional().meta({ description: "With the kind text." }),
  })
  .meta({ id: "ChangeableField" });

/** Everything that is said of an action, beside its name. */
const settings = {
  title: z.string(),
  description: z.string().optional(),
  risk: z.enum(RISK_LEVELS).optional().meta({ description: "Default: medium." }),
  sentence: z
    .string()
    .nullable()
    .optional()
    .meta({ description: "How a run is shown, such as: pay {amount} {currency} to {supplier.name}." }),
  recipient_field: z.string().nullable().optional(),
  policy: managedPolicySchema,
  changeable_fields: z.array(changeableFieldSchema).optional().meta({ description: "What of a payload approvers may change." }),
  approvers: z.array(z.string()).optional().meta({ description: "Their email addresses. Empty: the workspace's." }),
  approver_group: z
    .string()
    .nullable()
    .optional()
    .meta({ description: "The name of a group of members, in place of `approvers`. Its members at the time of the proposal are asked." }),
  approvals: z.int().optional().meta({ description: "How many of the approvers must approve. Default: 1." }),
  later_stages: z.array(stageSchema).optional().meta({ description: "Who is asked after them, in order." }),
  escalation: z.array(z.string()).optional().meta({ description: "Escalation contacts. Empty: the workspace's." }),
  approval_window_minutes: z.int().nullable().optional(),
  approval_valid_minutes: z.int().nullable().optional().meta({ description: "Default: 1440. null: without an end." }),
  ask_again_after_minutes: z.int().nullable().optional(),
  requires_reject_comment: z.boolean().optional(),
  requires_four_eyes: z.boolean().optional().meta({ description: "Prevent self-approval." }),
  auto_releases_claims: z.boolean().optional().meta({ description: "Executing twice is safe." }),
};

const managedBySchema = z
  .strictObject({
    file: z
      .string()
      .min(1)
      .max(500, { error: "must have at most 500 characters" })
      .meta({ description: "The file's path in its repository." }),
    commit: z
      .string()
      .regex(/^[0-9a-f]{7,64}(-dirty)?$/, { error: "must be a commit's hash in hex, with -dirty after it if the file had other changes" })
      .nullable()
      .meta({ description: "The last commit that changed the file. null: it isn't in git." }),
  })
  .meta({ id: "ManagedBy" });
export type ManagedBy = z.infer<typeof managedBySchema>;

/** As in a file. Members that are omitted have their defaults, so the result doesn't depend on what the action was before. */
export const putActionRequestSchema = z
  .strictObject({
    action: z.string().optional().meta({ description: "The name, which must be the path's." }),
    ...settings,
    managed_by: managedBySchema.nullable().optional().meta({ description: "The file that this comes from. Omitted: stays. null: none." }),
  })
  .meta({ id: "PutActionRequest" });
export type PutActionRequest = z.infer<typeof putActionRequestSchema>;

export const actionParamsSchema = z.object({ name: z.string().refine(isActionName).meta({ description: "The action's name." }) });

/** Settings at their defaults are omitted, as in a file. */
export const managedActionSchema = z
  .object({
    action: z.string(),
    ...settings,
    managed_by: z
      .object({
        file: z.string(),
        commit: z.string().nullable(),
        is_current: z.boolean().meta({ description: "Nothing was changed elsewhere since." }),
      })
      .nullable(),
    is_active: z.boolean(),
    policy_version: z.int(),
    action_id: idSchema,
    created_at: timeSchema,
  })
  .meta({ id: "ManagedActionResponse" });
export type ManagedAction = z.infer<typeof managedActionSchema>;

/** In place of the action, where the workspace asks for a second person. */
export const actionProposalSchema = z
  .object({
    action: z.string(),
    proposal_id: idSchema,
    status: z.literal("pending").meta({ description: "An owner or admin other than the proposer can confirm it in the console." }),
    proposed_by: z.string().nullable().meta({ description: "For a key, the owner who created it." }),
    proposed_at: timeSchema,
  })
  .meta({ id: "ActionProposalResponse" });
export type ActionProposal = z.infer<typeof actionProposalSchema>;

export const managedActionsResponseSchema = z.object({ actions: z.array(managedActionSchema) }).meta({ id: "ManagedActionsResponse" });

export const planActionResponseSchema = z
  .object({
    action: z.string(),
    result: z.enum(["create", "update", "unchanged"]).meta({ description: "What PUT would do with the same body." }),
    changes: z.array(
      z.object({
        field: z.string(),
        label: z.string().meta({ description: "What people call it." }),
        before: jsonValueSchema,
        after: jsonValueSchema,
      }),
    ),
    changes_decisions: z
      .boolean()
      .meta({ description: "Whether decisions can change: the policy, the risk or a field it reads differs. false for a new action." }),
    etag: z
      .string()
      .nullable()
      .meta({ description: "Send it as If-Match with PUT. null: the action isn't registered, so send If-None-Match: *." }),
  })
  .meta({ id: "PlanActionResponse" });

export const backtestRequestSchema = z
  .strictObject({
    action: z.string().optional().meta({ description: "The name, which must be the path's." }),
    ...settings,
    days: z.literal(BACKTEST_DAYS).optional().meta({ description: "How far back. Default: 30." }),
  })
  .meta({ id: "BacktestRequest" });

const EXPECTATIONS = { error: "must be allow, ask or block" };

export const testActionRequestSchema = z
  .strictObject({
    action: z.string().optional().meta({ description: "The name, which must be the path's." }),
    ...settings,
    tests: z
      .array(
        z.strictObject({
          name: z.string().max(200, { error: "must have at most 200 characters" }).optional(),
          payload: jsonObjectSchema,
          now: z.iso
            .datetime({ offset: true, error: "must be a time such as 2026-11-19T12:00:00Z" })
            .optional()
            .meta({ description: "What `now` is in rules. Default: the database's time." }),
          expect: z.enum(RULE_EFFECTS, EXPECTATIONS),
          rule: z.string().optional().meta({ description: "The rule that should decide." }),
        }),
      )
      .min(1, { error: "must contain at least one test" })
      .max(200, { error: "must contain at most 200 tests" }),
  })
  .meta({ id: "TestActionRequest" });
export type TestActionRequest = z.infer<typeof testActionRequestSchema>;

export const testActionResponseSchema = z
  .object({
    action: z.string(),
    passed: z.boolean().meta({ description: "Every test passed." }),
    results: z.array(
      z.object({
        name: z.string().nullable(),
        passed: z.boolean(),
        expected: z.enum(RULE_EFFECTS),
        actual: z.enum(RULE_EFFECTS).nullable().meta({ description: "null: the API would refuse the payload." }),
        governance_reason: z.enum(GOVERNANCE_REASONS).nullable(),
        policy_rule: policyRuleSchema,
        explanation: z.string().meta({ description: "Why, with the values that were read." }),
      }),
    ),
  })
  .meta({ id: "TestActionResponse" });
export type TestActionResponse = z.infer<typeof testActionResponseSchema>;

export const activeRequestSchema = z.strictObject({ active: z.boolean() }).meta({ id: "ActiveRequest" });
