import { expect } from "@playwright/test";
import { getDb } from "@/lib/db/client";
import type { MailboxMessage } from "@/lib/db/generated/client";
import { type MailBody, openMailBody } from "@/lib/notifications/mailbox-body";

/** The path of the first link in the newest mail to an address with that subject, once the console has written it. */
export async function mailedPath(toEmail: string, subject: RegExp): Promise<string> {
  let path = "";
  await expect
    .poll(
      async () => {
        const mails = await getDb().mailboxMessage.findMany({ where: { toEmail }, orderBy: { id: "desc" } });
        const mail = mails.find((mail) => subject.test(mail.subject));
        const [link] = (mail && openMailBody(mail).text.match(/https?:\/\/\S+/)) ?? [];
        path = link === undefined ? "" : new URL(link).pathname + new URL(link).search;
        return path;
      },
      { timeout: 30_000 },
    )
    .not.toBe("");
  return path;
}

/** The first mail about a run to an address, once the console has written it. */
export async function keptMail(runId: string, toEmail: string): Promise<MailboxMessage & MailBody> {
  const delivery = await getDb().emailDelivery.findFirstOrThrow({ where: { runId, toEmail }, orderBy: { id: "asc" } });
  let mail: MailboxMessage | null = null;
  await expect
    .poll(async () => (mail = await getDb().mailboxMessage.findUnique({ where: { idempotencyKey: delivery.id } })), {
      timeout: 60_000,
      intervals: [50, 100, 250],
    })
    .not.toBeNull();
  if (!mail) throw new Error(`No mail to ${toEmail}.`);
  return { ...(mail as MailboxMessage), ...openMailBody(mail) };
}

/** The token of an approver's link, from their email: the worker that sends it forgets the token at any moment. */
export async function mailedToken(runId: string, toEmail: string): Promise<string> {
  const { text } = await keptMail(runId, toEmail);
  const token = /\/decide\/([^\s/?]+)/.exec(text)?.[1];
  if (token === undefined) throw new Error(`The email to ${toEmail} has no link.`);
  return token;
}
