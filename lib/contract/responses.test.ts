import { describe, expect, it } from "vitest";
import { interceptResponseSchema } from "./intercept";
import { reportResponseSchema } from "./report";
import { statusResponseSchema } from "./status";

const id = "01a1f3af-8f9a-7948-ba8d-e1f33f0601ae";
const at = "2026-11-19T12:02:11.482Z";

const receipt = {
  id,
  outcome: "approved",
  reason: "approved_by_human",
  policy_type: "require_approval_above_amount",
  policy_version: 4,
  policy_snapshot: {
    type: "require_approval_above_amount",
    threshold: "250.00",
    currency: null,
    amount_field: "amount",
    currency_field: "currency",
  },
  policy_rule: null,
  budget: null,
  grant: null,
  created_at: at,
  decided_by: "tomas@halvorsen.example",
  channel: "decision_link",
  comment: null,
};

const status = {
  action_run_id: id,
  action: "refund_payment",
  governance_status: "approved",
  execution_status: "awaiting_execution_report",
  governance_reason: "approved_by_human",
  policy_rule: null,
  budget: null,
  grant: null,
  executable: true,
  receipt,
  created_at: at,
  decided_at: at,
  decided_by: "tomas@halvorsen.example",
  comment: null,
  decision: { outcome: "approved", reason: "approved_by_human", by: "tomas@halvorsen.example", at, comment: null },
  expires_at: at,
  claimed: false,
  claim_expires_at: null,
};

describe("answers", () => {
  it("of an intercept have these fields", () => {
    const answer = {
      action_run_id: id,
      action: "send_invoice_reminder",
      idempotency_key: null,
      payload_hash: "4f".repeat(32),
      governance_status: "pending_approval",
      execution_status: "not_executed",
      governance_reason: "policy_amount_above_threshold",
      policy_rule: "large",
      grant: null,
      budget: {
        name: "Refunds",
        measure: "sum",
        currency: "EUR",
        limit: "2000",
        per: "nothing",
        per_field: null,
        per_value: null,
        period: "week",
        time_zone: "Europe/Berlin",
        period_start: "2026-11-22T23:00:00.000Z",
        period_end: "2026-11-29T23:00:00.000Z",
        used_before: "1240",
        amount: "900",
        unreadable: null,
        when_exceeded: "ask",
      },
      executable: false,
      idempotent_replay: false,
      receipt: null,
      decision: null,
      claim: null,
      links: { run: "https://console.example/runs/1", receipt: null },
    };
    expect(interceptResponseSchema.strict().parse(answer)).toEqual(answer);
    expect(interceptResponseSchema.parse({ ...answer, receipt, claim: { token: "t", expires_at: at } })).toBeTruthy();
  });

  it("of a status have these fields, some only when there is something to say", () => {
    expect(statusResponseSchema.strict().parse(status)).toEqual(status);
    const more = {
      in_doubt: true,
      execution_error: null,
      execution_reported_at: null,
      mail: { queued: 0, not_sent_reason: "The monthly mail limit is reached." },
    };
    expect(statusResponseSchema.strict().parse({ ...status, ...more })).toEqual({ ...status, ...more });
  });

  it("of a report have these fields", () => {
    const answer = {
      action_run_id: id,
      execution_status: "failed",
      execution_error: "timeout",
      execution_reported_at: at,
      idempotent_replay: false,
    };
    expect(reportResponseSchema.strict().parse(answer)).toEqual(answer);
  });

  it.each(["2026-11-19T12:02:11Z", "2026-11-19T12:02:11.482+00:00", "2026-11-19 12:02:11.482Z"])(
    "have times in milliseconds with a Z, unlike %s",
    (created_at) => {
      expect(statusResponseSchema.safeParse({ ...status, created_at }).success).toBe(false);
    },
  );
});
