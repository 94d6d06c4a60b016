import { v7 as uuidv7 } from "uuid";
import { listOwnerEmails } from "@/lib/approvers/list-owner-emails";
import type { EmailDelivery } from "@/lib/db/generated/client";
import { inTransaction } from "@/lib/db/transaction";
import { queueEmail } from "@/lib/notifications/queue-email";
import { type WorkspaceContext, withDb } from "@/lib/security/context";
import { askApprover } from "./ask-approver";
import { lockRequest } from "./lock-request";
import { listRouting } from "./routing-of";

/**
 * The mail to an approver came back: the next person of the routing is asked who has not been, and the owners are told. Once
 * for a run and an address, however many mails to it come back, and only while the run waits.
 */
export function askAfterBounce(ctx: WorkspaceContext, deliveryId: string): Promise<void> {
  return inTransaction(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    const bounced = await tx.emailDelivery.findFirst({ where: { id: deliveryId, workspaceId: ctx.workspaceId } });
    const request = bounced?.runId ? await lockRequest(inner, { runId: bounced.runId }) : null;
    if (!bounced || !request || (await isKnown(inner, bounced))) return;
    const owners = await listOwnerEmails(inner);
    const next = (await listRouting(inner, request.runId)).find((email) => !request.approverEmails.includes(email));
    if (next !== undefined) await askApprover(inner, { runId: request.runId, email: next, reason: "bounce" });
    for (const toEmail of owners) {
      await queueEmail(tx, {
        id: uuidv7(),
        workspaceId: ctx.workspaceId,
        kind: "bounce_notice",
        aboutDeliveryId: bounced.id,
        toEmail,
      });
    }
  });
}

/** Under the request's lock, so that of two mails that come back at once only one is followed up. */
async function isKnown({ db, workspaceId }: WorkspaceContext, { runId, toEmail }: EmailDelivery): Promise<boolean> {
  return (await db.emailDelivery.count({ where: { workspaceId, aboutDelivery: { runId, toEmail } } })) > 0;
}
