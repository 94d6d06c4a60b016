import { z } from "zod";
import { BUDGET_EFFECTS, BUDGET_MEASURES, BUDGET_PERIODS, BUDGET_PERS, BUDGET_UNREADABLES } from "@/lib/domain/budgets/budget";
import { GOVERNANCE_REASONS } from "@/lib/domain/policy/governance-reasons";
import { POLICY_TYPES, type PolicyRule } from "@/lib/domain/policy/policy-types";
import { RISK_LEVELS } from "@/lib/domain/policy/risk-levels";
import { RULE_EFFECTS } from "@/lib/domain/policy/rules/rule-set";
import { FREEZE_SCOPES } from "@/lib/domain/runs/freeze-scope";
import { REVOCATION_REASONS } from "@/lib/domain/runs/statuses";
import { COMMAND_CHANNELS } from "./freeze-receipt-body";
import { DECISION_CHANNELS, RECEIPT_OUTCOMES } from "./receipt-body";

const policySchema = z
  .object({
    type: z.enum(POLICY_TYPES),
    threshold: z.string().nullable(),
    currency: z.string().nullable(),
    amount_field: z.string(),
    currency_field: z.string(),
    rules_hash: z.string().nullish(),
  })
  .transform(
    (policy): PolicyRule => ({
      type: policy.type,
      threshold: policy.threshold,
      currency: policy.currency,
      amountField: policy.amount_field,
      currencyField: policy.currency_field,
      ...(policy.type === "rules" ? { rulesHash: policy.rules_hash ?? null } : {}),
    }),
  );

const budgetSchema = z.object({
  name: z.string(),
  measure: z.enum(BUDGET_MEASURES),
  currency: z.string().nullable(),
  limit: z.string(),
  per: z.enum(BUDGET_PERS),
  per_field: z.string().nullable(),
  period: z.enum(BUDGET_PERIODS),
  period_start: z.iso.datetime(),
  period_end: z.iso.datetime(),
  time_zone: z.string(),
  unreadable: z.enum(BUDGET_UNREADABLES).nullable(),
  used_before: z.string(),
  when_exceeded: z.enum(BUDGET_EFFECTS),
});

const grantSchema = z.object({
  grant_id: z.string(),
  run_id: z.string(),
  given_by: z.string(),
  given_at: z.iso.datetime(),
  confirmed_by: z.string().nullable(),
  asked_reason: z.enum(GOVERNANCE_REASONS),
  facts: z.array(z.string()),
  currency: z.string().nullable(),
  amount_each: z.string().nullable(),
  total: z.string().nullable(),
  max_uses: z.int(),
  ends_at: z.iso.datetime(),
  uses_before: z.string(),
  used_before: z.string(),
});

/** Only with a change. */
const changeSchema = z.object({ changes_commitment: z.string(), payload_commitment: z.string() }).nullish();

const decisionBodySchema = z.object({
  kind: z.literal("decision"),
  receipt_id: z.string(),
  run_id: z.string(),
  workspace_id: z.string(),
  action: z.string(),
  actor: z.string().nullable(),
  api_key_id: z.string(),
  approval_required: z.boolean(),
  /** Only where several approvals were needed. */
  approvals: z
    .object({
      required: z.array(z.int()),
      votes: z.array(z.object({ by: z.string(), receipt_id: z.string(), stage: z.int() })),
    })
    .nullish(),
  channel: z.enum(DECISION_CHANNELS),
  comment: z.string().nullable(),
  context_commitment: z.string().nullable(),
  decided_at: z.iso.datetime(),
  decided_by: z.string().nullable(),
  governance_status: z.enum(RECEIPT_OUTCOMES),
  payload_commitment: z.string(),
  policy: policySchema.nullable(),
  policy_version: z.int().nullable(),
  /** Not there unless the policy has rules. */
  policy_rule: z.object({ name: z.string(), when: z.string(), then: z.enum(RULE_EFFECTS) }).nullish(),
  /** Only of a run that asks again after another. */
  previous_run_id: z.string().nullish(),
  /** Only of a run that goes over a budget. */
  budget: budgetSchema.nullish(),
  /** Only of a run that a standing grant allowed. */
  grant: grantSchema.nullish(),
  change: changeSchema,
  proposed_at: z.iso.datetime(),
  reason: z.enum(GOVERNANCE_REASONS),
  risk_level: z.enum(RISK_LEVELS).nullable(),
});

