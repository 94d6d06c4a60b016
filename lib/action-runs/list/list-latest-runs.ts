import { readRunClocks } from "@/lib/action-runs/status/run-clock-sql";
import { claimState, executionWord } from "@/lib/domain/runs/claim-state";
import type { ExecutionFilter } from "@/lib/domain/runs/run-search";
import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";

export interface LatestRun {
  id: string;
  actionName: string;
  governanceStatus: string;
  governanceReason: string;
  execution: ExecutionFilter;
  amount: { decimal: string; currency: string | null } | null;
  createdAt: Date;
}

/** Lists the newest runs of the workspace for an overview. */
export async function listLatestRuns(ctx: WorkspaceContext, limit: number): Promise<LatestRun[]> {
  await requirePermission(ctx, "run.read");
  const runs = await ctx.db.actionRun.findMany({
    where: { workspaceId: ctx.workspaceId },
    select: {
      ...{ id: true, actionName: true, governanceStatus: true, governanceReason: true, amount: true, currency: true, createdAt: true },
      ...{ executionStatus: true, claimExpiresAt: true, approvalValidUntil: true, action: { select: { autoReleasesClaims: true } } },
    },
    orderBy: { id: "desc" },
    take: limit,
  });
  const clockOf = await readRunClocks(
    ctx.db,
    runs.map(({ id }) => id),
  );
  return runs.map(({ amount, currency, executionStatus, claimExpiresAt, approvalValidUntil, action, ...run }) => ({
    ...run,
    execution: executionWord(claimState({ executionStatus, claimExpiresAt, approvalValidUntil, action }, clockOf(run.id)), executionStatus),
    amount: amount === null ? null : { decimal: amount.toFixed(), currency },
  }));
}
