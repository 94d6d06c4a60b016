import type { AuditSentenceRow } from "./audit-sentence-row";

export const BUDGET_AND_GRANT_SENTENCES: AuditSentenceRow[] = [
  [
    "budget.created",
    { name: "Refunds", measure: "sum", limit: "2000", currency: "EUR", per: "nothing", per_field: null, period: "week" },
    null,
    "created the budget *Refunds*: 2,000.00\u00a0EUR per week",
  ],
  [
    "budget.created",
    { name: "Emails", measure: "count", limit: "20", currency: null, per: "field", per_field: "customer.id", period: "day" },
    null,
    "created the budget *Emails*: 20 runs per day for each customer.id",
  ],
  [
    "budget.edited",
    {
      name: "Refunds",
      measure: "sum",
      currency: "EUR",
      before: { limit: "2000", actions: ["pay"] },
      after: { limit: "3000", actions: "all" },
    },
    null,
    "edited the budget *Refunds*: limit *2,000.00\u00a0EUR* → *3,000.00\u00a0EUR*; actions *pay* → *all*",
  ],
  [
    "budget.edited",
    { name: "Emails", measure: "count", currency: null, before: { limit: "1" }, after: { limit: "30" } },
    null,
    "edited the budget *Emails*: limit *1 run* → *30 runs*",
  ],
  [
    "grant.given",
    { action: "pay", currency: "EUR", amount_each: "500", total: "2000", max_uses: 10, ends_at: "2026-12-05T00:00:00.000Z" },
    null,
    "approved the same in advance as a run of *pay*: up to 500.00\u00a0EUR each, 2,000.00\u00a0EUR in all, 10 runs, until the end of 4 December 2026 UTC",
  ],
  ["grant.confirmed", { given_by: "ann@example.com" }, null, "confirmed the standing grant of *ann@example.com*"],
  ["grant.revoked", { given_by: "ann@example.com" }, null, "revoked the standing grant of *ann@example.com*"],
  [
    "grant.ended",
    { given_by: "ann@example.com", reason: "policy_changed" },
    null,
    "ended the standing grant of *ann@example.com*: the action’s policy changed",
  ],
  ["budget.deleted", { name: "Refunds" }, null, "deleted the budget *Refunds*"],
];
