import type { EmailDelivery } from "@/lib/db/generated/client";
import type { MailProvider } from "@/lib/email/mail-provider";
import type { SystemContext } from "@/lib/security/context";
import { sendAccountEmail } from "./send-account-email";
import { sendApprovalEmail } from "./send-approval-email";
import { sendBounceNotice } from "./send-bounce-notice";
import { sendCheckpointMail } from "./send-checkpoint-mail";
import { sendGrantGiven, sendGrantOver } from "./send-grant-news";
import { sendPolicyAnswer, sendPolicyProposal } from "./send-policy-news";
import { sendUncollectedNotice } from "./send-uncollected-notice";
import { sendWebhookNotice } from "./send-webhook-notice";

type Sender = (ctx: SystemContext, provider: MailProvider, delivery: EmailDelivery) => Promise<void>;

const SENDERS: Readonly<Partial<Record<string, Sender>>> = {
  approval_request: sendApprovalEmail,
  bounce_notice: sendBounceNotice,
  grant_given: sendGrantGiven,
  grant_over: sendGrantOver,
  log_checkpoint: sendCheckpointMail,
  policy_answered: sendPolicyAnswer,
  policy_proposed: sendPolicyProposal,
  uncollected_notice: sendUncollectedNotice,
  webhook_notice: sendWebhookNotice,
};

/** Sends one queued email. Idempotent: one already sent or failed is skipped. */
export async function sendEmail(ctx: SystemContext, provider: MailProvider, deliveryId: string): Promise<void> {
  const delivery = await ctx.db.emailDelivery.findUnique({ where: { id: deliveryId } });
  if (delivery?.status !== "queued") return;
  await (SENDERS[delivery.kind] ?? sendAccountEmail)(ctx, provider, delivery);
}
