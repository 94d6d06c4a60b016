import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";

/** The names of all actions of the workspace, inactive ones too: for filters. */
export async function listActionNames(ctx: WorkspaceContext): Promise<string[]> {
  await requirePermission(ctx, "run.read");
  const actions = await ctx.db.registeredAction.findMany({
    where: { workspaceId: ctx.workspaceId },
    select: { name: true },
    orderBy: { name: "asc" },
  });
  return actions.map(({ name }) => name);
}
