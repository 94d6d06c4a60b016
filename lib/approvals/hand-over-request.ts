import type { ApprovalRequest } from "@/lib/db/generated/client";
import { inTransaction } from "@/lib/db/transaction";
import { type WorkspaceContext, withDb } from "@/lib/security/context";
import { askApprover } from "./ask-approver";
import { lockRequest } from "./lock-request";
import { findStandIns } from "./stand-ins";

/** Asks the stand-ins of approvers who are away, if the run is still pending. Idempotent. */
export function handOverRequest(ctx: WorkspaceContext, requestId: string): Promise<void> {
  return inTransaction(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    const request = await lockRequest(inner, { id: requestId });
    if (request) await askStandIns(inner, request, request.approverEmails);
  });
}

/**
 * The same inside a transaction that has locked the request, for everyone asked so far. The absent approver stays asked: the first decision
 * counts, and a stand-in's is their own. A stand-in who is away is replaced by theirs in turn.
 */
export async function askStandIns(ctx: WorkspaceContext, request: ApprovalRequest, approverEmails: readonly string[]): Promise<void> {
  const asked = new Set(approverEmails);
  let newcomers = [...asked];
  while (newcomers.length > 0) {
    const standIns = await findStandIns(ctx.db, ctx.workspaceId, newcomers);
    newcomers = [];
    for (const { email, until, colleague } of standIns) {
      if (asked.has(colleague)) continue;
      asked.add(colleague);
      newcomers.push(colleague);
      await askInPlaceOf(ctx, request, { email: colleague, reason: "delegation", standsInFor: { email, until } });
    }
  }
}

/** Asks an approver in their own name, or as a stand-in. */
export async function askInPlaceOf(
  ctx: WorkspaceContext,
  { runId }: ApprovalRequest,
  {
    email,
    reason,
    standsInFor,
  }: { email: string; reason: Parameters<typeof askApprover>[1]["reason"]; standsInFor: { email: string; until: Date } | null },
): Promise<boolean> {
  const outcome = await askApprover(ctx, { runId, email, reason });
  if (!outcome.ok) return false;
  if (standsInFor)
    await ctx.db.decisionLink.update({
      where: { id: outcome.asked.linkId },
      data: { standsInFor: standsInFor.email, standsInUntil: standsInFor.until },
    });
  return outcome.asked.isMailed;
}

/** For whom an approver was first asked, so that later emails mention it as well. */
export async function placeTakenBy(
  { db }: WorkspaceContext,
  { id, workspaceId }: ApprovalRequest,
  email: string,
): Promise<{ email: string; until: Date } | null> {
  const link = await db.decisionLink.findFirst({
    where: { workspaceId, approvalRequestId: id, approverEmail: email, standsInFor: { not: null } },
  });
  return link?.standsInFor && link.standsInUntil ? { email: link.standsInFor, until: link.standsInUntil } : null;
}
