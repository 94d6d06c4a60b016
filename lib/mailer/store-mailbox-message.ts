import { v7 as uuidv7 } from "uuid";
import { type Db, inTransaction } from "@/lib/db/transaction";
import type { MailMessage } from "@/lib/email/mail-provider";
import { MailRefused } from "@/lib/email/mail-refused";
import { sealMailBody } from "@/lib/notifications/mailbox-body";
import type { SystemContext } from "@/lib/security/context";

/** Keeps a message in the database, sealed, instead of sending it. The same idempotency key again changes nothing. */
export function storeMailboxMessage({ db }: SystemContext, message: MailMessage): Promise<{ id: string }> {
  const { idempotencyKey, from, to, subject, html, text } = message;
  return inTransaction(db, async (tx) => {
    await refuseErased(tx, idempotencyKey);
    await tx.mailboxMessage.createMany({
      data: [{ id: uuidv7(), idempotencyKey, fromEmail: from, toEmail: to, subject, sealedBody: sealMailBody({ html, text }) }],
      skipDuplicates: true,
    });
    return tx.mailboxMessage.findUniqueOrThrow({ where: { idempotencyKey }, select: { id: true } });
  });
}

/**
 * A mail may have been written before its run was erased. The lock lets an erasure that is under way end first, and makes one
 * that comes now wait until the mail is there to be deleted.
 */
async function refuseErased(tx: Db, deliveryId: string): Promise<void> {
  const [run] = await tx.$queryRaw<{ is_erased: boolean }[]>`
    SELECT run.payload_text IS NULL AS is_erased FROM email_deliveries mail
    LEFT JOIN email_deliveries about ON about.id = mail.about_delivery_id
    JOIN action_runs run ON run.id = coalesce(mail.run_id, about.run_id)
    WHERE mail.id = ${deliveryId}::uuid FOR SHARE OF run`;
  if (run?.is_erased) throw new MailRefused("The run's personal data was erased.");
}
