import type { ApiExample } from "./api-example";
import { PAYLOAD, RUN } from "./example-run";

/** What an approver reads and sends. */
export const DECISION_EXAMPLES: Readonly<Record<string, ApiExample>> = {
  getDecision: {
    answer: {
      action_run_id: RUN,
      workspace: { name: "Finance automations", client_name: "Halvorsen Logistics" },
      action: {
        name: "send_invoice_reminder",
        title: "Send invoice reminder",
        description: "",
        risk_level: "medium",
        requires_reject_comment: false,
      },
      actor: "finance_agent",
      sentence: "send a reminder for 1,250.00 EUR to accounts@example.com",
      amount: { decimal: "1250.00", currency: "EUR" },
      recipient: "accounts@example.com",
      reasoning: "The invoice is 14 days overdue.",
      source: null,
      payload: PAYLOAD,
      policy: {
        type: "require_approval_above_amount",
        version: 4,
        reason: "policy_amount_above_threshold",
        rule: null,
        explanation: "1,250.00 is above the threshold of 500.00, so a person decides.",
        fields: [{ name: "amount", value: "1250.00" }],
      },
      approver: "marta@example.com",
      may_approve: true,
      asked: ["marta@example.com"],
      previous: null,
      created_at: "2026-11-19T12:02:11.482Z",
      expires_at: "2026-11-20T12:02:11.482Z",
    },
  },
  decide: {
    request: { decision: "approve", confirm: true, comment: "The customer confirmed by phone." },
    answer: {
      action_run_id: RUN,
      governance_status: "approved",
      execution_status: "awaiting_execution_report",
      governance_reason: "approved_by_human",
      decided_at: "2026-11-19T12:03:11.482Z",
      decided_by: "marta@example.com",
      comment: "The customer confirmed by phone.",
    },
  },
  revokeApproval: {
    request: { confirm: true, comment: "The customer paid meanwhile." },
    answer: {
      action_run_id: RUN,
      governance_status: "rejected",
      execution_status: "not_executed",
      governance_reason: "approval_revoked",
      revoked_at: "2026-11-19T12:03:40.106Z",
      revoked_by: "marta@example.com",
      comment: "The customer paid meanwhile.",
    },
  },
};
