import type { WorkspaceContext } from "@/lib/context";
import { checked } from "@/lib/domain/checked-texts";
import { isPermitted, type Permission } from "@/lib/domain/permissions";
import { NotPermitted } from "./not-permitted";

/**
 * The first line of every query and command that a person can reach: reads the person's role in the workspace anew, through
 * the caller's transaction. Operators at the command line and the console's own worker may do everything; a key or a
 * decision link has its own commands and no role. Throws NotPermitted.
 */
export async function requirePermission(ctx: WorkspaceContext, permission: Permission): Promise<void> {
  const { actor, workspaceId, db } = ctx;
  if (actor.type === "operator" || actor.type === "system") return;
  if (actor.type !== "user") throw new NotPermitted(permission);
  const member = await db.member.findFirst({ where: { workspaceId, userId: actor.userId, workspace: { deletedAt: null } } });
  if (!member || !isPermitted(checked(member).role, permission)) throw new NotPermitted(permission);
}
