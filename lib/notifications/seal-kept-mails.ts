import type { SystemContext } from "@/lib/security/context";
import { openMailBody, sealMailBody } from "./mailbox-body";

const AT_A_TIME = 100;

/** Encrypts what an earlier release stored in plain text. Safe to interrupt and repeat. */
export async function sealKeptMails({ db }: SystemContext): Promise<void> {
  for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
    const plain = await db.mailboxMessage.findMany({
      where: { id: { gt: after }, sealedBody: null },
      orderBy: { id: "asc" },
      take: AT_A_TIME,
    });
    for (const message of plain) {
      // Not `update`, which throws if the run and its email are erased concurrently.
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
