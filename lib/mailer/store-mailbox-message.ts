import { v7 as uuidv7 } from "uuid";
import { type Db, inTransaction } from "@/lib/db/transaction";
import type { MailMessage } from "@/lib/email/mail-provider";
import { MailRefused } from "@/lib/email/mail-refused";
import { sealMailBody } from "@/lib/notifications/mailbox-body";
import type { SystemContext } from "@/lib/security/context";

/** Stores a message in the database, sealed, instead of sending it. Repeating the idempotency key changes nothing. */
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
 * An email may have been rendered before its run was erased. The lock waits for an erasure in progress, and makes a later one wait until
 * the email is stored and can be deleted.
 */
async function refuseErased(tx: Db, deliveryId: string): Promise<void> {
  const [run] = await tx.$queryRaw<{ is_erased: boolean }[]>`
    SELECT run.payload_text IS NULL AS is_erased FROM email_deliveries mail
    LEFT JOIN email_deliveries about ON about.id = mail.about_delivery_id
    JOIN action_runs run ON run.id = coalesce(mail.run_id, about.run_id)
    WHERE mail.id = ${deliveryId}::uuid FOR SHARE OF run`;
  if (run?.is_erased) throw new MailRefused("The run's personal data was erased.");
}
