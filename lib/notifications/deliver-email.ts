import { getDb } from "@/lib/db/client";
import type { EmailDelivery } from "@/lib/db/generated/client";
import type { MailProvider } from "@/lib/email/mail-provider";
import type { RenderedMail } from "@/lib/email/rendered-mail";
import { getEnv } from "@/lib/env";

/**
 * Hands a rendered mail to the provider and records it. Safe to repeat: the provider gets the delivery's id as its idempotency
 * key, so that a crash between sending and recording does not mail twice. Throws to be tried again.
 */
export async function deliverEmail(provider: MailProvider, delivery: EmailDelivery, mail: RenderedMail): Promise<void> {
  try {
    const { providerMessageId } = await provider.send({ ...mail, from: getEnv().DAAI_MAIL_FROM, to: delivery.toEmail, idempotencyKey: delivery.id });
    await finishDelivery(delivery, { status: "sent", provider: provider.name, providerMessageId, sentAt: new Date() });
  } catch (error) {
    await noteFailure(delivery, error);
    throw error;
  }
}

/** After the last try: the mail is given up, visibly. */
export async function giveUpEmail(deliveryId: string): Promise<void> {
  await getDb().emailDelivery.updateMany({ where: { id: deliveryId, status: "queued" }, data: { status: "dead", sealedToken: null } });
}

/** The token is needed no longer. */
export async function finishDelivery(delivery: EmailDelivery, data: Partial<EmailDelivery>): Promise<void> {
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
