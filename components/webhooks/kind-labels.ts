import type { WebhookKind } from "@/lib/domain/runs/webhook-events";

/** How the settings speak of each kind of endpoint. */
export const KIND_LABELS: Readonly<Record<WebhookKind, { make: string; urlLabel: string; urlHint: string }>> = {
  webhook: { make: "Create webhook", urlLabel: "URL", urlHint: "The HTTPS endpoint of your app." },
  notification: { make: "Create notification webhook", urlLabel: "URL", urlHint: 'Receives {"text", "url"}, signed like every webhook.' },
  slack: {
    make: "Add Slack channel",
    urlLabel: "Incoming webhook URL",
    urlHint: "In Slack: your app, Incoming Webhooks, Add. It’s stored as a secret and never shown again.",
  },
};
