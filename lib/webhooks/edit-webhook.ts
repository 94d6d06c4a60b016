import { refuse } from "@/lib/domain/refusals/refusal";
import { eventsOfKind, type WebhookEvent, type WebhookKind } from "@/lib/domain/runs/webhook-events";
import type { WorkspaceContext } from "@/lib/security/context";
import { changeWebhook } from "./change-webhook";
import { checkWebhookUrl } from "./check-webhook-url";

/** Changes an endpoint's URL and events. Queued deliveries go to the new URL. */
export function editWebhook(
  ctx: WorkspaceContext,
  { id, url, eventTypes }: { id: string; url: string; eventTypes: readonly WebhookEvent[] },
) {
  return changeWebhook(ctx, id, (endpoint) => {
    const isSlack = endpoint.kind === "slack";
    const refusal = isSlack ? null : checkWebhookUrl(url);
    if (refusal) return refusal;
    const events = eventsOfKind(endpoint.kind as WebhookKind).filter((event) => eventTypes.includes(event));
    if (events.length === 0)
      return refuse("validation_failed", "Select at least one event.", {
        fields: { errors: [{ path: "eventTypes", message: "must include at least one event" }] },
      });
    const after = { url: isSlack ? endpoint.url : url, events: events.join(", ") };
    return {
      data: { url: after.url, eventTypes: events },
      verb: "webhook.edited",
      audit: { before: { url: endpoint.url, events: endpoint.eventTypes.join(", ") }, after },
      result: {},
    };
  });
}
