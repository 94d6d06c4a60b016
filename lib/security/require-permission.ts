import { Prisma } from "@/lib/db/generated/client";
import { scopesPermit } from "@/lib/domain/access/management-scopes";
import { isPermitted, type Permission } from "@/lib/domain/access/permissions";
import { checked } from "@/lib/domain/runs/checked-texts";
import type { WorkspaceContext } from "./context";
import { findManagementKey } from "./find-management-key";
import { NotPermitted } from "./not-permitted";

/**
 * The first line of every query and command that a person can reach: reads the person's role in the workspace again, through
 * the caller's transaction, or a management key's scopes. Operators at the command line and the console's own worker may do everything; an app's key or a
 * decision link has its own commands and no role. Throws NotPermitted.
 */
export async function requirePermission(ctx: WorkspaceContext, permission: Permission): Promise<void> {
  if (!(await hasPermission(ctx, permission))) throw new NotPermitted(permission);
}

/** The same as a boolean, for parts of a command that need another permission. */
export async function hasPermission({ actor, workspaceId, db }: WorkspaceContext, permission: Permission): Promise<boolean> {
  if (actor.type === "operator" || actor.type === "system") return true;
  if (actor.type === "management_key") {
    const key = await findManagementKey(db, Prisma.sql`k.id = ${actor.managementKeyId}::uuid AND k.workspace_id = ${workspaceId}::uuid`);
    return key !== null && scopesPermit(key.scopes, permission);
  }
  if (actor.type !== "user") return false;
  const member = await db.member.findFirst({ where: { workspaceId, userId: actor.userId, workspace: { deletedAt: null } } });
  return member !== null && isPermitted(checked(member).role, permission);
}
