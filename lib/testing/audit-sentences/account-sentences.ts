import type { AuditSentenceRow } from "./audit-sentence-row";

export const ACCOUNT_SENTENCES: AuditSentenceRow[] = [
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
  ["user.session_revoked", {}, null, "ended a session"],
  ["user.session_revoked", { signed_out: true }, null, "signed out"],
  ["user.signed_out_everywhere", { sessions_ended: 3 }, null, "signed out everywhere; 3 sessions ended"],
  ["user.signed_in", { method: "link" }, null, "signed in with an emailed link"],
  [
    "user.absence_set",
    { colleague: "ben@example.com", from: "2026-12-01T00:00:00.000Z", until: "2026-12-08T00:00:00.000Z", before: null },
    null,
    "is out of office and delegated their approvals to *ben@example.com* until 8 December 2026, 00:00 UTC",
  ],
  ["user.absence_ended", { colleague: "ben@example.com" }, null, "ended the delegation of their approvals to *ben@example.com*"],
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
];
