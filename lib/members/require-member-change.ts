import { type MemberChange, mayChangeMember } from "@/lib/domain/access/permissions";
import { checked } from "@/lib/domain/runs/checked-texts";
import type { WorkspaceContext } from "@/lib/security/context";
import { NotPermitted } from "@/lib/security/not-permitted";

/** Throws NotPermitted unless the actor's role, read again, allows this change of a member. Call it under the lock. */
export async function requireMemberChange({ actor, db, workspaceId }: WorkspaceContext, change: MemberChange): Promise<void> {
  if (actor.type === "operator" || actor.type === "system") return;
  if (actor.type !== "user") throw new NotPermitted("member.manage");
  const by = await db.member.findFirst({ where: { workspaceId, userId: actor.userId, workspace: { deletedAt: null } } });
  if (!by || !mayChangeMember(checked(by).role, change)) throw new NotPermitted("member.manage");
}
