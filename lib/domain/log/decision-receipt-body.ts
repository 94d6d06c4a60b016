import type { BudgetEffect, BudgetTerms, BudgetUnreadable } from "@/lib/domain/budgets/budget";
import { canonicalText } from "@/lib/domain/json/canonical-text";
import type { GovernanceReason } from "@/lib/domain/policy/governance-reasons";
import { policySnapshot } from "@/lib/domain/policy/policy-snapshot";
import type { PolicyRule } from "@/lib/domain/policy/policy-types";
import type { RiskLevel } from "@/lib/domain/policy/risk-levels";
import type { Rule } from "@/lib/domain/policy/rules/rule-set";
import { changeMembers, type DecisionChannel, type ReceiptChange, type ReceiptOutcome } from "./receipt-body";

export interface DecisionReceiptInput {
  receiptId: string;
  runId: string;
  workspaceId: string;
  /** The action's name as proposed, registered or not. */
  action: string;
  /** null when the action is not registered. */
  riskLevel: RiskLevel | null;
  /** Who proposed, in the agent's words, and with which key. */
  actor: string | null;
  apiKeyId: string;
  outcome: ReceiptOutcome;
  reason: GovernanceReason;
  /** Whether approval was required, whatever was decided. */
  isApprovalRequired: boolean;
  /** null when no policy was asked: the action is unknown or inactive. */
  policy: PolicyRule | null;
  policyVersion: number | null;
  /** The rule that decided, or asked; null when none applied. Only for a policy of rules. */
  rule?: Rule | null;
  channel: DecisionChannel;
  /** The person's email address; null when the policy decided or the request expired. */
  decidedBy: string | null;
  comment: string | null;
  /** RFC 3339, UTC, milliseconds. Written into the body as they are. */
  proposedAt: string;
  decidedAt: string;
  /** Hex of HMAC-SHA-256 under the receipt's salt, over the payload's exact bytes. */
  payloadCommitment: string;
  /** The same over the text of `contextText`; null when the agent gave no context. */
  contextCommitment: string | null;
  /** The run that this one asks again after; null for the first of its idempotency key. */
  previousRunId?: string | null;
  /** Only where several approvals were needed. */
  approvals?: DecidedApprovals | null;
  /** The budget that the run goes over. */
  budget?: ReceiptBudget | null;
  /** The standing grant that allowed the run. */
  grant?: ReceiptGrant | null;
  /** Only of an approval with a change, or of a rejection with a proposal. */
  change?: ReceiptChange | null;
}

/** How many yeses each stage needed, and those that counted, in order, with the receipt of each. */
export interface DecidedApprovals {
  readonly required: readonly number[];
  readonly votes: readonly { readonly by: string; readonly receiptId: string; readonly stage: number }[];
}

/** Without what was read from the payload: a receipt can't be erased. Times as RFC 3339, amounts as plain decimals. */
export interface ReceiptBudget extends BudgetTerms {
  readonly name: string;
  readonly limit: string;
  readonly whenExceeded: BudgetEffect;
  readonly periodStart: string;
  readonly periodEnd: string;
  readonly usedBefore: string;
  readonly unreadable: BudgetUnreadable | null;
}

/** Times as RFC 3339, amounts as plain decimals, what was used before as texts. Never the values that had to be the same. */
export interface ReceiptGrant {
  /** Also the id of its own receipt. */
  readonly grantId: string;
  readonly runId: string;
  readonly givenBy: string;
  readonly givenAt: string;
  readonly confirmedBy: string | null;
  /** What would have asked about the run. */
  readonly askedReason: GovernanceReason;
  readonly facts: readonly string[];
  readonly currency: string | null;
  readonly amountEach: string | null;
  readonly total: string | null;
  readonly maxUses: number;
  readonly endsAt: string;
  readonly usesBefore: string;
  readonly usedBefore: string;
}

