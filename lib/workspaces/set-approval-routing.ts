import { isDeepStrictEqual } from "node:util";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { requirePermission } from "@/lib/auth/require-permission";
import { withDb, type WorkspaceContext } from "@/lib/context";
import { inTransaction } from "@/lib/db/transaction";
import type { Refusal } from "@/lib/domain/refusal";
import { announceChange } from "@/lib/live/announce-change";
import { lockWorkspace, refuseUnknownWorkspace } from "./lock-workspace";
import { approvalRoutingSchema, type ApprovalRouting } from "./schema";

/**
 * Who is asked, and for how long, about the runs of actions that do not say so themselves. It holds from the next run on:
 * cached snapshots are made stale with it. Runs that wait already keep their approvers and their time.
 */
export function setApprovalRouting(ctx: WorkspaceContext, input: ApprovalRouting): Promise<{ ok: true } | Refusal> {
  const { approverEmails, approvalWindowMinutes } = approvalRoutingSchema.parse(input);
  return inTransaction(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    await requirePermission(inner, "workspace.manage");
    const workspace = await lockWorkspace(inner);
    if (!workspace) return refuseUnknownWorkspace();
    const before = { approver_emails: workspace.approver_emails, approval_window_minutes: workspace.approval_window_minutes };
    const after = { approver_emails: approverEmails, approval_window_minutes: approvalWindowMinutes };
    if (isDeepStrictEqual(before, after)) return { ok: true };
    await tx.workspace.update({
      where: { id: ctx.workspaceId },
      data: { approverEmails, approvalWindowMinutes, configVersion: { increment: 1 } },
    });
    await recordAuditEvent(inner, {
      verb: "workspace.routing_changed",
      subjectType: "workspace",
      subjectId: ctx.workspaceId,
      data: { before, after },
    });
    await announceChange(tx, ctx.workspaceId, "workspace");
    return { ok: true };
  });
}
