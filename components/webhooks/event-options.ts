import { WEBHOOK_EVENT_LABELS, type WebhookEvent } from "@/lib/domain/runs/webhook-events";

/** Events to choose from, with what they are about. */
export function eventOptions(events: readonly WebhookEvent[]) {
  return events.map((value) => ({ value, text: WEBHOOK_EVENT_LABELS[value] }));
}
