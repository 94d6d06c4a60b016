import { inTransaction } from "@/lib/db/transaction";
import { type WorkspaceContext, withDb } from "@/lib/security/context";
import { askApprover } from "./ask-approver";
import { askStandIns } from "./hand-over-request";
import { lockRequest } from "./lock-request";

/** Emails the person to whom a request was reassigned, unless it was decided or reassigned again meanwhile. Idempotent. */
export function askReassigned(ctx: WorkspaceContext, reassignmentId: string): Promise<void> {
  return inTransaction(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    const reassignment = await tx.reassignment.findFirst({ where: { id: reassignmentId, workspaceId: ctx.workspaceId } });
    if (!reassignment) return;
    const { runId, toEmail: email, createdAt } = reassignment;
    const request = await lockRequest(inner, { runId });
    if (!request?.approverEmails.includes(email)) return;
    const asked = { workspaceId: ctx.workspaceId, approvalRequestId: request.id, approverEmail: email, createdAt: { gte: createdAt } };
    if ((await tx.decisionLink.count({ where: asked })) > 0) return;
    await askApprover(inner, { runId, email, reason: "reassignment" });
    await askStandIns(inner, request, request.approverEmails);
  });
}
