import { type MemberChange, mayChangeMember } from "@/lib/domain/access/permissions";
import { checked } from "@/lib/domain/runs/checked-texts";
import type { WorkspaceContext } from "@/lib/security/context";
import { NotPermitted } from "@/lib/security/not-permitted";

/**
 * Holds every other change of the workspace's members back until the caller's transaction ends, so that what is read after it
 * stays true: who may do this, and who is an owner. Runs and their foreign keys are not held up by it.
 */
export async function lockMembers({ db, workspaceId }: WorkspaceContext): Promise<void> {
  await db.$executeRaw`SELECT id FROM workspaces WHERE id = ${workspaceId}::uuid FOR NO KEY UPDATE`;
}

/** Throws NotPermitted unless the actor's role, read again, allows this change of a member. Call it under the lock. */
export async function requireMemberChange({ actor, db, workspaceId }: WorkspaceContext, change: MemberChange): Promise<void> {
  if (actor.type === "operator" || actor.type === "system") return;
  if (actor.type !== "user") throw new NotPermitted("member.manage");
  const by = await db.member.findFirst({ where: { workspaceId, userId: actor.userId, workspace: { deletedAt: null } } });
  if (!by || !mayChangeMember(checked(by).role, change)) throw new NotPermitted("member.manage");
}
