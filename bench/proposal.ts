import type { JsonObject } from "@/lib/domain/json-value";

/** What the load proposes again and again: an ordinary run that its policy allows. */
export const PROPOSAL = {
  action: "send_invoice_reminder",
  payload: {
    invoice_id: "INV-10254",
    amount: "249.90",
    currency: "EUR",
    customer: { name: "Björn Åkesson AB", email: "billing@akesson.example" },
    days_overdue: 14,
  },
  actor: "finance_agent",
  reasoning: "The invoice is 14 days over and two reminders were sent.",
  source: { type: "schedule", ref: "T-2041" },
} as const satisfies JsonObject;

/** One that waits for a person. */
export const QUESTION = {
  action: "refund_customer",
  payload: { order: "ORD-77310", amount: 120, currency: "EUR" },
} as const satisfies JsonObject;

export const INTERCEPT_PATH = "/api/v1/sdk/intercept";

export function statusPath(runId: string): string {
  return `/api/v1/sdk/action-runs/${runId}/status`;
}
