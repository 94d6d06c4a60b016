import { requirePermission } from "@/lib/auth/require-permission";
import type { WorkspaceContext } from "@/lib/context";

export interface LatestRun {
  id: string;
  actionName: string;
  governanceStatus: string;
  governanceReason: string;
  executionStatus: string;
  amount: { decimal: string; currency: string | null } | null;
  createdAt: Date;
}

/** The newest runs of the workspace, for a glance. */
export async function listLatestRuns(ctx: WorkspaceContext, limit: number): Promise<LatestRun[]> {
  await requirePermission(ctx, "run.read");
  const runs = await ctx.db.actionRun.findMany({
    where: { workspaceId: ctx.workspaceId },
    select: { id: true, actionName: true, governanceStatus: true, governanceReason: true, executionStatus: true, amount: true, currency: true, createdAt: true },
    orderBy: { id: "desc" },
    take: limit,
  });
  return runs.map(({ amount, currency, ...run }) => ({ ...run, amount: amount === null ? null : { decimal: amount.toFixed(), currency } }));
}
