import { v7 as uuidv7 } from "uuid";
import { getDb } from "@/lib/db/client";
import type { MailMessage } from "@/lib/email/mail-provider";

/** Keeps a message in the database instead of sending it. The same idempotency key again changes nothing. */
export async function storeMailboxMessage(message: MailMessage): Promise<{ id: string }> {
  const { idempotencyKey, from, to, subject, html, text } = message;
  await getDb().mailboxMessage.createMany({
    data: [{ id: uuidv7(), idempotencyKey, fromEmail: from, toEmail: to, subject, html, text }],
    skipDuplicates: true,
  });
  return getDb().mailboxMessage.findUniqueOrThrow({ where: { idempotencyKey }, select: { id: true } });
}
