export const DELIVERY_STATES = ["queued", "sent", "delayed", "delivered", "bounced", "complained", "not_sent", "dead"] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

interface Delivery {
  /** The outbox's own word. */
  readonly status: string;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
  readonly deliveredAt: Date | null;
  readonly delayedAt: Date | null;
  readonly bouncedAt: Date | null;
  readonly complainedAt: Date | null;
}

/** How far a mail got. What the provider told later weighs more, in whatever order it came. */
export function deliveryState({
  status,
  deliveredAt,
  delayedAt,
  bouncedAt,
  complainedAt,
}: Omit<Delivery, "createdAt" | "sentAt">): DeliveryState {
  if (bouncedAt) return "bounced";
  if (complainedAt) return "complained";
  if (deliveredAt) return "delivered";
  if (delayedAt) return "delayed";
  return status === "sent" || status === "not_sent" || status === "dead" ? status : "queued";
}

/** The same with its moment. */
export function deliveryNews(delivery: Delivery): { state: DeliveryState; at: Date } {
  const { bouncedAt, deliveredAt, sentAt, createdAt } = delivery;
  return { state: deliveryState(delivery), at: bouncedAt ?? deliveredAt ?? sentAt ?? createdAt };
}

/** Whether the mail may still be read by whom it was for. */
export function canHaveArrived(state: DeliveryState): boolean {
  return state !== "bounced" && state !== "not_sent" && state !== "dead";
}
