import type { WireBudget } from "@/lib/contract/budget";
import type { WireGrant } from "@/lib/contract/grant";
import type { WireReceipt } from "@/lib/contract/receipt";
import { Prisma } from "@/lib/db/generated/client";
import type { JsonPatchOperation } from "@/lib/domain/json/json-patch";
import type { JsonObject } from "@/lib/domain/json-value";
import type { DecisionChannel, ReceiptOutcome } from "@/lib/domain/log/receipt-body";
import type { GovernanceReason } from "@/lib/domain/policy/governance-reasons";
import { policySnapshot } from "@/lib/domain/policy/policy-snapshot";
import type { PolicyType } from "@/lib/domain/policy/policy-types";
import type { Approvals } from "@/lib/domain/runs/approvals";
import { type ClaimState, isFree } from "@/lib/domain/runs/claim-state";
import { type ExecutionStatus, type GovernanceStatus, isExecutable } from "@/lib/domain/runs/statuses";
import { askAgainAt } from "./ask-again-sql";
import { claimState, isInactive } from "./claim-state-sql";
import { frozenSince } from "./run-clock-sql";

/** A run with its policy version, decision and receipt, as one row. */
export interface RunRecord {
  id: string;
  workspace_id: string;
  action_name: string;
  governance_status: GovernanceStatus;
  governance_reason: GovernanceReason;
  policy_rule: string | null;
  /** The budget that the run goes over. */
  budget: WireBudget | null;
  /** The standing grant that allowed the run. */
  grant: WireGrant | null;
  execution_status: ExecutionStatus;
  created_at: Date;
  decided_at: Date | null;
  decided_by: string | null;
  decision_comment: string | null;
  expires_at: Date | null;
  approval_valid_until: Date | null;
  is_erased: boolean;
  is_inactive: boolean;
  /** It could still be approved or claimed, were it not frozen. */
  is_frozen: boolean;
  claim_state: ClaimState;
  claim_expires_at: Date | null;
  execution_error: string | null;
  execution_reported_at: Date | null;
  mails_queued: number;
  mail_not_sent_reason: string | null;
  policy_version: number | null;
  policy_type: PolicyType | null;
  threshold: string | null;
  currency: string | null;
  amount_field: string | null;
  currency_field: string | null;
  rules_hash: string | null;
  previous_run_id: string | null;
  /** From when its key can ask again; null: not now. */
  ask_again_at: Date | null;
  /** How far its approvals are; null: one is enough. */
  approvals: Approvals | null;
  /** The app executes with the payload of its claim. */
  accepts_changes: boolean;
  /** It was approved with a change. */
  is_changed: boolean;
  changes: JsonPatchOperation[] | null;
  proposed_payload: JsonObject | null;
  receipt_id: string | null;
  receipt_created_at: Date | null;
  channel: DecisionChannel | null;
}

/** The columns of a RunRecord, given `run` in the FROM clause and `runRecordJoins` after it. */
export const runRecordColumns = Prisma.sql`
  run.id, run.workspace_id, run.action_name, run.governance_status, run.governance_reason, run.policy_rule, daai_run_budget(run.id) AS budget, daai_run_grant(run.id) AS grant, run.execution_status,
  run.created_at, run.decided_at, run.decided_by, run.decision_comment, run.expires_at, run.approval_valid_until,
  run.payload_text IS NULL AS is_erased, ${isInactive} AS is_inactive,
  (run.governance_status = 'pending_approval' OR run.execution_status = 'awaiting_execution_report') AND ${frozenSince} IS NOT NULL AS is_frozen, ${claimState} AS claim_state,
  run.claim_expires_at, run.execution_error, run.execution_reported_at, run.mail_not_sent_reason,
  run.previous_run_id, ${askAgainAt} AS ask_again_at,
  CASE WHEN EXISTS (SELECT FROM approval_requests request WHERE request.workspace_id = run.workspace_id AND request.run_id = run.id
    AND request.stages IS NOT NULL) THEN daai_approvals(run) END AS approvals,
  run.accepts_changes, run.approved_payload_hash IS NOT NULL AS is_changed, changed.changes, changed.proposed_payload,
  CASE WHEN run.expires_at IS NULL THEN 0 ELSE (SELECT count(*)::int FROM email_deliveries mail
    WHERE mail.workspace_id = run.workspace_id AND mail.run_id = run.id AND mail.kind = 'approval_request' AND mail.status <> 'not_sent') END AS mails_queued,
  policy.version AS policy_version, policy.policy_type, policy.threshold, policy.currency AS currency,
  policy.amount_field, policy.currency_field, policy.rules_hash,
  coalesce(ending.id, receipt.id) AS receipt_id, coalesce(ending.created_at, receipt.created_at) AS receipt_created_at,
  coalesce(revocation.channel, decision.channel, CASE WHEN run.expires_at IS NULL THEN 'policy' END) AS channel`;

export const runRecordJoins = Prisma.sql`
  LEFT JOIN policy_versions policy ON policy.id = run.policy_version_id
  LEFT JOIN receipts receipt ON receipt.workspace_id = run.workspace_id AND receipt.run_id = run.id AND receipt.kind = 'decision'
  LEFT JOIN receipts ending ON ending.workspace_id = run.workspace_id AND ending.run_id = run.id AND ending.kind = 'revocation'
  LEFT JOIN revocations revocation ON revocation.workspace_id = run.workspace_id AND revocation.run_id = run.id
  LEFT JOIN decisions decision ON decision.workspace_id = run.workspace_id AND decision.run_id = run.id
  LEFT JOIN LATERAL daai_decision_changes(run) changed ON run.expires_at IS NOT NULL`;

/** An erased run, or one of an inactive action, can't be claimed, so it may not be executed either. */
export function isExecutableRecord(record: RunRecord): boolean {
  return (
    !record.is_erased &&
    !record.is_inactive &&
    isExecutable({
      governanceStatus: record.governance_status,
      executionStatus: record.execution_status,
      isFree: isFree(record.claim_state),
    })
  );
}

/** The receipt as responses contain it: of the decision, or of its revocation. null while the decision is pending. */
export function wireReceipt(record: RunRecord): WireReceipt | null {
  if (record.receipt_id === null || record.receipt_created_at === null || record.channel === null) return null;
  const { policy_type: type, amount_field: amountField, currency_field: currencyField } = record;
  const hasPolicy = type !== null && amountField !== null && currencyField !== null;
  return {
    id: record.receipt_id,
    outcome: record.governance_status as ReceiptOutcome,
    reason: record.governance_reason,
    policy_type: type,
    policy_version: record.policy_version,
    policy_snapshot: hasPolicy
      ? policySnapshot({
          type,
          threshold: record.threshold,
          currency: record.currency,
          amountField,
          currencyField,
          rulesHash: record.rules_hash,
        })
      : null,
    policy_rule: record.policy_rule,
    budget: record.budget,
    grant: record.grant,
    created_at: record.receipt_created_at.toISOString(),
    decided_by: record.decided_by,
    channel: record.channel,
    comment: record.decision_comment,
    previous_run_id: record.previous_run_id,
  };
}
