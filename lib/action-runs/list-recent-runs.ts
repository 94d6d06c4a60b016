import type { OperatorContext } from "@/lib/context";

/** What the operator may know of a run: that it was, and where it stands. What was proposed is the workspace's business. */
export interface RecentRun {
  id: string;
  actionName: string;
  governanceStatus: string;
  governanceReason: string;
  executionStatus: string;
  createdAt: Date;
  workspace: { name: string; clientName: string };
}

/** The newest runs of all workspaces. */
export function listRecentRuns({ db }: OperatorContext, limit: number): Promise<RecentRun[]> {
  return db.actionRun.findMany({
    select: {
      id: true,
      actionName: true,
      governanceStatus: true,
      governanceReason: true,
      executionStatus: true,
      createdAt: true,
      workspace: { select: { name: true, clientName: true } },
    },
    orderBy: { id: "desc" },
    take: limit,
  });
}
