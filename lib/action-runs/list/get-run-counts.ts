import type { GovernanceStatus } from "@/lib/domain/runs/statuses";
import { bucketIndex, bucketStarts, type OverviewRange } from "@/lib/domain/time/overview-range";
import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";

export type StatusCounts = Record<GovernanceStatus, number>;

export interface RunCounts {
  /** One per hour or day of the range, including those without runs. */
  buckets: { start: Date; counts: StatusCounts }[];
  sums: StatusCounts;
  runs: number;
  /** Of the rejected: those that expired. */
  expired: number;
  /** Of the blocked: no action of that name is registered. */
  unknownAction: number;
}

/** Counts the runs proposed in the range by their current status. Reads one row per hour, however many runs there are. */
export async function getRunCounts(ctx: WorkspaceContext, range: OverviewRange, now: Date): Promise<RunCounts> {
  await requirePermission(ctx, "run.read");
  const starts = bucketStarts(range, now);
  const buckets = starts.map((start) => ({ start, counts: noCounts() }));
  const result: RunCounts = { buckets, sums: noCounts(), runs: 0, expired: 0, unknownAction: 0 };
  const hours = await ctx.db.runCount.findMany({ where: { workspaceId: ctx.workspaceId, hour: { gte: starts[0] } } });
  for (const hour of hours) {
    const bucket = buckets[bucketIndex(range, starts, hour.hour)];
    if (!bucket) continue;
    add(bucket.counts, countsOf(hour));
    add(result.sums, countsOf(hour));
    result.expired += hour.expired;
    result.unknownAction += hour.unknownAction;
  }
  result.runs = Object.values(result.sums).reduce((sum, count) => sum + count, 0);
  return result;
}

function countsOf(hour: { allowed: number; approved: number; rejected: number; blocked: number; pendingApproval: number }): StatusCounts {
  const { allowed, approved, rejected, blocked, pendingApproval } = hour;
  return { allowed, approved, rejected, blocked, pending_approval: pendingApproval };
}

function noCounts(): StatusCounts {
  return { allowed: 0, approved: 0, rejected: 0, blocked: 0, pending_approval: 0 };
}

function add(sums: StatusCounts, counts: StatusCounts): void {
  sums.allowed += counts.allowed;
  sums.approved += counts.approved;
  sums.rejected += counts.rejected;
  sums.blocked += counts.blocked;
  sums.pending_approval += counts.pending_approval;
}
