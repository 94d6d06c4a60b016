import { getDb } from "@/lib/db/client";
import type { MailProvider } from "@/lib/email/mail-provider";
import { sendAccountEmail } from "./send-account-email";
import { sendBounceNotice } from "./send-bounce-notice";
import { sendApprovalEmail } from "./send-approval-email";

/** Sends one queued mail. Safe to repeat: a delivery that is out, or given up, is left alone. */
export async function sendEmail(provider: MailProvider, deliveryId: string): Promise<void> {
  const delivery = await getDb().emailDelivery.findUnique({ where: { id: deliveryId } });
  if (delivery?.status !== "queued") return;
  const send = delivery.kind === "approval_request" ? sendApprovalEmail : delivery.kind === "bounce_notice" ? sendBounceNotice : sendAccountEmail;
  await send(provider, delivery);
}
