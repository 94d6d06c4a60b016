import { operatorContext } from "@/lib/auth/contexts";
import { CommandError } from "./command-error";

/** The operator's context in an existing workspace, on behalf of this person, if any. */
export async function requireWorkspace(workspaceId: string, email: string | null = null) {
  const ctx = operatorContext(workspaceId, email);
  const count = await ctx.db.workspace.count({ where: { id: workspaceId, deletedAt: null } });
  if (count === 0) throw new CommandError("No such workspace.");
  return ctx;
}
