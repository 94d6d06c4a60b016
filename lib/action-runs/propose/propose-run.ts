import { randomUUID } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import { jsonHash } from "@/lib/action-runs/status/payload-hash";
import type { SdkCredentials } from "@/lib/api-keys/sdk-credentials";
import type { InterceptRequest } from "@/lib/contract/intercept";
import type { Provenance } from "@/lib/contract/provenance";
import type { WireReceipt } from "@/lib/contract/receipt";
import type { Budget, BudgetEffect } from "@/lib/domain/budgets/budget";
import type { JsonObject } from "@/lib/domain/json-value";
import { decisionReceiptBody, type ReceiptGrant } from "@/lib/domain/log/decision-receipt-body";
import { contextText } from "@/lib/domain/log/receipt-body";
import { DEFAULT_AMOUNT_FIELD, DEFAULT_CURRENCY_FIELD } from "@/lib/domain/policy/payload-fields";
import { evaluatePolicy } from "@/lib/domain/policy/policies";
import type { Circumstances, PolicyResult } from "@/lib/domain/policy/policy";
import { policySnapshot } from "@/lib/domain/policy/policy-snapshot";
import type { RiskLevel } from "@/lib/domain/policy/risk-levels";
import { readFacts } from "@/lib/domain/policy/run-facts";
import { approversOfRules } from "@/lib/domain/runs/rule-approvers";
import { stagesOfAction } from "@/lib/registered-actions/stages-of-action";
import { hashClaimToken, makeClaimToken } from "@/lib/security/claim-token";
import { commitTo, makeSalt } from "@/lib/security/commitment";
import { hashLinkToken, makeLinkToken } from "@/lib/security/link-token";
import { sealToken } from "@/lib/security/seal-token";
import { chooseGrant } from "./choose-grant";
import { countedBudgets } from "./counted-budgets";
import type { DecisionSnapshot, SnapshotAction } from "./decision-snapshot";
import type { InterceptColumns } from "./intercept-columns";
import { answerInShadow } from "./shadow-answer";

export interface ProposedRun {
  request: InterceptRequest;
  provenance: Provenance;
  payload: JsonObject;
  /** The payload's exact text as received. */
  payloadText: string;
  /** The last run of the key, when the app asks again after it. */
  previousRunId?: string | null;
  /** The budget that the proposal goes over, which the database found out. */
  overBudgetId?: string | null;
  /** The grants that the database refused. */
  refusedGrantIds?: readonly string[];
}

/** One proposal as daai_intercept takes it. */
export type InterceptRow = ReturnType<typeof proposeRun>["row"];

