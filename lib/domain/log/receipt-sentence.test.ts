import { describe, expect, test } from "vitest";
import { decisionReceiptBody } from "./decision-receipt-body";
import { readDecisionBody, readExecutionBody } from "./read-receipt-body";
import { executionReceiptBody } from "./receipt-body";
import { receiptSentence } from "./receipt-sentence";

describe("receiptSentence", () => {
  const proposal = "refund 1,840.00 EUR to Nordlicht Café GmbH";
  test.each([
    ["approved", "approved_by_human", "executed", "was approved by a person, and the app reported it as executed"],
    ["approved", "approved_by_human", null, "was approved by a person"],
    ["allowed", "policy_always_allow", "failed", "was allowed by the policy, and the app reported it as failed"],
    ["rejected", "rejected_by_human", null, "was rejected by a person"],
    ["rejected", "approval_expired", null, "was rejected, because nobody decided in time"],
    ["rejected", "withdrawn", null, "was withdrawn before anyone decided"],
    ["blocked", "policy_always_block", null, "was blocked by the policy"],
    ["blocked", "manually_blocked_by_approver", null, "was blocked by a person"],
    ["blocked", "unknown_action", null, "was blocked, because no action of this name is registered"],
    ["blocked", "frozen", null, "was blocked, because it was frozen"],
    ["blocked", "inactive_action", null, "was blocked, because the action is deactivated"],
  ] as const)("%s, %s, %s", (outcome, reason, execution, words) => {
    expect(receiptSentence({ proposal, outcome, reason, execution, revocation: null })).toBe(`The proposal to ${proposal} ${words}`);
  });

  test.each([
    ["allowed", "policy_always_allow", "withdrawn", "was allowed by the policy, and withdrawn before it was executed"],
    ["approved", "approved_by_human", "approval_revoked", "was approved by a person, and the approval was revoked before it was executed"],
  ] as const)("%s, %s, then %s", (outcome, reason, revocation, words) => {
    expect(receiptSentence({ proposal, outcome, reason, execution: null, revocation })).toBe(`The proposal to ${proposal} ${words}`);
  });
});

describe("a receipt's body reads as it was written", () => {
  const id = "01a1f3af-8f9a-7948-ba8d-e1f33f0601ae";
  const at = "2026-11-19T13:24:05.000Z";

  test("a decision", () => {
    const body = decisionReceiptBody({
      receiptId: id,
      runId: id,
      workspaceId: id,
      action: "refund_payment",
      riskLevel: "high",
      actor: "finance_agent",
      apiKeyId: id,
      outcome: "approved",
      reason: "approved_by_human",
      isApprovalRequired: true,
      policy: { type: "require_approval_above_amount", threshold: "250", currency: null, amountField: "amount", currencyField: "currency" },
      policyVersion: 4,
      channel: "decision_link",
      decidedBy: "ann@example.com",
      comment: "Fine.",
      proposedAt: at,
      decidedAt: at,
      payloadCommitment: "ab",
      contextCommitment: null,
    });
    expect(readDecisionBody(body)).toMatchObject({
      governance_status: "approved",
      decided_by: "ann@example.com",
      policy: { threshold: "250", amountField: "amount" },
      policy_version: 4,
    });
    expect(readExecutionBody(body)).toBeNull();
  });

  test("an execution", () => {
    const body = executionReceiptBody({
      receiptId: id,
      runId: id,
      workspaceId: id,
      action: "refund_payment",
      outcome: "failed",
      worker: "w1",
      reportedAt: at,
      resultCommitment: null,
      errorCommitment: "cd",
    });
    expect(readExecutionBody(body)).toMatchObject({ execution_status: "failed", worker: "w1" });
    expect(readDecisionBody(body)).toBeNull();
  });

  test.each(["", "{}", "[]", "null", '{"kind":"decision"}'])("%s says nothing", (body) => expect(readDecisionBody(body)).toBeNull());
});
