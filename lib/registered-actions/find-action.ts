import { isActionName } from "@/lib/domain/policy/action-names";
import type { WorkspaceContext } from "@/lib/security/context";
import { type ActionWithPolicy, getAction } from "./list-actions";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** An action by what its page's address holds: its name, or its id, which is no name. Anything else finds nothing. */
export async function findAction(ctx: WorkspaceContext, nameOrId: string): Promise<ActionWithPolicy | null> {
  if (isActionName(nameOrId)) return getAction(ctx, nameOrId);
  if (!UUID.test(nameOrId)) return null;
  const found = await ctx.db.registeredAction.findFirst({ where: { workspaceId: ctx.workspaceId, id: nameOrId }, select: { name: true } });
  return found && getAction(ctx, found.name);
}
