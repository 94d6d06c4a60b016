/** The outbox's own words, as the database checks them. */
export const DELIVERY_STATUSES = ["queued", "sent", "not_sent", "dead"] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

export const EMAIL_KINDS = [
  "approval_request",
  "sign_in_link",
  "sign_up_confirmation",
  "account_exists",
  "password_reset",
  "invitation",
  "bounce_notice",
  "uncollected_notice",
  "log_checkpoint",
  "webhook_notice",
  "policy_proposed",
  "policy_answered",
  "grant_given",
  "grant_over",
] as const;
export type EmailKind = (typeof EMAIL_KINDS)[number];

/** Why an email was not sent: the owner's limit was reached, or it was no longer needed. */
export type NotSentReason =
  | "monthly_email_limit"
  | "already_decided"
  | "withdrawn"
  | "run_withdrawn"
  | "link_closed"
  | "not_wanted"
  | "webhook_settled";

/** The provider name of emails kept in the console's own mailbox. */
export const MAILBOX = "mailbox";

/**
 * An email's status. `kept`: in the console's own mailbox, because no provider is configured. `retrying`: queued again after a failed try.
 */
export const DELIVERY_STATES = [
  "queued",
  "retrying",
  "kept",
  "sent",
  "delayed",
  "delivered",
  "bounced",
  "complained",
  "not_needed",
  "not_sent",
  "dead",
] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

interface Delivery {
  /** The outbox's own word. */
  readonly status: string;
  readonly notSentReason: string | null;
  readonly provider: string | null;
  readonly attempts: number;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
  readonly deliveredAt: Date | null;
  readonly delayedAt: Date | null;
  readonly bouncedAt: Date | null;
  readonly complainedAt: Date | null;
}

/** The status from the outbox alone, without the provider's later events. */
export function outboxState({
  status,
  notSentReason,
  provider,
  attempts,
}: Pick<Delivery, "status" | "notSentReason" | "provider" | "attempts">): Exclude<
  DeliveryState,
  "delayed" | "delivered" | "bounced" | "complained"
> {
  switch (status as DeliveryStatus) {
    case "queued":
      return attempts > 0 ? "retrying" : "queued";
    case "sent":
      return provider === MAILBOX ? "kept" : "sent";
    case "not_sent":
      return notSentReason === "monthly_email_limit" ? "not_sent" : "not_needed";
    case "dead":
      return "dead";
  }
}

/** How far an email got. What the provider reported later weighs more, in whatever order it came. */
export function deliveryState(delivery: Omit<Delivery, "createdAt" | "sentAt">): DeliveryState {
  if (delivery.bouncedAt) return "bounced";
  if (delivery.complainedAt) return "complained";
  if (delivery.deliveredAt) return "delivered";
  if (delivery.delayedAt) return "delayed";
  return outboxState(delivery);
}

/** The same with its moment. */
export function deliveryNews(delivery: Delivery): { state: DeliveryState; at: Date } {
  const { bouncedAt, deliveredAt, sentAt, createdAt } = delivery;
  return { state: deliveryState(delivery), at: bouncedAt ?? deliveredAt ?? sentAt ?? createdAt };
}

/** What pages call an email in that state. */
export const DELIVERY_LABELS: Record<DeliveryState, string> = {
  queued: "Email queued",
  retrying: "Email not sent yet",
  kept: "Stored in the mailbox",
  sent: "Email sent",
  delayed: "Email delayed",
  delivered: "Email delivered",
  bounced: "Email bounced",
  complained: "Email marked as spam",
  not_needed: "No email needed",
  not_sent: "No email sent",
  dead: "Email failed",
};

/** The same, with how often it was tried in vain. */
export function deliveryLabel(state: DeliveryState, attempts: number): string {
  return state === "retrying" ? `Email not sent after ${attempts} ${attempts === 1 ? "attempt" : "attempts"}` : DELIVERY_LABELS[state];
}
