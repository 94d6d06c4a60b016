import type { SystemContext } from "@/lib/security/context";
import { openMailBody, sealMailBody } from "./mailbox-body";

const AT_A_TIME = 100;

/** Seals what the release before kept in plain text. What is done stays done. */
export async function sealKeptMails({ db }: SystemContext): Promise<void> {
  for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
    const plain = await db.mailboxMessage.findMany({
      where: { id: { gt: after }, sealedBody: null },
      orderBy: { id: "asc" },
      take: AT_A_TIME,
    });
    for (const message of plain) {
      // Not `update`: the run of a mail may be erased meanwhile, and the mail with it.
      await db.mailboxMessage.updateMany({
        where: { id: message.id, sealedBody: null },
        data: { sealedBody: sealMailBody(openMailBody(message)), html: null, text: null },
      });
    }
    const last = plain.at(-1);
    if (last === undefined) return;
    after = last.id;
  }
}