/** Decides by the snapshot's policy and prepares everything the decision will write. Writes nothing itself. */
export function proposeRun(credentials: SdkCredentials, snapshot: DecisionSnapshot, proposed: ProposedRun) {
  const { request, provenance, payload, payloadText } = proposed;
  const { action, limits } = snapshot;
  const amountField = action?.policy.rule.amountField ?? DEFAULT_AMOUNT_FIELD;
  const currencyField = action?.policy.rule.currencyField ?? DEFAULT_CURRENCY_FIELD;
  const recipientField = action?.recipientField ?? null;
  const called = { name: request.action, title: action?.title ?? null, sentence: action?.sentence ?? null };
  const { amount, currency, recipient, sentence } = readFacts({ ...called, amountField, currencyField, recipientField }, payload);
  const now = new Date(snapshot.clockOffset + performance.now());
  // No policy decides while it's frozen.
  const policy = snapshot.isFrozen || !action?.isActive ? null : action.policy;
  const { actor, source } = provenance;
  const risk = (action?.riskLevel ?? null) as RiskLevel | null;
  const circumstances = { recipient, actor, source, key: snapshot.apiKeyName, risk, now };
  const decided = decide(snapshot, payload, circumstances);
  const budgets =
    decided.outcome === "blocked"
      ? []
      : countedBudgets(action?.budgets ?? [], { payload, amount, currency, recipient, actor, source, key: snapshot.apiKeyName });
  const over = budgets.find(({ budget_id: id }) => id === proposed.overBudgetId) ?? null;
  // Where the policy asks anyway, a budget that asks changes nothing.
  const asked =
    over === null || (over.when_exceeded === "ask" && decided.outcome === "pending_approval")
      ? decided
      : { ...decided, ...OVER_BUDGET[over.when_exceeded] };
  const grants = action?.grants ?? [];
  const own = asked.outcome === "pending_approval" && action ? approversOfRules(asked.asking ?? [], action) : null;
  // What a budget couldn't read, or a rule asks approvers of its own about, nobody has approved in advance.
  const grant =
    asked.outcome === "pending_approval" && own === null && budgets.every(({ unreadable }) => unreadable === null)
      ? chooseGrant(
          grants,
          { reason: asked.reason, rule: asked.rule?.name ?? null },
          { payload, recipient, actor, source, key: { id: snapshot.apiKeyId, name: snapshot.apiKeyName }, amountField, currencyField, now },
          proposed.refusedGrantIds ?? [],
        )
      : null;
  const result = grant === null ? asked : { ...asked, outcome: "allowed" as const, reason: "standing_grant" as const };
  const isPending = result.outcome === "pending_approval";
  const isAllowed = result.outcome === "allowed";
  const runId = uuidv7();
  const salt = makeSalt();
  const claimToken = isAllowed && request.claim ? (request.claim.token ?? makeClaimToken()) : null;
  // Random, so that no text of the agent's can be mistaken for it.
  const budgetMark = over === null || isPending ? null : randomUUID();
  const blocking = action?.budgets.find(({ id }) => id === over?.budget_id);
  const receipt = isPending
    ? null
    : prepareReceipt(snapshot, proposed, {
        runId,
        salt,
        result,
        policy,
        budget: blocking && budgetMark !== null ? { ...blocking, mark: budgetMark } : null,
        grant: grant?.receipt ?? null,
      });
  const row = {
    run_id: runId,
    is_retry: false as boolean,
    api_key_hash: credentials.apiKeyHash,
    workspace_key_hash: credentials.workspaceKeyHash,
    action_name: request.action,
    idempotency_key: request.idempotency_key ?? null,
    payload_text: payloadText,
    payload_hash: jsonHash(payload),
    payload_salt: salt.toString("hex"),
    actor: provenance.actor,
    reasoning: provenance.reasoning,
    source_type: provenance.source?.type ?? null,
    source_ref: provenance.source?.ref ?? null,
    amount,
    currency,
    recipient,
    sentence,
    config_version: snapshot.configVersion,
    action_id: action?.id ?? null,
    action_config_version: action?.configVersion ?? null,
    policy_version_id: policy?.id ?? null,
    risk_level: action?.riskLevel ?? null,
    governance_status: result.outcome,
    governance_reason: result.reason,
    policy_rule: result.rule?.name ?? null,
    execution_status: isAllowed ? "awaiting_execution_report" : "not_executed",
    receipt_id: receipt?.id ?? null,
    receipt_parts: receipt?.bodyParts ?? null,
    approval_request_id: isPending ? uuidv7() : null,
    window_minutes: action?.windowMinutes ?? null,
    // Where all of a rule's own approvers have left, the action's are asked.
    links: isPending ? (own?.people.length ? own.people : (action?.approverEmails ?? [])).map(prepareLink) : null,
    claim_worker: claimToken === null ? null : (request.claim?.worker ?? null),
    claim_token_hash: claimToken === null ? null : hashClaimToken(claimToken),
    lease_seconds: claimToken === null ? null : (request.claim?.lease_seconds ?? null),
    per_minute: limits.interceptsPerMinute,
    per_day: limits.interceptsPerDay,
    per_month: limits.runsPerMonth,
    emails_per_month: limits.emailsPerMonth,
    evaluated_at: policy?.rule.type === "rules" ? now.toISOString() : null,
    grants: isPending ? { known: grants.map(({ id }) => id) } : (grant?.column ?? null),
    budgets,
    over_budget: over?.budget_id ?? null,
    budget_mark: budgetMark,
    ask_again: request.ask_again ?? false,
    previous_run_id: proposed.previousRunId ?? null,
    accepts_changes: request.accepts_changes ?? false,
    asked_by: isPending ? { rule: own?.rule ?? null } : null,
    shadow: action?.shadow ? answerInShadow(action.shadow, policy && decided, payload, circumstances) : null,
  } satisfies InterceptColumns;
  return { row, result, claimToken, receipt: receipt?.wire ?? null, stages: isPending && action ? stagesOfAction(action, own) : null };
}

