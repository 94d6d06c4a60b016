import { describe, expect, it } from "vitest";
import { DECISION_RECEIPT } from "@/lib/testing/decision-receipt";
import { decisionReceiptBody } from "./decision-receipt-body";
import { freezeReceiptBody, thawReceiptBody } from "./freeze-receipt-body";
import { readFreezeBody } from "./read-receipt-body";

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
    expect(readFreezeBody(decisionReceiptBody(DECISION_RECEIPT))).toBeNull();
  });
});
