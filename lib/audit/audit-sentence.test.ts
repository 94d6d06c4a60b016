import { expect, test } from "vitest";
import type { JsonObject } from "@/lib/domain/json-value";
import { auditSentence } from "./audit-sentence";
import { AUDIT_VERBS, type AuditVerb } from "./record-audit-event";
import type { SentencePart } from "./sentence-parts";

const plain = (parts: SentencePart[]) =>
  parts.map((part) => (typeof part === "string" ? part : "strong" in part ? `*${part.strong}*` : `\`${part.code}\``)).join("");

/** Verb, what was recorded, what it is about, and the sentence after the name of who did it. */
const TABLE: [AuditVerb, JsonObject, string | null, string][] = [
  ["user.created", { email: "ann@example.com", is_operator: false }, null, "created the account *ann@example.com*"],
  ["user.signed_up", { email: "ann@example.com", is_operator: false }, null, "signed up as *ann@example.com*"],
  ["user.signed_up", { email: "ann@example.com", is_operator: true }, null, "signed up as *ann@example.com*, the operator"],
  ["user.renamed", { before: null, after: "Ann" }, null, "changed their name: *none* → *Ann*"],
  ["user.password_changed", { was_first: false, sessions_ended: 2 }, null, "changed their password; 2 sessions ended"],
  ["user.password_changed", { was_first: true, sessions_ended: 0 }, null, "set a password"],
  ["user.disabled", { email: "ann@example.com" }, null, "disabled the account *ann@example.com*"],
  ["user.enabled", { email: "ann@example.com" }, null, "enabled the account *ann@example.com*"],
  ["user.test_mail_sent", { to: "ann@example.com", provider: "smtp" }, null, "sent a test email to *ann@example.com*"],
  ["user.password_reset", { sessions_ended: 1 }, null, "reset their password with an emailed link; 1 session ended"],
  ["user.reset_link_made", { email: "ann@example.com" }, null, "created a password reset link for *ann@example.com*"],
  ["group.created", { name: "Finance", members: ["ann@example.com"] }, null, "created the group *Finance*"],
  [
    "group.edited",
    {
      name: "Finance",
      before: { name: "Finance", members: ["ann@example.com"] },
      after: { name: "Finance", members: ["ben@example.com"] },
    },
    null,
    "edited the group *Finance*: members *ann@example.com* → *ben@example.com*",
  ],
  ["group.deleted", { name: "Finance" }, null, "deleted the group *Finance*"],
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
  [
    "management_key.created",
    { name: "CI", hint: "daai_mk_…ab12", scopes: ["actions:read", "actions:write"] },
    null,
    "created the management key *CI* `daai_mk_…ab12`, for actions:read, actions:write",
  ],
  [
    "management_key.revoked",
    { name: "CI", hint: "daai_mk_…ab12", scopes: ["actions:read"] },
    null,
    "revoked the management key *CI* `daai_mk_…ab12`, for actions:read",
  ],
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
  ["budget.deleted", { name: "Refunds" }, null, "deleted the budget *Refunds*"],
  ["user.session_revoked", {}, null, "ended a session"],
  ["user.session_revoked", { signed_out: true }, null, "signed out"],
  ["user.signed_out_everywhere", { sessions_ended: 3 }, null, "signed out everywhere; 3 sessions ended"],
  ["workspace.owner_changed", { before: "a", after: "b" }, null, "changed whose limits the workspace counts toward"],
  ["member.invited", { email: "ann@example.com", role: "admin" }, null, "invited *ann@example.com* as an admin"],
  [
    "member.invitation_renewed",
    { email: "ann@example.com", role: "viewer" },
    null,
    "resent the invitation to *ann@example.com*, as a viewer",
  ],
  ["member.invitation_revoked", { email: "ann@example.com", role: "viewer" }, null, "revoked the invitation to *ann@example.com*"],
  ["member.joined", { email: "ann@example.com", role: "approver" }, null, "joined as an approver"],
  [
    "member.role_changed",
    { email: "ann@example.com", before: "viewer", after: "developer" },
    null,
    "changed the role of *ann@example.com*: *viewer* → *developer*",
  ],
  ["member.removed", { email: "ann@example.com", role: "developer" }, null, "removed *ann@example.com*, a developer"],
  ["member.left", { email: "ann@example.com", role: "viewer" }, null, "left the workspace, as a viewer"],
  ["user.signed_in", { method: "link" }, null, "signed in with an emailed link"],
  [
    "user.absence_set",
    { colleague: "ben@example.com", from: "2026-12-01T00:00:00.000Z", until: "2026-12-08T00:00:00.000Z", before: null },
    null,
    "is out of office and delegated their approvals to *ben@example.com* until 8 December 2026, 00:00 UTC",
  ],
  ["user.absence_ended", { colleague: "ben@example.com" }, null, "ended the delegation of their approvals to *ben@example.com*"],
  ["workspace.created", { name: "Support desk", client_name: "Brightwater" }, null, "created the workspace *Support desk* for Brightwater"],
  [
    "workspace.renamed",
    { before: { name: "A", client_name: "C" }, after: { name: "B", client_name: "C" } },
    null,
    "renamed the workspace: name *A* → *B*",
  ],
  [
    "workspace.routing_changed",
    {
      before: { approver_emails: [], approval_window_minutes: null },
      after: { approver_emails: ["a@x.example", "b@x.example"], approval_window_minutes: 90 },
    },
    null,
    "changed the approval routing: approvers *none* → *a@x.example, b@x.example*; approval window *none* → *90 minutes*",
  ],
  [
    "workspace.deleted",
    { name: "Support desk", client_name: "Brightwater", runs_waiting: 3 },
    null,
    "deleted the workspace *Support desk*",
  ],
  ["api_key.created", { kind: "api", name: "worker", hint: "daai_sk_…uGa5" }, null, "created the API key *worker* `daai_sk_…uGa5`"],
  [
    "api_key.revoked",
    { kind: "workspace", name: "Workspace key", hint: "daai_wk_…6Zi1" },
    null,
    "revoked the workspace key *Workspace key* `daai_wk_…6Zi1`",
  ],
  ["api_key.revoked", {}, null, "revoked the API key *without a name*"],
  [
    "api_key.rotated",
    { kind: "api", name: "worker", hint: "daai_sk_…uGa5", old_key_expires_at: "2026-11-26T19:05:00.000Z" },
    null,
    "rotated the API key *worker* `daai_sk_…uGa5`; the old one works until 26 November 2026, 19:05 UTC",
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
    "workspace.data_retention_changed",
    { before: { data_kept_days: null }, after: { data_kept_days: 30 } },
    null,
    "set the personal data of runs to be erased after 30 days",
  ],
  [
    "workspace.data_retention_changed",
    { before: { data_kept_days: 30 }, after: { data_kept_days: null } },
    null,
    "turned off the automatic erasure of personal data",
  ],
  ["workspace.old_data_erased", { runs: 1240, days: 1 }, null, "erased the personal data of 1,240 runs, which ended more than 1 day ago"],
  [
    "workspace.frozen",
    { scope: "api_key", name: "Billing agent", by: "ann@x.example", reason: "Wrong refunds" },
    null,
    "froze *the API key Billing agent*: Wrong refunds",
  ],
  ["workspace.thawed", { scope: "console", name: null, by: "ann@x.example", comment: null }, null, "thawed *the whole console*"],
  [
    "workspace.thaw_rule_changed",
    { before: { thaw_needs_another_person: false }, after: { thaw_needs_another_person: true } },
    null,
    "changed who can thaw: someone else must thaw *off* → *on*",
  ],
  [
    "workspace.policy_rule_changed",
    {
      before: { policy_change_needs_another_person: true },
      after: { policy_change_needs_another_person: false },
      proposed_by: "ann@x.example",
    },
    null,
    "changed who confirms policy changes: a second person must confirm *on* → *off*, proposed by *ann@x.example*",
  ],
  [
    "workspace.checkpoint_mail_changed",
    { before: { checkpoint_emails: [] }, after: { checkpoint_emails: ["auditor@x.example"] } },
    null,
    "changed the recipients of checkpoint emails: recipients *none* → *auditor@x.example*",
  ],
  [
    "workspace.log_restarted",
    { backup_taken_at: "2026-11-25T03:00:00.000Z", earlier_size: 1042 },
    null,
    "restarted the receipt log after 1042 receipts, from a backup of 25 November 2026, 03:00 UTC",
  ],
  ["workspace.receipts_exported", { format: "json", search: "kind=decision" }, null, "exported filtered receipts as JSON"],
  ["workspace.runs_exported", { format: "csv", search: null, selected: 0 }, null, "exported all runs as CSV"],
  ["workspace.runs_exported", { format: "json", search: null, selected: 3 }, null, "exported selected runs as JSON"],
  [
    "limits.changed",
    { plan: "free", overrides: { runsPerMonth: null, activeWorkspaces: 5 } },
    null,
    "changed the owner’s limits: plan free; runs per month unlimited; active workspaces 5",
  ],
  [
    "limits.changed",
    { before: { plan: "settings", runs_per_month: "plan" }, after: { plan: "free", runs_per_month: 5000 } },
    null,
    "changed the owner’s limits: plan *settings* → *free*; runs per month *plan* → *5000*",
  ],
  ["mailbox.opened", { to: "ann@example.com", subject: "Sign in" }, null, "opened a stored email to *ann@example.com*"],
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
  [
    "webhook.created",
    { kind: "webhook", url: "https://example.com/hooks", events: "run.decided" },
    null,
    "created the webhook `https://example.com/hooks` for run.decided",
  ],
  [
    "webhook.edited",
    { kind: "webhook", url: "https://example.com/a", before: { url: "https://example.com/a" }, after: { url: "https://example.com/b" } },
    null,
    "changed the webhook `https://example.com/a`: url *https://example.com/a* → *https://example.com/b*",
  ],
  [
    "webhook.secret_rotated",
    { kind: "notification", url: "https://example.com/n" },
    null,
    "rotated the secret of the notification webhook `https://example.com/n`",
  ],
  ["webhook.enabled", { kind: "webhook", url: "https://example.com/hooks" }, null, "enabled the webhook `https://example.com/hooks`"],
  [
    "webhook.disabled",
    { kind: "webhook", url: "https://example.com/hooks", reason: "failing" },
    null,
    "disabled the webhook `https://example.com/hooks`: every delivery failed for days",
  ],
  [
    "webhook.deleted",
    { kind: "slack", url: "https://hooks.slack.com/…abcd" },
    null,
    "deleted the Slack channel `https://hooks.slack.com/…abcd`",
  ],
  [
    "webhook.redelivered",
    { kind: "webhook", url: "https://example.com/hooks", event: "run.pending" },
    null,
    "resent run.pending to the webhook `https://example.com/hooks`",
  ],
];

test.each(TABLE)("%s %o", (verb, data, subject, sentence) => {
  expect(plain(auditSentence(verb, { data, subject }))).toBe(sentence);
});

test("the table has every verb", () => {
  expect([...new Set(TABLE.map(([verb]) => verb))].sort()).toEqual([...AUDIT_VERBS].sort());
});

test.each(AUDIT_VERBS)("%s is worded even when nothing is known of it", (verb) => {
  const sentence = plain(auditSentence(verb, { data: {}, subject: null }));
  expect(sentence).toMatch(/^[a-z]/);
  expect(sentence).not.toMatch(/undefined|null|\[object/);
});
