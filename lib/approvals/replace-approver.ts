import { inTransaction } from "@/lib/db/transaction";
import { type WorkspaceContext, withDb } from "@/lib/security/context";
import { askApprover } from "./ask-approver";
import { askStandIns } from "./hand-over-request";
import { lockRequest } from "./lock-request";
import { listFirstAsked } from "./routing-of";

/**
 * After somebody's link was taken back: whoever is asked first about runs of this action today, and was not asked about this one,
 * is asked now. In the end that is the workspace's owner, so that somebody always can answer. Asked again, it changes nothing.
 */
export function replaceApprover(ctx: WorkspaceContext, requestId: string): Promise<void> {
  return inTransaction(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    const request = await lockRequest(inner, { id: requestId });
    if (!request) return;
    const newcomers = (await listFirstAsked(inner, request.runId)).filter((email) => !request.approverEmails.includes(email));
    for (const email of newcomers) await askApprover(inner, { runId: request.runId, email, reason: "replacement" });
    await askStandIns(inner, request, [...request.approverEmails, ...newcomers]);
  });
}
