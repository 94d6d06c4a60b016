import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction } from "@/lib/db/transaction";
import { type OperatorContext, withDb } from "@/lib/security/context";
import { getMailboxMessage, type OpenedMail } from "./list-mailbox";

/**
 * Returns a kept email for the operator. It may contain someone's sign-in or decision link, so opening it is recorded in the audit log.
 * Null: no such email.
 */
export function openMailboxMessage(ctx: OperatorContext, id: string): Promise<OpenedMail | null> {
  return inTransaction(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    const mail = await getMailboxMessage(inner, id);
    if (mail && !(await wasJustOpened(inner, id))) {
      await recordAuditEvent(inner, {
        verb: "mailbox.opened",
        subjectType: "mailbox_message",
        subjectId: id,
        data: { to: mail.toEmail, subject: mail.subject },
      });
    }
    return mail;
  });
}

/** The page and the frame in it count as opened once. */
async function wasJustOpened({ actor, db }: OperatorContext, id: string): Promise<boolean> {
  const [row] = await db.$queryRaw<{ found: boolean }[]>`
    SELECT EXISTS (SELECT FROM audit_events WHERE verb = 'mailbox.opened' AND subject_id = ${id}
      AND actor_id IS NOT DISTINCT FROM ${actor.email} AND created_at > statement_timestamp() - interval '1 minute') AS found`;
  return row?.found ?? false;
}
