import { getDb } from "@/lib/db/client";
import type { EmailDelivery } from "@/lib/db/generated/client";
import { databaseNow, inTransaction } from "@/lib/db/transaction";
import type { MailProvider } from "@/lib/email/mail-provider";
import { MailDeferred, MailRefused } from "@/lib/email/mail-refused";
import { nextMailTry } from "@/lib/email/mail-retries";
import type { RenderedMail } from "@/lib/email/rendered-mail";
import { getEnv } from "@/lib/env";
import { followUpBounce } from "./follow-up-bounce";
import { scheduleEmail } from "./queue-email";

const ERROR_MAX_LENGTH = 500;

/**
 * Hands a rendered mail to the provider and records it. Safe to repeat: the provider gets the delivery's id as its idempotency
 * key, so that a crash between sending and recording does not mail twice. What fails is tried again by a job of its own, or
 * given up.
 */
export async function deliverEmail(provider: MailProvider, delivery: EmailDelivery, mail: RenderedMail): Promise<void> {
  let taken: { providerMessageId: string | null };
  try {
    taken = await provider.send({ ...mail, from: getEnv().DAAI_MAIL_FROM, to: delivery.toEmail, idempotencyKey: delivery.id });
  } catch (error) {
    return noteFailure(provider, delivery, error);
  }
  await finishDelivery(delivery, {
    status: "sent",
    provider: provider.name,
    ...taken,
    nextTryAt: null,
    sentAt: await databaseNow(getDb()),
  });
}

/** After the last try: the mail is given up, visibly. */
export async function giveUpEmail(deliveryId: string, lastError?: string): Promise<void> {
  await getDb().emailDelivery.updateMany({
    where: { id: deliveryId, status: "queued" },
    data: { status: "dead", sealedToken: null, nextTryAt: null, ...(lastError !== undefined && { lastError }) },
  });
}

/** The token is needed no longer. */
export async function finishDelivery(delivery: EmailDelivery, data: Partial<EmailDelivery>): Promise<void> {
  await getDb().emailDelivery.updateMany({
    where: { id: delivery.id, status: "queued" },
    data: { ...data, sealedToken: null, attempts: { increment: 1 } },
  });
}

/** The next try is written down with the failure, so that none is lost. */
async function noteFailure(provider: MailProvider, { id, kind, createdAt }: EmailDelivery, error: unknown): Promise<void> {
  await inTransaction(getDb(), async (tx) => {
    const lastError = error instanceof Error ? error.message.slice(0, ERROR_MAX_LENGTH) : "unknown error";
    const [mail] = await tx.emailDelivery.updateManyAndReturn({
      where: { id, status: "queued" },
      data: { lastError, provider: provider.name, attempts: { increment: 1 } },
      select: { attempts: true },
    });
    if (!mail) return;
    const retryAfterSeconds = error instanceof MailDeferred ? error.retryAfterSeconds : null;
    const next =
      error instanceof MailRefused
        ? null
        : nextMailTry({ attempts: mail.attempts, createdAt, now: await databaseNow(tx), retryAfterSeconds, jitter: Math.random() });
    if (next === null) {
      await tx.emailDelivery.updateMany({ where: { id }, data: { status: "dead", sealedToken: null, nextTryAt: null } });
      await followUpBounce(tx, { id, kind });
    } else {
      await tx.emailDelivery.updateMany({ where: { id }, data: { nextTryAt: next } });
      await scheduleEmail(tx, id, next);
    }
  });
}
