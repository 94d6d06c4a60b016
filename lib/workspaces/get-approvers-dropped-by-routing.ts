import { type DroppedApprover, droppedApprovers, listDroppedApprovers } from "@/lib/approvers/dropped-approvers";
import { notNamedByAction } from "@/lib/approvers/not-named";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import type { MemberContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { refuseUnknownWorkspace } from "./lock-workspace";

/** Returns what saving these lists of the workspace would end: the dropped approvers with pending requests, and who is asked instead. */
export async function getApproversDroppedByRouting(
  ctx: MemberContext,
  after: { approverEmails: string[]; escalationEmails: string[] },
): Promise<{ ok: true; dropped: DroppedApprover[] } | Refusal> {
  await requirePermission(ctx, "workspace.manage");
  const workspace = await ctx.db.workspace.findFirst({
    where: { id: ctx.workspaceId, deletedAt: null },
    select: { approverEmails: true, escalationEmails: true },
  });
  if (!workspace) return refuseUnknownWorkspace();
  const emails = droppedApprovers(workspace, after);
  return { ok: true, dropped: await listDroppedApprovers(ctx, emails, notNamedByAction, { general: after.approverEmails }) };
}
