import { type DroppedApprover, listDroppedApprovers } from "@/lib/approvers/dropped-approvers";
import { notNamed } from "@/lib/approvers/not-named";
import { losesDecisions } from "@/lib/domain/access/permissions";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { checked } from "@/lib/domain/runs/checked-texts";
import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import type { ChangeRole } from "./schema";

/** Returns what giving this role would end: their pending requests, and who is asked instead. */
export async function getRoleEndings(
  ctx: WorkspaceContext,
  { userId, role }: ChangeRole,
): Promise<{ ok: true; dropped: DroppedApprover[] } | Refusal> {
  await requirePermission(ctx, "member.manage");
  const where = { workspaceId_userId: { workspaceId: ctx.workspaceId, userId } };
  const member = await ctx.db.member.findUnique({ where, include: { user: true } });
  if (!member) return refuse("not_found", "This person is no longer a member of the workspace.");
  const emails = losesDecisions(checked(member).role, role) ? [member.user.email] : [];
  return { ok: true, dropped: await listDroppedApprovers(ctx, emails, notNamed) };
}
