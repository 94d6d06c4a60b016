import { describe, expect, it } from "vitest";
import { type DecisionReceiptInput, decisionReceiptBody } from "./decision-receipt-body";
import { freezeReceiptBody, thawReceiptBody } from "./freeze-receipt-body";
import { readLogRestartedBody } from "./read-log-restarted-body";
import { readDecisionBody, readErasureBody, readFreezeBody, readRevocationBody } from "./read-receipt-body";
import { contextText, erasureReceiptBody, executionReceiptBody, logRestartedReceiptBody, revocationReceiptBody } from "./receipt-body";

const decision: DecisionReceiptInput = {
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

describe("decisionReceiptBody", () => {
  it("is exactly this text", () => {
    expect(decisionReceiptBody(decision)).toBe(
      '{"action":"refund_payment","actor":"finance_agent","api_key_id":"01a1f3af-8f9a-7948-ba8d-e1f33f060002",' +
        '"approval_required":true,"channel":"decision_link","comment":"Checked with the café.","context_commitment":null,' +
        '"decided_at":"2026-11-19T12:24:05.127Z","decided_by":"tomas@halvorsen.example","governance_status":"approved",' +
        `"kind":"decision","payload_commitment":"${"ab".repeat(32)}",` +
        '"policy":{"amount_field":"amount","currency":"EUR","currency_field":"currency","threshold":"250.00","type":"require_approval_above_amount"},' +
        '"policy_version":4,"proposed_at":"2026-11-19T12:02:11.482Z","reason":"approved_by_human",' +
        '"receipt_id":"01a1f3af-8f9a-7948-ba8d-e1f33f0601af","risk_level":"high","run_id":"01a1f3af-8f9a-7948-ba8d-e1f33f0601ae",' +
        '"v":1,"workspace_id":"01a1f3af-8f9a-7948-ba8d-e1f33f060001"}',
    );
  });

  it("has the budget that the run goes over, without what was read from the payload", () => {
    const body = decisionReceiptBody({
      ...decision,
      budget: {
        name: "Refunds",
        measure: "sum",
        currency: "EUR",
        limit: "2000",
        per: "nothing",
        perField: null,
        period: "week",
        timeZone: "Europe/Berlin",
        periodStart: "2026-11-15T23:00:00.000Z",
        periodEnd: "2026-11-22T23:00:00.000Z",
        usedBefore: "1240",
        unreadable: null,
        whenExceeded: "ask",
      },
    });
    expect(body).toContain(
      '"approval_required":true,"budget":{"currency":"EUR","limit":"2000","measure":"sum","name":"Refunds","per":"nothing","per_field":null,' +
        '"period":"week","period_end":"2026-11-22T23:00:00.000Z","period_start":"2026-11-15T23:00:00.000Z","time_zone":"Europe/Berlin",' +
        '"unreadable":null,"used_before":"1240","when_exceeded":"ask"},"channel"',
    );
    expect(readDecisionBody(body)?.budget).toMatchObject({ name: "Refunds", used_before: "1240", limit: "2000" });
  });

  it("has the grant that allowed the run, without the values that had to be the same", () => {
    const body = decisionReceiptBody({
      ...decision,
      outcome: "allowed",
      reason: "standing_grant",
      channel: "policy",
      decidedBy: null,
      grant: {
        grantId: "g",
        runId: "first",
        givenBy: "ann@example.com",
        givenAt: "2026-11-19T12:00:00.000Z",
        confirmedBy: null,
        askedReason: "policy_requires_approval",
        facts: ["recipient"],
        currency: "EUR",
        amountEach: "500",
        total: "2000",
        maxUses: 10,
        endsAt: "2026-11-21T00:00:00.000Z",
        usesBefore: "2",
        usedBefore: "840",
      },
    });
    expect(body).toContain(
      '"governance_status":"allowed","grant":{"amount_each":"500","asked_reason":"policy_requires_approval","confirmed_by":null,"currency":"EUR",' +
        '"ends_at":"2026-11-21T00:00:00.000Z","facts":["recipient"],"given_at":"2026-11-19T12:00:00.000Z","given_by":"ann@example.com","grant_id":"g",' +
        '"max_uses":10,"run_id":"first","total":"2000","used_before":"840","uses_before":"2"},"kind"',
    );
    expect(readDecisionBody(body)?.grant).toMatchObject({ given_by: "ann@example.com", uses_before: "2" });
  });

  it("says plainly that no policy was asked about an unknown action", () => {
    const body = decisionReceiptBody({
      ...decision,
      outcome: "blocked",
      reason: "unknown_action",
      riskLevel: null,
      policy: null,
      policyVersion: null,
      channel: "policy",
      decidedBy: null,
      comment: null,
    });
    expect(JSON.parse(body)).toMatchObject({ policy: null, policy_version: null, risk_level: null, decided_by: null });
  });
});

describe("executionReceiptBody", () => {
  it("is exactly this text", () => {
    const body = executionReceiptBody({
      receiptId: "r",
      runId: "u",
      workspaceId: "w",
      action: "refund_payment",
      outcome: "failed",
      worker: null,
      reportedAt: "2026-11-19T12:24:07.482Z",
      resultCommitment: null,
      errorCommitment: "cd",
    });
    expect(body).toBe(
      '{"action":"refund_payment","error_commitment":"cd","execution_status":"failed","kind":"execution",' +
        '"note":"as reported by the app","receipt_id":"r","reported_at":"2026-11-19T12:24:07.482Z","result_commitment":null,' +
        '"run_id":"u","v":1,"worker":null,"workspace_id":"w"}',
    );
  });
});

describe("contextText", () => {
  it("is null when the agent said nothing", () => {
    expect(contextText({ reasoning: null, source: null })).toBeNull();
  });

  it("keeps what was said", () => {
    expect(contextText({ reasoning: "twice", source: { type: null, ref: "INV-1" } })).toBe(
      '{"reasoning":"twice","source":{"ref":"INV-1","type":null}}',
    );
    expect(contextText({ reasoning: "twice", source: null })).toBe('{"reasoning":"twice","source":null}');
  });
});

describe("logRestartedReceiptBody", () => {
  it("is exactly this text, and is read back", () => {
    const { receiptId, workspaceId } = decision;
    const body = logRestartedReceiptBody({
      receiptId,
      workspaceId,
      origin: "console.example/receipts/w/r",
      earlier: { origin: "console.example/receipts/w", size: 3, rootHash: "00ff" },
      backupTakenAt: "2026-11-20T03:00:00.000Z",
      restartedAt: "2026-11-20T08:00:00.000Z",
    });
    expect(body).toBe(
      '{"backup_taken_at":"2026-11-20T03:00:00.000Z","earlier_origin":"console.example/receipts/w","earlier_root_hash":"00ff","earlier_size":3,"kind":"log_restarted",' +
        '"origin":"console.example/receipts/w/r","receipt_id":"01a1f3af-8f9a-7948-ba8d-e1f33f0601af","restarted_at":"2026-11-20T08:00:00.000Z","v":1,"workspace_id":"01a1f3af-8f9a-7948-ba8d-e1f33f060001"}',
    );
    expect(readLogRestartedBody(body)).toMatchObject({ earlier_size: 3, origin: "console.example/receipts/w/r" });
    expect(readLogRestartedBody(decisionReceiptBody(decision))).toBeNull();
  });
});

describe("freezeReceiptBody and thawReceiptBody", () => {
  const frozen = {
    receiptId: "r",
    workspaceId: "w",
    freezeId: "f",
    scope: "action" as const,
    action: "refund_payment",
    apiKeyId: null,
    reason: "Wrong refunds",
    frozenBy: "ann@example.com",
    frozenAt: "2026-11-20T08:00:00.000Z",
    channel: "console" as const,
  };

  it("are exactly these texts, and are read back", () => {
    const body = freezeReceiptBody(frozen);
    expect(body).toBe(
      '{"action":"refund_payment","api_key_id":null,"channel":"console","freeze_id":"f","frozen_at":"2026-11-20T08:00:00.000Z","frozen_by":"ann@example.com",' +
        '"kind":"freeze","reason":"Wrong refunds","receipt_id":"r","scope":"action","v":1,"workspace_id":"w"}',
    );
    expect(readFreezeBody(body)).toMatchObject({ kind: "freeze", scope: "action", frozen_by: "ann@example.com" });
    const thawed = thawReceiptBody({ ...frozen, thawedBy: "bo@example.com", thawedAt: "2026-11-20T09:00:00.000Z", comment: null });
    expect(thawed).toBe(
      '{"action":"refund_payment","api_key_id":null,"channel":"console","comment":null,"freeze_id":"f","frozen_at":"2026-11-20T08:00:00.000Z","frozen_by":"ann@example.com",' +
        '"kind":"thaw","reason":"Wrong refunds","receipt_id":"r","scope":"action","thawed_at":"2026-11-20T09:00:00.000Z","thawed_by":"bo@example.com","v":1,"workspace_id":"w"}',
    );
    expect(readFreezeBody(thawed)).toMatchObject({ kind: "thaw", thawed_by: "bo@example.com" });
    expect(readFreezeBody(decisionReceiptBody(decision))).toBeNull();
  });
});

describe("erasureReceiptBody", () => {
  it("is exactly this text, and is read back", () => {
    const { receiptId, runId, workspaceId, action } = decision;
    const body = erasureReceiptBody({
      receiptId,
      runId,
      workspaceId,
      action,
      erasedBy: "ada@example.com",
      reason: "Asked for.",
      erasedAt: "2026-11-20T08:00:00.000Z",
    });
    expect(body).toBe(
      '{"action":"refund_payment","erased_at":"2026-11-20T08:00:00.000Z","erased_by":"ada@example.com","kind":"erasure","reason":"Asked for.",' +
        '"receipt_id":"01a1f3af-8f9a-7948-ba8d-e1f33f0601af","run_id":"01a1f3af-8f9a-7948-ba8d-e1f33f0601ae","v":1,"workspace_id":"01a1f3af-8f9a-7948-ba8d-e1f33f060001"}',
    );
    expect(readErasureBody(body)).toMatchObject({ erased_by: "ada@example.com", reason: "Asked for." });
    expect(readErasureBody(decisionReceiptBody(decision))).toBeNull();
  });
});

describe("revocationReceiptBody", () => {
  it("is exactly this text, and is read back", () => {
    const { receiptId, runId, workspaceId, action } = decision;
    const body = revocationReceiptBody({
      receiptId,
      runId,
      workspaceId,
      action,
      decisionReceiptId: "d",
      revokedStatus: "approved",
      reason: "withdrawn",
      channel: "api",
      revokedBy: null,
      comment: "Paid by hand.",
      revokedAt: "2026-11-20T08:00:00.000Z",
    });
    expect(body).toBe(
      '{"action":"refund_payment","channel":"api","comment":"Paid by hand.","decision_receipt_id":"d","kind":"revocation","reason":"withdrawn",' +
        '"receipt_id":"01a1f3af-8f9a-7948-ba8d-e1f33f0601af","revoked_at":"2026-11-20T08:00:00.000Z","revoked_by":null,"revoked_status":"approved",' +
        '"run_id":"01a1f3af-8f9a-7948-ba8d-e1f33f0601ae","v":1,"workspace_id":"01a1f3af-8f9a-7948-ba8d-e1f33f060001"}',
    );
    expect(readRevocationBody(body)).toMatchObject({ reason: "withdrawn", revoked_status: "approved", revoked_by: null });
    expect(readRevocationBody(decisionReceiptBody(decision))).toBeNull();
  });
});
