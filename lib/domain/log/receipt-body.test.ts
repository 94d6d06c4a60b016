import { describe, expect, it } from "vitest";
import { DECISION_RECEIPT } from "@/lib/testing/decision-receipt";
import { decisionReceiptBody } from "./decision-receipt-body";
import { readLogRestartedBody } from "./read-log-restarted-body";
import { readErasureBody, readRevocationBody } from "./read-receipt-body";
import { contextText, erasureReceiptBody, executionReceiptBody, logRestartedReceiptBody, revocationReceiptBody } from "./receipt-body";

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
    const { receiptId, workspaceId } = DECISION_RECEIPT;
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
    expect(readLogRestartedBody(decisionReceiptBody(DECISION_RECEIPT))).toBeNull();
  });
});

describe("erasureReceiptBody", () => {
  it("is exactly this text, and is read back", () => {
    const { receiptId, runId, workspaceId, action } = DECISION_RECEIPT;
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
    expect(readErasureBody(decisionReceiptBody(DECISION_RECEIPT))).toBeNull();
  });
});

describe("revocationReceiptBody", () => {
  it("is exactly this text, and is read back", () => {
    const { receiptId, runId, workspaceId, action } = DECISION_RECEIPT;
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
    expect(readRevocationBody(decisionReceiptBody(DECISION_RECEIPT))).toBeNull();
  });
});
