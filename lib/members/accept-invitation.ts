import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { type Db, databaseNow, inTransaction, rollBack } from "@/lib/db/transaction";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { publishChange } from "@/lib/live/publish-change";
import { hashAccountToken } from "@/lib/security/account-token";
import { type UserContext, withDb } from "@/lib/security/context";
import { refuseMailLink } from "@/lib/users/refuse-mail-link";

export interface Joined {
  ok: true;
  workspaceId: string;
}

/** Joins the workspace with an emailed link, only as the person it was sent to. Works once, also when two windows submit it. */
export function acceptInvitation(ctx: UserContext, token: string): Promise<Joined | Refusal> {
  return inTransaction<Joined | Refusal>(ctx.db, (tx) => acceptInTransaction(withDb(ctx, tx), token));
}

/** The same, inside an open transaction. */
export async function acceptInTransaction(ctx: UserContext, token: string): Promise<Joined | Refusal> {
  const tokenHash = hashAccountToken(token);
  const {
    actor: { email, userId },
    db: tx,
  } = ctx;
  const now = await databaseNow(tx);
  const { count } = await tx.invitation.updateMany({
    where: { tokenHash, email, acceptedAt: null, revokedAt: null, expiresAt: { gt: now }, workspace: { deletedAt: null } },
    data: { acceptedAt: now },
  });
  if (count === 0) return refuseLink(tx, tokenHash, email);
  const { id, workspaceId, role } = await tx.invitation.findUniqueOrThrow({ where: { tokenHash } });
  const joined = await tx.member.createMany({ data: [{ workspaceId, userId, role }], skipDuplicates: true });
  if (joined.count === 0) rollBack(refuse("validation_failed", "You’re already a member of this workspace."));
  await recordAuditEvent(
    { ...ctx, workspaceId },
    { verb: "member.joined", subjectType: "user", subjectId: userId, data: { email, role, invitation_id: id } },
  );
  await publishChange(tx, workspaceId, "members");
  // Their own open pages are not subscribed to the workspace yet.
  await publishChange(tx, email, "workspace");
  return { ok: true, workspaceId };
}

async function refuseLink(db: Db, tokenHash: Uint8Array<ArrayBuffer>, email: string): Promise<Refusal> {
  const found = await db.invitation.findUnique({ where: { tokenHash } });
  if (!found || found.email === email) return refuseMailLink();
  return refuse("not_permitted", "This invitation was sent to another address. Sign in with that one.");
}
