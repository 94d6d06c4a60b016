import { validate as isUuid } from "uuid";
import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";

/** Whether the workspace has such a run. The id comes from a URL, so it may be anything. */
export async function isRun(ctx: WorkspaceContext, runId: string): Promise<boolean> {
  await requirePermission(ctx, "run.read");
  return isUuid(runId) && (await ctx.db.actionRun.count({ where: { id: runId, workspaceId: ctx.workspaceId } })) > 0;
}
