import type { WebhookKind } from "@/lib/domain/webhook-events";

/** How the settings speak of each kind of endpoint. */
export const KIND_WORDS: Readonly<Record<WebhookKind, { name: string; make: string; urlLabel: string; urlHint: string }>> = {
  webhook: { name: "webhook", make: "New webhook", urlLabel: "Address", urlHint: "Where your program takes it, by https." },
  notification: { name: "notification webhook", make: "New notification webhook", urlLabel: "Address", urlHint: "It gets {\"text\", \"url\"}, signed like every webhook." },
  slack: { name: "Slack channel", make: "Add Slack", urlLabel: "Incoming webhook", urlHint: "From Slack: your app, Incoming Webhooks, Add. It is kept as a secret and never shown again." },
};
