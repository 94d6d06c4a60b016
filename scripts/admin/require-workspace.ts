import { operatorContext } from "@/lib/auth/contexts";
import { CommandError } from "./command-error";

/** The operator's context in a workspace that is there. */
export async function requireWorkspace(workspaceId: string) {
  const ctx = operatorContext(workspaceId);
  const count = await ctx.db.workspace.count({ where: { id: workspaceId, deletedAt: null } });
  if (count === 0) throw new CommandError("There is no such workspace.");
  return ctx;
}
