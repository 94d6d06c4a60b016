export const DELIVERY_STATES = ["queued", "sent", "delayed", "delivered", "bounced", "complained", "not_sent", "dead"] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

interface Delivery {
  /** The outbox's own word. */
  readonly status: string;
  readonly deliveredAt: Date | null;
  readonly delayedAt: Date | null;
  readonly bouncedAt: Date | null;
  readonly complainedAt: Date | null;
}

/** How far a mail got. What the provider told later weighs more, in whatever order it came. */
export function deliveryState({ status, deliveredAt, delayedAt, bouncedAt, complainedAt }: Delivery): DeliveryState {
  if (bouncedAt) return "bounced";
  if (complainedAt) return "complained";
  if (deliveredAt) return "delivered";
  if (delayedAt) return "delayed";
  return status === "sent" || status === "not_sent" || status === "dead" ? status : "queued";
}

/** Whether the mail may still be read by whom it was for. */
export function canHaveArrived(state: DeliveryState): boolean {
  return state !== "bounced" && state !== "not_sent" && state !== "dead";
}
