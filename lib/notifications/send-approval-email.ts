import { decisionView, findLink } from "@/lib/approvals/link-with-run";
import { getDb } from "@/lib/db/client";
import type { EmailDelivery } from "@/lib/db/generated/client";
import type { MailProvider } from "@/lib/email/mail-provider";
import { renderApprovalMail } from "@/lib/email/render-approval-mail";
import { getEnv } from "@/lib/env";
import { openToken } from "./seal-token";

/**
 * Sends one queued mail. Safe to repeat: a delivery that is out is left alone, and the provider gets the delivery's id as
 * its idempotency key, so that a crash between sending and recording does not mail twice. Throws to be tried again.
 */
export async function sendApprovalEmail(provider: MailProvider, deliveryId: string): Promise<void> {
  const delivery = await getDb().emailDelivery.findUnique({ where: { id: deliveryId } });
  if (delivery?.status !== "queued" || delivery.sealedToken === null || delivery.decisionLinkId === null) return;
  const link = await findLink({ id: delivery.decisionLinkId });
  const view = link && decisionView(link);
  if (!view || link.approvalRequest.run.governanceStatus !== "pending_approval") {
    return finish(delivery, { status: "not_sent", notSentReason: "already_decided" });
  }
  const url = `${getEnv().DAAI_PUBLIC_URL}/decide/${openToken(delivery.sealedToken)}`;
  const mail = await renderApprovalMail(view, url);
  try {
    const { providerMessageId } = await provider.send({ ...mail, from: getEnv().DAAI_MAIL_FROM, to: delivery.toEmail, idempotencyKey: delivery.id });
    await finish(delivery, { status: "sent", provider: provider.name, providerMessageId, sentAt: new Date() });
  } catch (error) {
    await noteFailure(delivery, error);
    throw error;
  }
}

/** After the last try: the mail is given up, visibly. */
export async function giveUpApprovalEmail(deliveryId: string): Promise<void> {
  await getDb().emailDelivery.updateMany({ where: { id: deliveryId, status: "queued" }, data: { status: "dead", sealedToken: null } });
}

/** The token is needed no longer. */
async function finish(delivery: EmailDelivery, data: Partial<EmailDelivery>): Promise<void> {
  await getDb().emailDelivery.updateMany({
    where: { id: delivery.id, status: "queued" },
    data: { ...data, sealedToken: null, attempts: { increment: 1 } },
  });
}

async function noteFailure(delivery: EmailDelivery, error: unknown): Promise<void> {
  const lastError = error instanceof Error ? error.message.slice(0, 500) : "unknown error";
  await getDb().emailDelivery.updateMany({
    where: { id: delivery.id, status: "queued" },
    data: { lastError, attempts: { increment: 1 } },
  });
}
