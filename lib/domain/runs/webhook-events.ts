/** Events that webhooks can receive. */
export const RUN_EVENTS = [
  "run.pending",
  "run.decided",
  "run.expired",
  "run.revoked",
  "run.uncollected",
  "run.executed",
  "run.failed",
  "run.in_doubt",
] as const;
export type RunEvent = (typeof RUN_EVENTS)[number];

/** Sent by hand, to see whether a webhook arrives. */
export const TEST_EVENT = "test";
export type WebhookEventType = RunEvent | typeof TEST_EVENT;

/** Events that channels can receive. */
export const NOTIFICATION_EVENTS = ["run.pending", "run.expired", "run.uncollected", "run.in_doubt"] as const satisfies readonly RunEvent[];

export const WEBHOOK_KINDS = ["webhook", "notification", "slack"] as const;
export type WebhookKind = (typeof WEBHOOK_KINDS)[number];

export const WEBHOOK_KIND_NAMES: Readonly<Record<WebhookKind, string>> = {
  webhook: "webhook",
  notification: "notification webhook",
  slack: "Slack channel",
};

export const RUN_EVENT_LABELS: Readonly<Record<RunEvent, string>> = {
  "run.pending": "A run needs approval",
  "run.decided": "A person approved, rejected or blocked a run",
  "run.expired": "Nobody decided in time, so a run was rejected",
  "run.revoked": "An approved run was withdrawn, or its approval revoked, before anyone claimed it",
  "run.uncollected": "An approval lapsed because nobody claimed the run",
  "run.executed": "An app reported that it ran",
  "run.failed": "An app reported that it failed",
  "run.in_doubt": "A claim expired without a report",
};

/** The events that an endpoint of this kind can ask for. */
export function eventsOfKind(kind: WebhookKind): readonly RunEvent[] {
  return kind === "webhook" ? RUN_EVENTS : NOTIFICATION_EVENTS;
}
