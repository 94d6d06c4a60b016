import { Clock, Inbox, type LucideProps, MailCheck, MailMinus, MailQuestionMark, MailX } from "lucide-react";
import type { ComponentType } from "react";
import type { Tone } from "@/components/ui/tone";
import { DELIVERY_LABELS, type DeliveryState } from "@/lib/domain/runs/delivery-state";

interface MailLook {
  tone: Tone;
  icon: ComponentType<LucideProps>;
  label: string;
}

const look = (state: DeliveryState, tone: Tone, icon: ComponentType<LucideProps>): MailLook => ({
  tone,
  icon,
  label: DELIVERY_LABELS[state],
});

/** The color, icon and label of each email status. */
export const MAIL_LOOKS: Record<DeliveryState, MailLook> = {
  queued: look("queued", "no", Clock),
  retrying: look("retrying", "wait", MailQuestionMark),
  kept: look("kept", "no", Inbox),
  sent: look("sent", "no", MailCheck),
  delayed: look("delayed", "wait", MailQuestionMark),
  delivered: look("delivered", "ok", MailCheck),
  bounced: look("bounced", "stop", MailX),
  complained: look("complained", "wait", MailMinus),
  not_needed: look("not_needed", "no", MailMinus),
  not_sent: look("not_sent", "wait", MailMinus),
  dead: look("dead", "stop", MailX),
};