const executionBodySchema = z.object({
  kind: z.literal("execution"),
  receipt_id: z.string(),
  run_id: z.string(),
  workspace_id: z.string(),
  action: z.string(),
  execution_status: z.enum(["executed", "failed"]),
  worker: z.string().nullable(),
  reported_at: z.iso.datetime(),
  result_commitment: z.string().nullable(),
  error_commitment: z.string().nullable(),
});

const erasureBodySchema = z.object({
  kind: z.literal("erasure"),
  receipt_id: z.string(),
  run_id: z.string(),
  workspace_id: z.string(),
  action: z.string(),
  erased_at: z.iso.datetime(),
  erased_by: z.string(),
  reason: z.string(),
});

const revocationBodySchema = z.object({
  kind: z.literal("revocation"),
  receipt_id: z.string(),
  run_id: z.string(),
  workspace_id: z.string(),
  action: z.string(),
  decision_receipt_id: z.string(),
  revoked_status: z.enum(["allowed", "approved"]),
  reason: z.enum(REVOCATION_REASONS),
  channel: z.enum(DECISION_CHANNELS).exclude(["policy"]),
  revoked_by: z.string().nullable(),
  comment: z.string().nullable(),
  revoked_at: z.iso.datetime(),
});

const voteMembers = {
  receipt_id: z.string(),
  run_id: z.string(),
  workspace_id: z.string(),
  action: z.string(),
  channel: z.enum(DECISION_CHANNELS).exclude(["policy"]),
  comment: z.string().nullable(),
};

const voteBodySchema = z.object({
  kind: z.string().regex(/^vote_[1-9]\d*$/),
  ...voteMembers,
  vote: z.literal("approve"),
  voter: z.string(),
  in_place_of: z.string().nullable(),
  stage: z.int(),
  stages: z.int(),
  approvals_required: z.int(),
  payload_commitment: z.string(),
  change: changeSchema,
  policy_version: z.int().nullable(),
  voted_at: z.iso.datetime(),
});

const voteRevocationBodySchema = z.object({
  kind: z.string().regex(/^vote_revocation_[1-9]\d*$/),
  ...voteMembers,
  vote_receipt_id: z.string(),
  revoked_by: z.string(),
  revoked_at: z.iso.datetime(),
});

const frozenMembers = {
  receipt_id: z.string(),
  workspace_id: z.string(),
  freeze_id: z.string(),
  scope: z.enum(FREEZE_SCOPES),
  action: z.string().nullable(),
  api_key_id: z.string().nullable(),
  reason: z.string(),
  frozen_by: z.string(),
  frozen_at: z.iso.datetime(),
  channel: z.enum(COMMAND_CHANNELS),
};

const freezeBodySchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("freeze"), ...frozenMembers }),
  z.object({
    kind: z.literal("thaw"),
    ...frozenMembers,
    thawed_by: z.string(),
    thawed_at: z.iso.datetime(),
    comment: z.string().nullable(),
  }),
]);

export type DecisionBody = z.output<typeof decisionBodySchema>;
export type ExecutionBody = z.output<typeof executionBodySchema>;
export type ErasureBody = z.output<typeof erasureBodySchema>;
export type RevocationBody = z.output<typeof revocationBodySchema>;
export type VoteBody = z.output<typeof voteBodySchema>;
export type VoteRevocationBody = z.output<typeof voteRevocationBodySchema>;
export type FreezeBody = z.output<typeof freezeBodySchema>;

/** The reverse of `decisionReceiptBody`. Null when the text isn't a decision receipt; the others likewise. */
export const readDecisionBody = reader(decisionBodySchema);
/** The reverse of `executionReceiptBody`. */
export const readExecutionBody = reader(executionBodySchema);
/** The reverse of `erasureReceiptBody`. */
export const readErasureBody = reader(erasureBodySchema);
/** The reverse of `revocationReceiptBody`. */
export const readRevocationBody = reader(revocationBodySchema);
/** One person's approval of several: the reverse of `voteReceiptBody`. */
export const readVoteBody = reader(voteBodySchema);
/** Such an approval that was revoked: the reverse of `voteRevocationReceiptBody`. */
export const readVoteRevocationBody = reader(voteRevocationBodySchema);
/** A freeze or its thaw: the reverse of `freezeReceiptBody` and `thawReceiptBody`. */
export const readFreezeBody = reader(freezeBodySchema);

function reader<T>(schema: z.ZodType<T>): (body: string) => T | null {
  return (body) => schema.safeParse(parse(body)).data ?? null;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
