import type { DecisionView } from "@/lib/domain/runs/decision-view";

/** A pending refund, ready to be decided; a test says what it wants to be different. */
export function makeDecisionView(different: Partial<DecisionView> = {}): DecisionView {
  return {
    runId: "01a1f3af-8f9a-7948-ba8d-e1f33f0601ae",
    isTest: false,
    workspace: { name: "Finance automations", clientName: "Halvorsen Logistics" },
    action: { name: "refund_customer", title: "Refund a customer", description: "", riskLevel: "high", requiresRejectComment: false },
    mayApprove: true,
    actor: "finance_agent",
    sentence: "refund 1,840.00 EUR to Nordlicht Café GmbH for order SO-88214",
    amount: { decimal: "1840", currency: "EUR" },
    recipient: "Nordlicht Café GmbH",
    reasoning: "Order SO-88214 was charged twice on 16 November. I propose to refund the second charge.",
    source: { type: "ticket", ref: "40771" },
    payload: {
      amount: "1840.00",
      currency: "EUR",
      customer: { name: "Nordlicht Café GmbH", email: "buchhaltung@nordlicht-cafe.example" },
      order_id: "SO-88214",
      charges: ["pay_61c0", "pay_61c4"],
    },
    payloadHash: "00".repeat(32),
    acceptsChanges: false,
    changeable: [],
    changed: null,
    proposed: {},
    policy: {
      type: "require_approval_above_amount",
      version: 4,
      reason: "policy_amount_above_threshold",
      rule: null,
      explanation: "1,840.00 is above the threshold of 250.00, so a person decides.",
      fields: [{ name: "amount", value: "1840.00" }],
    },
    budgets: [],
    approverEmail: "jo@halvorsen.example",
    askedEmails: ["jo@halvorsen.example", "marta@halvorsen.example"],
    approvals: null,
    standsInFor: null,
    takenOverFrom: null,
    previous: null,
    createdAt: new Date("2026-11-19T12:02:00.000Z"),
    expiresAt: new Date("2026-11-19T20:02:00.000Z"),
    ...different,
  };
}
