import { lockMembers } from "@/lib/approvers/lock-members";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { databaseNow, inTransaction, rollBack } from "@/lib/db/transaction";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import { countAttempt } from "@/lib/limits/count-attempt";
import { publishChange } from "@/lib/live/publish-change";
import { hashAccountToken, makeAccountToken } from "@/lib/security/account-token";
import { type WorkspaceContext, withDb } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { invitationExpiry, mailInvitation } from "./mail-invitation";
import { refuseClosedInvitation } from "./refuse-closed-invitation";

/** Emails an open or expired invitation again, with a new link and a new expiry. The older link stops working. */
export function renewInvitation(ctx: WorkspaceContext, id: string): Promise<{ ok: true; email: string } | Refusal> {
  return inTransaction<{ ok: true; email: string } | Refusal>(ctx.db, async (tx) => {
    const inTx = withDb(ctx, tx);
    await requirePermission(inTx, "member.manage");
    await lockMembers(inTx);
    const { workspaceId } = ctx;
    const open = await tx.invitation.findFirst({ where: { id, workspaceId, acceptedAt: null, revokedAt: null } });
    if (!open) return refuseClosedInvitation();
    const { email, role } = open;
    const counted = await countAttempt(tx, "invitation", { email, client: workspaceId });
    if (!counted.ok) return counted;
    const token = makeAccountToken();
    const { count } = await tx.invitation.updateMany({
      where: { id, acceptedAt: null, revokedAt: null },
      data: { tokenHash: hashAccountToken(token), expiresAt: invitationExpiry(await databaseNow(tx)) },
    });
    // It was accepted or revoked concurrently.
    if (count === 0) return rollBack(refuseClosedInvitation());
    await mailInvitation(inTx, { id, email, token });
    await recordAuditEvent(inTx, { verb: "member.invitation_renewed", subjectType: "invitation", subjectId: id, data: { email, role } });
    await publishChange(tx, workspaceId, "members");
    return { ok: true, email };
  });
}
