import { expect } from "@playwright/test";
import { getDb } from "@/lib/db/client";

/** The path of the first link in the newest mail to an address with that subject, once the console has written it. */
export async function mailedPath(toEmail: string, subject: RegExp): Promise<string> {
  let path = "";
  await expect
    .poll(async () => {
      const mails = await getDb().mailboxMessage.findMany({ where: { toEmail }, orderBy: { id: "desc" } });
      const [link] = mails.find((mail) => subject.test(mail.subject))?.text.match(/https?:\/\/\S+/) ?? [];
      path = link === undefined ? "" : new URL(link).pathname + new URL(link).search;
      return path;
    }, { timeout: 30_000 })
    .not.toBe("");
  return path;
}