/**
 * The exact text of a decision receipt. Members, sorted: `action` · `actor` · `api_key_id` · `approval_required` · `approvals` { `required`,
 * `votes` [{ `by`, `receipt_id`, `stage` }] } (only where several were needed) ·
 * `change` { `changes_commitment`, `payload_commitment` } (only with a change: HMACs under the same salt, of the RFC 6902 text and of the
 * changed payload, which was approved, or proposed with a rejection) ·
 * `channel` · `comment` · `context_commitment` · `decided_at` · `decided_by` · `governance_status` · `kind` "decision" ·
 * `payload_commitment` · `policy` { `amount_field`, `currency`, `currency_field`, `threshold`, `type` } or null ·
 * `policy_version` · `previous_run_id` (only of a run that asks again after another) · `proposed_at` · `reason` · `receipt_id` · `risk_level` · `run_id` · `v` 1 · `workspace_id`. A policy of rules also
 * has `rules_hash`, SHA-256 of the canonical text of its rules; then `policy_rule` { `name`, `then`, `when` } or null is the rule
 * that decided. Only of a run that goes over a budget: `budget` { `currency`, `limit`, `measure`, `name`, `per`, `per_field`, `period`,
 * `period_end`, `period_start`, `time_zone`, `unreadable`, `used_before`, `when_exceeded` }, as it was when the run was proposed.
 * Only of a run that a standing grant allowed: `grant` { `amount_each`, `asked_reason`, `confirmed_by`, `currency`, `ends_at`, `facts`, `given_at`,
 * `given_by`, `grant_id`, `max_uses`, `run_id`, `total`, `used_before`, `uses_before` }.
 */
export function decisionReceiptBody(input: DecisionReceiptInput): string {
  return canonicalText({
    action: input.action,
    actor: input.actor,
    api_key_id: input.apiKeyId,
    approval_required: input.isApprovalRequired,
    ...(input.approvals
      ? {
          approvals: {
            required: [...input.approvals.required],
            votes: input.approvals.votes.map(({ by, receiptId, stage }) => ({ by, receipt_id: receiptId, stage })),
          },
        }
      : {}),
    ...(input.budget ? { budget: budgetMembers(input.budget) } : {}),
    ...changeMembers(input.change),
    channel: input.channel,
    comment: input.comment,
    context_commitment: input.contextCommitment,
    decided_at: input.decidedAt,
    decided_by: input.decidedBy,
    governance_status: input.outcome,
    ...(input.grant ? { grant: grantMembers(input.grant) } : {}),
    kind: "decision",
    payload_commitment: input.payloadCommitment,
    policy: input.policy === null ? null : { ...policySnapshot(input.policy) },
    ...(input.policy?.type === "rules"
      ? { policy_rule: input.rule ? { name: input.rule.name, then: input.rule.then, when: input.rule.when } : null }
      : {}),
    policy_version: input.policyVersion,
    ...(input.previousRunId ? { previous_run_id: input.previousRunId } : {}),
    proposed_at: input.proposedAt,
    reason: input.reason,
    receipt_id: input.receiptId,
    risk_level: input.riskLevel,
    run_id: input.runId,
    v: 1,
    workspace_id: input.workspaceId,
  });
}

function grantMembers(grant: ReceiptGrant) {
  return {
    amount_each: grant.amountEach,
    asked_reason: grant.askedReason,
    confirmed_by: grant.confirmedBy,
    currency: grant.currency,
    ends_at: grant.endsAt,
    facts: [...grant.facts],
    given_at: grant.givenAt,
    given_by: grant.givenBy,
    grant_id: grant.grantId,
    max_uses: grant.maxUses,
    run_id: grant.runId,
    total: grant.total,
    used_before: grant.usedBefore,
    uses_before: grant.usesBefore,
  };
}

function budgetMembers(budget: ReceiptBudget) {
  return {
    currency: budget.currency,
    limit: budget.limit,
    measure: budget.measure,
    name: budget.name,
    per: budget.per,
    per_field: budget.perField,
    period: budget.period,
    period_end: budget.periodEnd,
    period_start: budget.periodStart,
    time_zone: budget.timeZone,
    unreadable: budget.unreadable,
    used_before: budget.usedBefore,
    when_exceeded: budget.whenExceeded,
  };
}
