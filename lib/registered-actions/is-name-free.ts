import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";

/** For telling early: what decides is the unique index, when the action is registered. */
export async function isNameFree(ctx: WorkspaceContext, name: string): Promise<boolean> {
  await requirePermission(ctx, "action.read");
  return (await ctx.db.registeredAction.count({ where: { workspaceId: ctx.workspaceId, name } })) === 0;
}