const OVER_BUDGET = {
  ask: { outcome: "pending_approval", reason: "budget_exceeded_requires_approval" },
  block: { outcome: "blocked", reason: "budget_exceeded_blocked" },
} as const satisfies Record<BudgetEffect, Partial<PolicyResult>>;

function decide({ action, isFrozen }: DecisionSnapshot, payload: JsonObject, circumstances: Circumstances): PolicyResult {
  if (isFrozen) return { outcome: "blocked", reason: "frozen" };
  if (action === null) return { outcome: "blocked", reason: "unknown_action" };
  if (!action.isActive) return { outcome: "blocked", reason: "inactive_action" };
  return evaluatePolicy(action.policy.rule, payload, circumstances);
}

interface Prepared {
  runId: string;
  salt: Buffer;
  result: PolicyResult;
  policy: SnapshotAction["policy"] | null;
  /** The budget that blocks the run, or that a grant exceeds. `mark` stands for what only the database knows. */
  budget: (Budget & { mark: string }) | null;
  grant: ReceiptGrant | null;
}

function prepareReceipt(
  snapshot: DecisionSnapshot,
  { request, provenance, payloadText, previousRunId = null }: ProposedRun,
  { runId, salt, result, policy, budget, grant }: Prepared,
) {
  const outcome = result.outcome === "allowed" ? ("allowed" as const) : ("blocked" as const);
  const context = contextText(provenance);
  const id = uuidv7();
  // Random, so that no text of the agent's can be mistaken for the timestamp's placeholder.
  const timeMark = randomUUID();
  const body = decisionReceiptBody({
    receiptId: id,
    runId,
    workspaceId: snapshot.workspaceId,
    action: request.action,
    riskLevel: (snapshot.action?.riskLevel ?? null) as RiskLevel | null,
    actor: provenance.actor,
    apiKeyId: snapshot.apiKeyId,
    outcome,
    reason: result.reason,
    // A person approved it in advance.
    isApprovalRequired: grant !== null,
    policy: policy?.rule ?? null,
    policyVersion: policy?.version ?? null,
    rule: result.rule ?? null,
    channel: "policy",
    decidedBy: null,
    comment: null,
    proposedAt: timeMark,
    decidedAt: timeMark,
    payloadCommitment: commitTo(salt, payloadText),
    contextCommitment: context === null ? null : commitTo(salt, context),
    previousRunId,
    budget: budget && {
      ...budget,
      periodStart: `${budget.mark}-start`,
      periodEnd: `${budget.mark}-end`,
      usedBefore: `${budget.mark}-used`,
      unreadable: null,
    },
    grant,
  });
  const wire: Omit<WireReceipt, "created_at" | "budget" | "grant"> = {
    id,
    outcome,
    reason: result.reason,
    policy_type: policy?.rule.type ?? null,
    policy_version: policy?.version ?? null,
    policy_snapshot: policy ? policySnapshot(policy.rule) : null,
    policy_rule: result.rule?.name ?? null,
    decided_by: null,
    channel: "policy",
    comment: null,
    previous_run_id: previousRunId,
  };
  return { id, bodyParts: body.split(timeMark), wire };
}

function prepareLink(email: string) {
  const token = makeLinkToken();
  return {
    link_id: uuidv7(),
    delivery_id: uuidv7(),
    email,
    token_hash: hashLinkToken(token),
    sealed_token: sealToken(token).toString("hex"),
  };
}
