import type { AuditSentenceRow } from "./audit-sentence-row";

export const WEBHOOK_SENTENCES: AuditSentenceRow[] = [
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
