import type { AuditSentenceRow } from "./audit-sentence-row";

export const RUN_SENTENCES: AuditSentenceRow[] = [
  [
    "run.approver_asked",
    { email: "ben@example.com", reason: "bounce" },
    "pay_invoice",
    "asked *ben@example.com* about a run of `pay_invoice`, because an email to another approver bounced",
  ],
  [
    "run.reassigned",
    { from: "ann@example.com", to: "ben@example.com", by: "ann@example.com" },
    "pay_invoice",
    "reassigned a run of `pay_invoice` from *ann@example.com* to *ben@example.com*",
  ],
  ["run.decided", { decision: "approve", by: "ann@example.com", channel: "console" }, "pay_invoice", "approved a run of `pay_invoice`"],
  ["run.decided", { decision: "block", by: "ann@example.com", channel: "console" }, "pay_invoice", "blocked a run of `pay_invoice`"],
  ["run.expired", { decision: "expire" }, "pay_invoice", "rejected a run of `pay_invoice`: nobody decided in time"],
  ["run.withdrawn", { by: null, channel: "api", after: "approved" }, "pay_invoice", "withdrew a run of `pay_invoice`"],
  [
    "run.vote_cast",
    { by: "ann@example.com", channel: "console", stage: 1 },
    "pay_invoice",
    "gave one of the approvals of a run of `pay_invoice`",
  ],
  [
    "run.vote_revoked",
    { by: "ann@example.com", channel: "console", stage: 1 },
    "pay_invoice",
    "revoked their approval of a run of `pay_invoice`, which is still pending",
  ],
  [
    "run.approval_revoked",
    { by: "ann@example.com", channel: "console" },
    "pay_invoice",
    "revoked their approval of a run of `pay_invoice`",
  ],
  [
    "run.approval_lapsed",
    { by: null, channel: "expiry" },
    "pay_invoice",
    "ended the approval of a run of `pay_invoice`: nobody claimed it in time",
  ],
  ["run.reported_late", { outcome: "executed" }, "pay_invoice", "reported a run of `pay_invoice` as executed after it could no longer run"],
  [
    "run.claimed",
    { worker: "worker-1", lease_seconds: 60 },
    "pay_invoice",
    "claimed a run of `pay_invoice` for the worker `worker-1` for 1 minute",
  ],
  ["run.claim_renewed", { lease_seconds: 90 }, "pay_invoice", "renewed the claim on a run of `pay_invoice` for 90 seconds"],
  ["run.claim_released", {}, "pay_invoice", "released the claim on a run of `pay_invoice`"],
  ["run.reported", { outcome: "failed" }, "pay_invoice", "reported a run of `pay_invoice` as failed"],
  [
    "run.settled",
    { as: "released", by: "ann@example.com" },
    "pay_invoice",
    "settled a run in doubt of `pay_invoice`: released for another try",
  ],
  [
    "run.erased",
    { by: "ann@example.com", reason: "Asked for." },
    "refund_payment",
    "erased the personal data of a run of `refund_payment`: Asked for.",
  ],
  [
    "receipt.shared",
    { action: "pay_invoice", payload: "withheld", expires_at: null },
    null,
    "created a link to the receipt of a run of `pay_invoice`, without the payload",
  ],
  [
    "receipt.shared",
    { action: "pay_invoice", payload: "disclosed", expires_at: "2026-12-03T10:00:00.000Z" },
    null,
    "created a link to the receipt of a run of `pay_invoice`, with the payload, until 3 December 2026, 10:00 UTC",
  ],
  ["receipt.share_revoked", { action: "pay_invoice" }, null, "revoked a link to the receipt of a run of `pay_invoice`"],
];
