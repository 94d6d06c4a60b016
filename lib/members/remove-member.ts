import { lockMembers } from "@/lib/approvers/lock-members";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction, rollBack } from "@/lib/db/transaction";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { checked } from "@/lib/domain/runs/checked-texts";
import { publishChange } from "@/lib/live/publish-change";
import { type MemberContext, type WorkspaceContext, withDb } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { endRights } from "./end-rights";
import { keepOwner } from "./keep-owner";
import { requireMemberChange } from "./require-member-change";

/**
 * Takes someone out of the workspace: with their next request it does not exist for them, and nobody asks them anything any more.
 * What they did stays recorded; what they made, keys and links to receipts, ends if `revokes` says so.
 */
export function removeMember(
  ctx: WorkspaceContext,
  userId: string,
  revokes: { revokesKeys?: boolean | undefined; revokesShares?: boolean | undefined; reassignTo?: string | undefined } = {},
): Promise<{ ok: true } | Refusal> {
  return inTransaction<{ ok: true } | Refusal>(ctx.db, async (tx) => {
    const inTx = withDb(ctx, tx);
    await requirePermission(inTx, "member.manage");
    await lockMembers(inTx);
    const member = await tx.member.findUnique({ where: { workspaceId_userId: { workspaceId: ctx.workspaceId, userId } } });
    if (!member) return refuse("not_found", "This person is no longer a member of the workspace.");
    await requireMemberChange(inTx, { from: checked(member).role, to: null });
    return takeOut(inTx, { userId, verb: "member.removed", revokes });
  });
}

/** Anyone may leave except the last owner. */
export function leaveWorkspace(ctx: MemberContext): Promise<{ ok: true } | Refusal> {
  return inTransaction<{ ok: true } | Refusal>(ctx.db, async (tx) => {
    const inTx = withDb(ctx, tx);
    await lockMembers(inTx);
    return takeOut(inTx, { userId: ctx.actor.userId, verb: "member.left", revokes: {} });
  });
}

async function takeOut(
  ctx: WorkspaceContext,
  {
    userId,
    verb,
    revokes,
  }: { userId: string; verb: "member.removed" | "member.left"; revokes: NonNullable<Parameters<typeof removeMember>[2]> },
): Promise<{ ok: true } | Refusal> {
  const { db, workspaceId } = ctx;
  const where = { workspaceId_userId: { workspaceId, userId } };
  const member = await db.member.findUnique({ where, include: { user: true } });
  if (!member) return refuse("not_found", "You’re no longer a member of this workspace.");
  await db.member.delete({ where });
  const refusal = member.role === "owner" ? await keepOwner(ctx, userId) : null;
  if (refusal) rollBack(refusal);
  const { email } = member.user;
  const ended = await endRights(ctx, { email, reason: "left", ...revokes });
  await recordAuditEvent(ctx, { verb, subjectType: "user", subjectId: userId, data: { email, role: member.role, ended: { ...ended } } });
  await publishChange(db, workspaceId, "members");
  return { ok: true };
}
