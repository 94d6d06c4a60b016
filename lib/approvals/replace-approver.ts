import { inTransaction } from "@/lib/db/transaction";
import { stagesOf } from "@/lib/domain/runs/approvals";
import { type WorkspaceContext, withDb } from "@/lib/security/context";
import { askApprover } from "./ask-approver";
import { publishVote } from "./cast-vote";
import { askStandIns } from "./hand-over-request";
import { lockRequest } from "./lock-request";
import { listFirstAsked } from "./routing-of";
import { settleStage } from "./settle-stage";

/**
 * Asks the next approver after one's link was revoked: the first of the action's current routing who was not asked yet. The list ends
 * with the workspace's owners, so someone can always decide. Where several approvals are needed, the withdrawn one's vote is gone as well.
 * Idempotent.
 */
export function replaceApprover(ctx: WorkspaceContext, requestId: string): Promise<void> {
  return inTransaction(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    const request = await lockRequest(inner, { id: requestId });
    if (!request) return;
    if (stagesOf(request)) {
      await settleStage(inner, request, { asksNewcomers: true });
      return publishVote(inner, request.runId);
    }
    const newcomers = (await listFirstAsked(inner, request.runId)).filter((email) => !request.approverEmails.includes(email));
    for (const email of newcomers) await askApprover(inner, { runId: request.runId, email, reason: "replacement" });
    await askStandIns(inner, request, [...request.approverEmails, ...newcomers]);
  });
}
