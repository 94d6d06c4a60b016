import type { ApiExample } from "./api-example";
import { PAYLOAD, RUN } from "./example-run";

const CLAIM = { token: "clm_5nZ8vQ2kT7", expires_at: "2026-11-19T12:04:11.482Z" };

const RECEIPT = {
  id: "01a1f3b0-1c40-7a11-9d52-6b1f0c8a2e77",
  outcome: "approved",
  reason: "approved_by_human",
  policy_type: "require_approval_above_amount",
  policy_version: 4,
  policy_snapshot: {
    type: "require_approval_above_amount",
    threshold: "500",
    currency: null,
    amount_field: "amount",
    currency_field: "currency",
  },
  policy_rule: null,
  budget: null,
  grant: null,
  created_at: "2026-11-19T12:03:11.482Z",
  decided_by: "marta@example.com",
  channel: "decision_link",
  comment: "The customer confirmed by phone.",
};

const DECISION = {
  outcome: "approved",
  reason: "approved_by_human",
  by: "marta@example.com",
  at: "2026-11-19T12:03:11.482Z",
  comment: "The customer confirmed by phone.",
};

const PAYLOAD_HASH = "4b1f6a2c9d0e83754c1ad9a0e6cf1f9b2d87c3e55a10f4b6d2e7c8a9b0f1e2d3";

/** What an app does with a run, from its proposal to its report. */
export const RUN_EXAMPLES: Readonly<Record<string, ApiExample>> = {
  intercept: {
    request: {
      action: "send_invoice_reminder",
      payload: PAYLOAD,
      idempotency_key: "invoice-reminder:INV-1025",
      actor: "finance_agent",
      reasoning: "The invoice is 14 days overdue.",
    },
    answer: {
      action_run_id: RUN,
      action: "send_invoice_reminder",
      idempotency_key: "invoice-reminder:INV-1025",
      payload_hash: PAYLOAD_HASH,
      governance_status: "pending_approval",
      execution_status: "not_executed",
      governance_reason: "policy_amount_above_threshold",
      policy_rule: null,
      budget: null,
      grant: null,
      executable: false,
      idempotent_replay: false,
      previous_run_id: null,
      ask_again_at: null,
      receipt: null,
      decision: null,
      claim: null,
      links: { run: `https://console.example.com/runs/${RUN}`, receipt: null },
    },
  },
  getRunStatus: {
    answer: {
      action_run_id: RUN,
      action: "send_invoice_reminder",
      governance_status: "approved",
      execution_status: "awaiting_execution_report",
      governance_reason: "approved_by_human",
      policy_rule: null,
      budget: null,
      grant: null,
      executable: true,
      receipt: RECEIPT,
      previous_run_id: null,
      ask_again_at: null,
      created_at: "2026-11-19T12:02:11.482Z",
      decided_at: "2026-11-19T12:03:11.482Z",
      decided_by: "marta@example.com",
      comment: "The customer confirmed by phone.",
      decision: DECISION,
      expires_at: "2026-11-20T12:02:11.482Z",
      claimed: false,
      approval_valid_until: "2026-11-20T12:03:11.482Z",
      claim_expires_at: null,
    },
  },
  claimRun: {
    request: { worker: "billing-1", lease_seconds: 60 },
    answer: {
      action_run_id: RUN,
      action: "send_invoice_reminder",
      payload: PAYLOAD,
      payload_hash: PAYLOAD_HASH,
      policy_version: 4,
      claim: CLAIM,
    },
  },
  renewClaim: {
    request: { claim_token: CLAIM.token, lease_seconds: 60 },
    answer: { action_run_id: RUN, claim: { ...CLAIM, expires_at: "2026-11-19T12:05:02.007Z" } },
  },
  releaseClaim: { request: { claim_token: CLAIM.token }, answer: { action_run_id: RUN, claim: null } },
  withdrawRun: {
    request: { reason: "The invoice was paid by hand." },
    answer: {
      action_run_id: RUN,
      governance_status: "rejected",
      execution_status: "not_executed",
      governance_reason: "withdrawn",
      withdrawn_at: "2026-11-19T12:02:58.310Z",
      reason: "The invoice was paid by hand.",
      idempotent_replay: false,
    },
  },
  reportExecuted: {
    request: { execution_result: { mail: "queued" }, claim_token: CLAIM.token },
    answer: {
      action_run_id: RUN,
      execution_status: "executed",
      execution_error: null,
      execution_reported_at: "2026-11-19T12:03:14.020Z",
      idempotent_replay: false,
    },
  },
  reportFailed: {
    request: { execution_error: "The mail server refused the recipient.", claim_token: CLAIM.token },
    answer: {
      action_run_id: RUN,
      execution_status: "failed",
      execution_error: "The mail server refused the recipient.",
      execution_reported_at: "2026-11-19T12:03:14.020Z",
      idempotent_replay: false,
    },
  },
};
