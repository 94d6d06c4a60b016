import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { databaseNow, inTransaction } from "@/lib/db/transaction";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import { publishChange } from "@/lib/live/publish-change";
import { type WorkspaceContext, withDb } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { refuseClosedInvitation } from "./refuse-closed-invitation";

/** Revokes an invitation, so that its link stops working. */
export function revokeInvitation(ctx: WorkspaceContext, id: string): Promise<{ ok: true; email: string } | Refusal> {
  return inTransaction<{ ok: true; email: string } | Refusal>(ctx.db, async (tx) => {
    const inTx = withDb(ctx, tx);
    await requirePermission(inTx, "member.manage");
    const { workspaceId } = ctx;
    const { count } = await tx.invitation.updateMany({
      where: { id, workspaceId, acceptedAt: null, revokedAt: null },
      data: { revokedAt: await databaseNow(tx) },
    });
    if (count === 0) return refuseClosedInvitation();
    const { email, role } = await tx.invitation.findUniqueOrThrow({ where: { id } });
    await recordAuditEvent(inTx, { verb: "member.invitation_revoked", subjectType: "invitation", subjectId: id, data: { email, role } });
    await publishChange(tx, workspaceId, "members");
    return { ok: true, email };
  });
}
