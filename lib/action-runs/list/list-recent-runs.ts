import { readRunClocks } from "@/lib/action-runs/status/run-clock-sql";
import { claimState, executionWord } from "@/lib/domain/runs/claim-state";
import type { ExecutionFilter } from "@/lib/domain/runs/run-search";
import type { OperatorContext } from "@/lib/security/context";

/** What an operator may see of a run: its existence and status. Its content belongs to the workspace. */
export interface RecentRun {
  id: string;
  actionName: string;
  /** null: no action of the name was registered. */
  actionTitle: string | null;
  governanceStatus: string;
  governanceReason: string;
  execution: ExecutionFilter;
  createdAt: Date;
  workspace: { name: string; clientName: string };
}

/** The newest runs of all workspaces. */
export async function listRecentRuns({ db }: OperatorContext, limit: number): Promise<RecentRun[]> {
  const runs = await db.actionRun.findMany({
    select: {
      ...{ id: true, actionName: true, actionTitle: true, governanceStatus: true, governanceReason: true, createdAt: true },
      ...{ executionStatus: true, claimExpiresAt: true, approvalValidUntil: true, action: { select: { autoReleasesClaims: true } } },
      workspace: { select: { name: true, clientName: true } },
    },
    orderBy: { id: "desc" },
    take: limit,
  });
  const clockOf = await readRunClocks(
    db,
    runs.map(({ id }) => id),
  );
  return runs.map(({ executionStatus, claimExpiresAt, approvalValidUntil, action, ...run }) => ({
    ...run,
    execution: executionWord(claimState({ executionStatus, claimExpiresAt, approvalValidUntil, action }, clockOf(run.id)), executionStatus),
  }));
}
