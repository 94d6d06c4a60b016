/** What open pages are told of: that something of this kind has changed in a workspace, never what. */
export const LIVE_TOPICS = ["runs", "approvals", "actions", "members", "keys", "receipts", "workspace", "webhooks"] as const;
export type LiveTopic = (typeof LIVE_TOPICS)[number];

/** `audience` is a workspace's id, or the address of one person. */
export interface LiveChange {
  readonly audience: string;
  readonly topic: LiveTopic;
}
