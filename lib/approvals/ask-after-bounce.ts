import { v7 as uuidv7 } from "uuid";
import { listOwnerEmails } from "@/lib/approvers/list-owner-emails";
import type { ApprovalRequest, EmailDelivery } from "@/lib/db/generated/client";
import { inTransaction } from "@/lib/db/transaction";
import { stagesOf } from "@/lib/domain/runs/approvals";
import { queueEmail } from "@/lib/notifications/queue-email";
import { type WorkspaceContext, withDb } from "@/lib/security/context";
import { askApprover } from "./ask-approver";
import { lockRequest } from "./lock-request";
import { listRouting } from "./routing-of";

/**
 * Asks the next approver of the routing after an email bounced, and informs the owners. Runs once per run and address, however many emails
 * bounce, and only while the run is pending. Where several approvals are needed, nobody is asked in place of someone who has
 * answered, or whose stage is over.
 */
export function askAfterBounce(ctx: WorkspaceContext, deliveryId: string): Promise<void> {
  return inTransaction(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    const bounced = await tx.emailDelivery.findFirst({ where: { id: deliveryId, workspaceId: ctx.workspaceId } });
    const request = bounced?.runId ? await lockRequest(inner, { runId: bounced.runId }) : null;
    if (!bounced || !request || (await isKnown(inner, bounced))) return;
    const owners = await listOwnerEmails(inner);
    if (stagesOf(request) === null || request.approverEmails.includes(bounced.toEmail)) await askNext(inner, request);
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

async function askNext(ctx: WorkspaceContext, { runId, approverEmails }: ApprovalRequest): Promise<void> {
  for (const email of await listRouting(ctx, runId)) {
    if (approverEmails.includes(email)) continue;
    if ((await askApprover(ctx, { runId, email, reason: "bounce" })).ok) return;
  }
}

/** Under the request's lock, so that only one of two simultaneous bounces is followed up. */
async function isKnown({ db, workspaceId }: WorkspaceContext, { runId, toEmail }: EmailDelivery): Promise<boolean> {
  return (await db.emailDelivery.count({ where: { workspaceId, aboutDelivery: { runId, toEmail } } })) > 0;
}
