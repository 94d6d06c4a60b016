import type { DecisionReceiptInput } from "@/lib/domain/log/decision-receipt-body";

/** The receipt of a refund that a person approved by the link of an email. */
export const DECISION_RECEIPT: DecisionReceiptInput = {
  receiptId: "01a1f3af-8f9a-7948-ba8d-e1f33f0601af",
  runId: "01a1f3af-8f9a-7948-ba8d-e1f33f0601ae",
  workspaceId: "01a1f3af-8f9a-7948-ba8d-e1f33f060001",
  action: "refund_payment",
  riskLevel: "high",
  actor: "finance_agent",
  apiKeyId: "01a1f3af-8f9a-7948-ba8d-e1f33f060002",
  outcome: "approved",
  reason: "approved_by_human",
  isApprovalRequired: true,
  policy: {
    type: "require_approval_above_amount",
    threshold: "250.00",
    currency: "EUR",
    amountField: "amount",
    currencyField: "currency",
  },
  policyVersion: 4,
  channel: "decision_link",
  decidedBy: "tomas@halvorsen.example",
  comment: "Checked with the café.",
  proposedAt: "2026-11-19T12:02:11.482Z",
  decidedAt: "2026-11-19T12:24:05.127Z",
  payloadCommitment: "ab".repeat(32),
  contextCommitment: null,
};
