import { endLostGrants } from "@/lib/approvers/end-lost-grants";
import { lockMembers } from "@/lib/approvers/lock-members";
import { notNamed } from "@/lib/approvers/not-named";
import { withdrawApprover } from "@/lib/approvers/withdraw-approver";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction, rollBack } from "@/lib/db/transaction";
import { losesDecisions } from "@/lib/domain/access/permissions";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { checked } from "@/lib/domain/runs/checked-texts";
import { publishChange } from "@/lib/live/publish-change";
import { type WorkspaceContext, withDb } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { keepOwner } from "./keep-owner";
import { requireMemberChange } from "./require-member-change";
import type { ChangeRole } from "./schema";

/**
 * Changes a member's role, from their next request on. If the new role can't decide, the requests they got for the old one end, because
 * their links don't ask for a role.
 */
export function changeRole(ctx: WorkspaceContext, { userId, role }: ChangeRole): Promise<{ ok: true } | Refusal> {
  return inTransaction<{ ok: true } | Refusal>(ctx.db, async (tx) => {
    const inTx = withDb(ctx, tx);
    await requirePermission(inTx, "member.manage");
    await lockMembers(inTx);
    const { workspaceId } = ctx;
    const member = await tx.member.findUnique({ where: { workspaceId_userId: { workspaceId, userId } }, include: { user: true } });
    if (!member) return refuse("not_found", "This person is no longer a member of the workspace.");
    const before = checked(member).role;
    await requireMemberChange(inTx, { from: before, to: role });
    if (before === role) return { ok: true };
    await tx.member.update({ where: { workspaceId_userId: { workspaceId, userId } }, data: { role } });
    const refusal = before === "owner" ? await keepOwner(inTx, userId) : null;
    if (refusal) rollBack(refusal);
    const { email } = member.user;
    const runs = losesDecisions(before, role) ? await withdrawApprover(inTx, { email, reason: "replaced", of: notNamed(email) }) : 0;
    await endLostGrants(inTx);
    await recordAuditEvent(inTx, {
      verb: "member.role_changed",
      subjectType: "user",
      subjectId: userId,
      data: { email, before, after: role, ...(runs > 0 && { ended: { runs } }) },
    });
    await publishChange(tx, workspaceId, "members");
    return { ok: true };
  });
}
