/** The kinds of change that open pages are notified of. A notification never includes the change itself. */
export const LIVE_TOPICS = [
  "runs",
  "approvals",
  "actions",
  "members",
  "keys",
  "receipts",
  "workspace",
  "webhooks",
  "budgets",
  "grants",
  "backtests",
] as const;
export type LiveTopic = (typeof LIVE_TOPICS)[number];

/** `audience` is a workspace's id, or the address of one person. */
export interface LiveChange {
  readonly audience: string;
  readonly topic: LiveTopic;
}
