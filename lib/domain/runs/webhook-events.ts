/** Events of a run. */
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

/** Events of a freeze, of a workspace or of something in it. */
export const FREEZE_EVENTS = ["workspace.frozen", "workspace.thawed"] as const;
export type FreezeEvent = (typeof FREEZE_EVENTS)[number];

/** Events of a policy change that waits for a second person. */
export const POLICY_EVENTS = ["policy.proposed", "policy.confirmed", "policy.declined", "policy.ended"] as const;
export type PolicyEvent = (typeof POLICY_EVENTS)[number];

/** Events of a standing grant. */
export const GRANT_EVENTS = ["grant.created", "grant.revoked", "grant.ended"] as const;
export type GrantEvent = (typeof GRANT_EVENTS)[number];

/** Events that webhooks can receive. */
export const WEBHOOK_EVENTS = [...RUN_EVENTS, ...FREEZE_EVENTS, ...POLICY_EVENTS, ...GRANT_EVENTS] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/** Sent by hand, to see whether a webhook arrives. */
export const TEST_EVENT = "test";
export type WebhookEventType = WebhookEvent | typeof TEST_EVENT;

/** Events that channels can receive. */
export const NOTIFICATION_EVENTS = [
  "run.pending",
  "run.expired",
  "run.uncollected",
  "run.in_doubt",
  "workspace.frozen",
  "workspace.thawed",
  "policy.proposed",
  "grant.created",
] as const satisfies readonly WebhookEvent[];

export const WEBHOOK_KINDS = ["webhook", "notification", "slack"] as const;
export type WebhookKind = (typeof WEBHOOK_KINDS)[number];

export const WEBHOOK_KIND_NAMES: Readonly<Record<WebhookKind, string>> = {
  webhook: "webhook",
  notification: "notification webhook",
  slack: "Slack channel",
};

export const WEBHOOK_EVENT_LABELS: Readonly<Record<WebhookEvent, string>> = {
  "run.pending": "A run needs approval",
  "run.decided": "A person approved, rejected or blocked a run",
  "run.expired": "Nobody decided in time, so a run was rejected",
  "run.revoked": "An approved run was withdrawn, or its approval revoked, before anyone claimed it",
  "run.uncollected": "An approval lapsed because nobody claimed the run",
  "run.executed": "An app reported that it ran",
  "run.failed": "An app reported that it failed",
  "run.in_doubt": "A claim expired without a report",
  "workspace.frozen": "A person froze the workspace, an action, an API key or the whole console",
  "workspace.thawed": "A person thawed it",
  "policy.proposed": "A policy change needs a second person",
  "policy.confirmed": "A second person confirmed a policy change",
  "policy.declined": "A second person declined a policy change",
  "policy.ended": "A proposed policy change was withdrawn, replaced or out of date",
  "grant.created": "An approver gave a standing grant",
  "grant.revoked": "A person revoked a standing grant",
  "grant.ended": "A standing grant reached a limit, expired, or was ended by the console",
};

/** The events that an endpoint of this kind can ask for. */
export function eventsOfKind(kind: WebhookKind): readonly WebhookEvent[] {
  return kind === "webhook" ? WEBHOOK_EVENTS : NOTIFICATION_EVENTS;
}
