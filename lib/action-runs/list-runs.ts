import type { OperatorContext, WorkspaceContext } from "@/lib/context";
import type { Prisma } from "@/lib/db/generated/client";
import { databaseNow } from "@/lib/db/transaction";
import type { ExecutionStatus, GovernanceStatus } from "@/lib/domain/statuses";

export interface RunFilter {
  governanceStatus?: GovernanceStatus;
  executionStatus?: ExecutionStatus;
  actionName?: string;
  actor?: string;
  /** Its claim ran out with no report, and a person has to settle it. */
  isInDoubt?: boolean;
  createdFrom?: Date;
  createdBefore?: Date;
  /** Runs older than this one: the next page. */
  beforeId?: string;
}

const columns = {
  id: true,
  workspaceId: true,
  actionName: true,
  idempotencyKey: true,
  governanceStatus: true,
  governanceReason: true,
  executionStatus: true,
  riskLevel: true,
  actor: true,
  amount: true,
  currency: true,
  recipient: true,
  createdAt: true,
  expiresAt: true,
  decidedAt: true,
  decidedBy: true,
  executionReportedAt: true,
  receipts: { select: { id: true, kind: true } },
} satisfies Prisma.ActionRunSelect;

export type ListedRun = Prisma.ActionRunGetPayload<{ select: typeof columns }> & { isInDoubt: boolean };

/** Runs, the newest first, at most `limit`. The operator may look into every workspace at once. */
export async function listRuns(ctx: WorkspaceContext | OperatorContext, filter: RunFilter, limit: number): Promise<ListedRun[]> {
  const { isInDoubt, createdFrom, createdBefore, beforeId, ...equal } = filter;
  const doubtful = inDoubt(await databaseNow(ctx.db));
  const runs = await ctx.db.actionRun.findMany({
    select: { ...columns, claimExpiresAt: true, action: { select: { autoReleasesClaims: true } } },
    where: {
      ...(ctx.workspaceId !== null && { workspaceId: ctx.workspaceId }),
      ...equal,
      ...(isInDoubt && doubtful.where),
      ...((createdFrom ?? createdBefore) && { createdAt: { gte: createdFrom, lt: createdBefore } }),
      ...(beforeId !== undefined && { id: { lt: beforeId } }),
    },
    orderBy: { id: "desc" },
    take: limit,
  });
  return runs.map(({ claimExpiresAt, action, ...run }) => ({ ...run, isInDoubt: doubtful.holds({ ...run, claimExpiresAt, action }) }));
}

interface ClaimState {
  executionStatus: string;
  claimExpiresAt: Date | null;
  action: { autoReleasesClaims: boolean } | null;
}

/** A claim that ended without a report is no doubt where the action says that its executor is idempotent. */
export function inDoubt(now: Date) {
  return {
    where: {
      executionStatus: "awaiting_execution_report",
      claimExpiresAt: { lte: now },
      action: { autoReleasesClaims: false },
    } satisfies Prisma.ActionRunWhereInput,
    holds: ({ executionStatus, claimExpiresAt, action }: ClaimState) =>
      executionStatus === "awaiting_execution_report" && claimExpiresAt !== null && claimExpiresAt <= now && !action?.autoReleasesClaims,
  };
}
