import { v7 as uuidv7 } from "uuid";
import { lockMembers } from "@/lib/approvers/lock-members";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { databaseNow, inTransaction, rollBack } from "@/lib/db/transaction";
import { type Refusal, refuseField } from "@/lib/domain/refusals/refusal";
import { countAttempt } from "@/lib/limits/count-attempt";
import { publishChange } from "@/lib/live/publish-change";
import { hashAccountToken, makeAccountToken } from "@/lib/security/account-token";
import { type WorkspaceContext, withDb } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { actorName } from "./actor-name";
import { invitationExpiry, mailInvitation } from "./mail-invitation";
import { refuseClosedInvitation } from "./refuse-closed-invitation";
import { requireMemberChange } from "./require-member-change";
import type { InviteMember } from "./schema";

/**
 * Invites someone by mail. Who was invited already gets a new mail with a new link, and the role that is given now; the link
 * of the older mail ends.
 */
export function inviteMember(ctx: WorkspaceContext, { email, role }: InviteMember): Promise<{ ok: true; invitationId: string } | Refusal> {
  return inTransaction<{ ok: true; invitationId: string } | Refusal>(ctx.db, async (tx) => {
    const inTx = withDb(ctx, tx);
    await requirePermission(inTx, "member.manage");
    await lockMembers(inTx);
    await requireMemberChange(inTx, { from: null, to: role });
    const { workspaceId } = ctx;
    // Read before the members: who joins with it in between is one of them, or makes the write below find nothing.
    const open = await tx.invitation.findFirst({ where: { workspaceId, email, acceptedAt: null, revokedAt: null } });
    if (await tx.member.findFirst({ where: { workspaceId, user: { email } } })) return refuseEmail(`${email} is already a member.`);
    const counted = await countAttempt(tx, "invitation", { email, client: workspaceId });
    if (!counted.ok) return counted;

    const token = makeAccountToken();
    const now = await databaseNow(tx);
    const values = { role, tokenHash: hashAccountToken(token), invitedBy: actorName(inTx), expiresAt: invitationExpiry(now) };
    const id = open?.id ?? uuidv7();
    if (!open) await tx.invitation.create({ data: { id, workspaceId, email, createdAt: now, ...values } });
    else if ((await tx.invitation.updateMany({ where: { id, acceptedAt: null, revokedAt: null }, data: values })).count === 0)
      return rollBack(refuseClosedInvitation());
    await mailInvitation(inTx, { id, email, token });
    const verb = open ? "member.invitation_renewed" : "member.invited";
    await recordAuditEvent(inTx, {
      verb,
      subjectType: "invitation",
      subjectId: id,
      data: { email, role, ...(open && { role_before: open.role }) },
    });
    await publishChange(tx, workspaceId, "members");
    return { ok: true, invitationId: id };
  });
}

function refuseEmail(message: string): Refusal {
  return refuseField("email", message);
}
