import type { AuditSentenceRow } from "./audit-sentence-row";

export const ACTION_SENTENCES: AuditSentenceRow[] = [
  [
    "action.managed",
    { name: "refund", file: "policies/refund.yaml", commit: "3f2c1ab90d12e4f5a6b7c8d9e0f1a2b3c4d5e6f7-dirty" },
    "refund",
    "set `refund` from the file `policies/refund.yaml at 3f2c1ab90d12 with uncommitted changes`",
  ],
  [
    "action.released",
    { name: "refund", file: "policies/refund.yaml", commit: null },
    "refund",
    "ended the management of `refund` by the file `policies/refund.yaml`",
  ],
  ["action.registered", { name: "pay_invoice" }, "pay_invoice", "registered the action `pay_invoice`"],
  [
    "action.edited",
    { name: "pay_invoice", before: { threshold: "5000" }, after: { threshold: "10000.00" }, policy_version: 4 },
    "pay_invoice",
    "changed the policy of `pay_invoice`: threshold *5,000.00* → *10,000.00* (policy version 4)",
  ],
  [
    "action.edited",
    {
      before: { policy_type: "always_allow" },
      after: { policy_type: "require_approval_above_amount" },
      policy_version: 3,
      restored_version: 1,
    },
    "pay_invoice",
    "restored version 1 of the policy of `pay_invoice`: policy *Always allow* → *Above an amount* (policy version 3)",
  ],
  [
    "action.edited",
    {
      before: { title: "Pay", requires_four_eyes: false, approval_window_minutes: null },
      after: { title: "Pay it", requires_four_eyes: true, approval_window_minutes: 480 },
    },
    "pay_invoice",
    "changed `pay_invoice`: title *Pay* → *Pay it*; prevent self-approval *off* → *on*; approval window *none* → *8 hours*",
  ],
  [
    "action.edited",
    { title: "From before changes were kept", policy_version: 2 },
    "pay_invoice",
    "changed `pay_invoice` (policy version 2)",
  ],
  ["action.activated", {}, "pay_invoice", "activated `pay_invoice`"],
  ["action.activated", { proposed_by: "ann@x.example" }, "pay_invoice", "activated `pay_invoice`, proposed by *ann@x.example*"],
  [
    "action.edited",
    { before: { threshold: "500" }, after: { threshold: "900" }, policy_version: 3, proposed_by: null },
    "pay_invoice",
    "changed the policy of `pay_invoice`: threshold *500.00* → *900.00* (policy version 3), proposed by the operator",
  ],
  [
    "proposal.made",
    { kind: "edit", name: "pay_invoice", before: { threshold: "500" }, after: { threshold: "900" }, comment: "As agreed" },
    null,
    "proposed a change of `pay_invoice`: threshold *500.00* → *900.00*: As agreed",
  ],
  ["proposal.made", { kind: "activate", name: "pay_invoice" }, null, "proposed the activation of `pay_invoice`"],
  [
    "proposal.confirmed",
    { kind: "restore", name: "pay_invoice", proposed_by: "ann@x.example" },
    null,
    "confirmed an earlier policy of `pay_invoice`, proposed by *ann@x.example*",
  ],
  [
    "proposal.declined",
    { kind: "group", name: "Finance", proposed_by: "ann@x.example", comment: "Too few" },
    null,
    "declined a change of the group *Finance*, proposed by *ann@x.example*: Too few",
  ],
  [
    "proposal.withdrawn",
    { kind: "rule", name: null },
    null,
    "withdrew the end of the rule that a second person confirms policy changes, which they had proposed",
  ],
  [
    "proposal.ended",
    { kind: "edit", name: "pay_invoice", proposed_by: null, reason: "replaced" },
    null,
    "ended a change of `pay_invoice`, proposed by the operator, with another proposal",
  ],
  [
    "proposal.ended",
    { kind: "edit", name: "pay_invoice", proposed_by: "ann@x.example", reason: "stale" },
    null,
    "ended a change of `pay_invoice`, proposed by *ann@x.example*, because something else was changed meanwhile",
  ],
  ["shadow.started", { name: "pay_invoice" }, "pay_invoice", "started a shadow policy for `pay_invoice`"],
  ["shadow.ended", { name: "pay_invoice", reason: "stopped" }, "pay_invoice", "stopped the shadow policy of `pay_invoice`"],
  ["shadow.ended", { name: "pay_invoice", reason: "replaced" }, null, "replaced the shadow policy of `pay_invoice`"],
  ["shadow.ended", { name: "pay_invoice", reason: "in_force" }, "pay_invoice", "made the shadow policy the policy of `pay_invoice`"],
  ["action.deactivated", {}, "pay_invoice", "deactivated `pay_invoice`"],
];
