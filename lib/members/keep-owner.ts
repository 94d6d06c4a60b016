import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { WHO_RAISES_LIMITS } from "@/lib/domain/access/limits";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { countDown, countUp, FOREVER } from "@/lib/limits/count-up";
import { limitsOfOwner } from "@/lib/limits/limits-of-owner";
import type { WorkspaceContext } from "@/lib/security/context";

/**
 * After `formerId` has stopped being an owner, under the lock of the members: refuses if nobody is left. If the workspace
 * counted as theirs, it now counts as that of the owner who has been a member for longest and has room for it, because limits
 * and unrouted approval mails go by it. The caller rolls back on a refusal.
 */
export async function keepOwner(ctx: WorkspaceContext, formerId: string): Promise<Refusal | null> {
  const { db, workspaceId } = ctx;
  const owners = await db.member.count({ where: { workspaceId, role: "owner", user: { disabledAt: null } } });
  if (owners === 0) return refuse("last_owner", "A workspace needs at least one owner. Make someone else an owner first.");
  if (await passOwnershipOn(ctx, formerId)) return null;
  return refuse(
    "workspace_limit",
    `The workspace counts toward this owner’s limits, and no other owner has room for one more. ${WHO_RAISES_LIMITS}`,
  );
}

/** Makes the workspace count as another owner's, if it counts as this one's. False: no other owner has room for it. */
export async function passOwnershipOn(ctx: WorkspaceContext, formerId: string): Promise<boolean> {
  const { db, workspaceId } = ctx;
  const { ownerId } = await db.workspace.findUniqueOrThrow({ where: { id: workspaceId } });
  if (ownerId !== formerId) return true;
  const others = await db.member.findMany({
    where: { workspaceId, role: "owner", userId: { not: formerId }, user: { disabledAt: null } },
    include: { user: true },
    orderBy: [{ createdAt: "asc" }, { userId: "asc" }],
  });
  for (const { user } of others) {
    if (!(await countUp(db, "active_workspaces", user.id, FOREVER, limitsOfOwner(user).limits.activeWorkspaces))) continue;
    await countDown(db, "active_workspaces", formerId, FOREVER);
    // The version makes every cached decision snapshot, which holds the owner's limits and address, be read again.
    await db.workspace.update({ where: { id: workspaceId }, data: { ownerId: user.id, configVersion: { increment: 1 } } });
    await recordAuditEvent(ctx, {
      verb: "workspace.owner_changed",
      subjectType: "workspace",
      subjectId: workspaceId,
      data: { before: formerId, after: user.id },
    });
    return true;
  }
  return false;
}
