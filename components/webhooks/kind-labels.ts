import type { WebhookKind } from "@/lib/domain/runs/webhook-events";

/** How the settings speak of each kind of endpoint. */
export const KIND_LABELS: Readonly<Record<WebhookKind, { make: string; urlLabel: string; urlHint: string }>> = {
  webhook: { make: "New webhook", urlLabel: "Address", urlHint: "Where your program takes it, by https." },
  notification: { make: "New notification webhook", urlLabel: "Address", urlHint: 'It gets {"text", "url"}, signed like every webhook.' },
  slack: {
    make: "Add Slack",
    urlLabel: "Incoming webhook",
    urlHint: "From Slack: your app, Incoming Webhooks, Add. It is kept as a secret and never shown again.",
  },
};
