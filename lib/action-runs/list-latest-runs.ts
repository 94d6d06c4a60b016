import { requirePermission } from "@/lib/auth/require-permission";
import type { WorkspaceContext } from "@/lib/context";
import { databaseNow } from "@/lib/db/transaction";
import type { ExecutionStatus } from "@/lib/domain/statuses";
import { inDoubt } from "./list-runs";
import type { ExecutionWord } from "@/lib/action-runs/list/schema";

export interface LatestRun {
  id: string;
  actionName: string;
  governanceStatus: string;
  governanceReason: string;
  execution: ExecutionWord;
  amount: { decimal: string; currency: string | null } | null;
  createdAt: Date;
}

/** The newest runs of the workspace, for a glance. */
export async function listLatestRuns(ctx: WorkspaceContext, limit: number): Promise<LatestRun[]> {
  await requirePermission(ctx, "run.read");
  const doubtful = inDoubt(await databaseNow(ctx.db));
  const runs = await ctx.db.actionRun.findMany({
    where: { workspaceId: ctx.workspaceId },
    select: {
      ...{ id: true, actionName: true, governanceStatus: true, governanceReason: true, amount: true, currency: true, createdAt: true },
      ...{ executionStatus: true, claimExpiresAt: true, action: { select: { autoReleasesClaims: true } } },
    },
    orderBy: { id: "desc" },
    take: limit,
  });
  return runs.map(({ amount, currency, executionStatus, claimExpiresAt, action, ...run }) => ({
    ...run,
    execution: doubtful.holds({ executionStatus, claimExpiresAt, action }) ? "in_doubt" : (executionStatus as ExecutionStatus),
    amount: amount === null ? null : { decimal: amount.toFixed(), currency },
  }));
}
