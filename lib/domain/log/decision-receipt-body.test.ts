import { describe, expect, it } from "vitest";
import { DECISION_RECEIPT } from "@/lib/testing/decision-receipt";
import { decisionReceiptBody } from "./decision-receipt-body";
import { readDecisionBody } from "./read-receipt-body";

describe("decisionReceiptBody", () => {
  it("is exactly this text", () => {
    expect(decisionReceiptBody(DECISION_RECEIPT)).toBe(
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
      ...DECISION_RECEIPT,
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
      ...DECISION_RECEIPT,
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
      ...DECISION_RECEIPT,
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
