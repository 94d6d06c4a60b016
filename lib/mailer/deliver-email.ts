import type { EmailDelivery } from "@/lib/db/generated/client";
import { type Db, databaseNow, inTransaction } from "@/lib/db/transaction";
import { type DeliveryStatus, MAILBOX, type NotSentReason } from "@/lib/domain/runs/delivery-state";
import type { MailMessage, MailProvider } from "@/lib/email/mail-provider";
import { MailDeferred, MailRefused } from "@/lib/email/mail-refused";
import { nextMailTry } from "@/lib/email/mail-retries";
import type { RenderedMail } from "@/lib/email/rendered-mail";
import { getEnv } from "@/lib/env";
import { monthStart } from "@/lib/limits/rate-limits";
import { getMetrics } from "@/lib/metrics/metrics";
import { followUpBounce } from "@/lib/notifications/follow-up-bounce";
import { scheduleEmail } from "@/lib/notifications/queue-email";
import type { SystemContext } from "@/lib/security/context";
import { countStrangerMail } from "./count-stranger-mail";

const ERROR_MAX_LENGTH = 500;

/**
 * Hands a rendered email to the provider and records the result. Idempotent: the delivery's id is the provider's idempotency key, so a
 * crash between sending and recording doesn't send twice. A failure is retried by its own job, or is final.
 */
export async function deliverEmail(
  ctx: SystemContext,
  provider: MailProvider,
  delivery: EmailDelivery,
  mail: RenderedMail & Pick<MailMessage, "thread">,
): Promise<void> {
  let taken: { providerMessageId: string | null };
  let uncount = () => Promise.resolve();
  try {
    // An email that is stored in the mailbox isn't sent.
    if (provider.name !== MAILBOX) uncount = await countStrangerMail(ctx.db, delivery.toEmail);
    taken = await provider.send({ ...mail, from: getEnv().DAAI_MAIL_FROM, to: delivery.toEmail, idempotencyKey: delivery.id });
  } catch (error) {
    await uncount();
    const result = await noteFailure(ctx, provider, delivery, error);
    return getMetrics()?.emails.inc({ provider: provider.name, result });
  }
  await inTransaction(ctx.db, async (tx) => {
    const sent = { provider: provider.name, ...taken, nextTryAt: null, sentAt: await databaseNow(tx) };
    const isFirst = await finish(tx, delivery, { status: "sent", ...sent });
    if (isFirst && provider.name === MAILBOX) await giveBackCount(tx, delivery);
  });
  getMetrics()?.emails.inc({ provider: provider.name, result: "sent" });
}

/** Marks the email as failed after the last retry, so the run shows it. */
export async function markEmailFailed({ db }: SystemContext, deliveryId: string, lastError?: string): Promise<void> {
  await db.emailDelivery.updateMany({
    where: { id: deliveryId, status: "queued" },
    data: { status: "dead", sealedToken: null, nextTryAt: null, ...(lastError !== undefined && { lastError }) },
  });
}

/** Marks an email that was no longer needed when its turn came. */
export async function skipDelivery({ db }: SystemContext, delivery: EmailDelivery, notSentReason: NotSentReason): Promise<void> {
  await finish(db, delivery, { status: "not_sent", notSentReason });
}

/** Deletes the token, which is no longer needed. Returns false if the delivery was already finished. */
async function finish(db: Db, { id }: EmailDelivery, data: Partial<EmailDelivery> & { status: DeliveryStatus }): Promise<boolean> {
  const { count } = await db.emailDelivery.updateMany({
    where: { id, status: "queued" },
    data: { ...data, sealedToken: null, attempts: { increment: 1 } },
  });
  return count === 1;
}

/** An email stored in the console's mailbox doesn't count toward the monthly limit; it was counted when it was queued. */
async function giveBackCount(db: Db, { kind, workspaceId, createdAt }: EmailDelivery): Promise<void> {
  if (kind !== "approval_request" || workspaceId === null) return;
  const { ownerId } = await db.workspace.findUniqueOrThrow({ where: { id: workspaceId }, select: { ownerId: true } });
  await db.usageCounter.updateMany({
    where: { scope: "emails_per_month", subject: ownerId, periodStart: monthStart(createdAt), count: { gt: 0 } },
    data: { count: { decrement: 1 } },
  });
}

/** Records the next try together with the failure, so that none is lost. "dead" when there is no next one. */
async function noteFailure(
  { db }: SystemContext,
  provider: MailProvider,
  { id, kind, createdAt }: EmailDelivery,
  error: unknown,
): Promise<"failed" | "dead"> {
  return inTransaction(db, async (tx) => {
    const lastError = error instanceof Error ? error.message.slice(0, ERROR_MAX_LENGTH) : "unknown error";
    const [mail] = await tx.emailDelivery.updateManyAndReturn({
      where: { id, status: "queued" },
      data: { lastError, provider: provider.name, attempts: { increment: 1 } },
      select: { attempts: true },
    });
    if (!mail) return "failed";
    const retryAfterSeconds = error instanceof MailDeferred ? error.retryAfterSeconds : null;
    const next =
      error instanceof MailRefused
        ? null
        : nextMailTry({ attempts: mail.attempts, createdAt, now: await databaseNow(tx), retryAfterSeconds, jitter: Math.random() });
    if (next === null) {
      await tx.emailDelivery.updateMany({ where: { id }, data: { status: "dead", sealedToken: null, nextTryAt: null } });
      await followUpBounce(tx, { id, kind });
      return "dead";
    }
    await tx.emailDelivery.updateMany({ where: { id }, data: { nextTryAt: next } });
    await scheduleEmail(tx, id, next);
    return "failed";
  });
}
