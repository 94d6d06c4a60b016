import { getRunCounts } from "@/lib/action-runs/list/get-run-counts";
import { getWaiting } from "@/lib/action-runs/list/get-waiting";
import { listLatestRuns } from "@/lib/action-runs/list/list-latest-runs";
import { getTimeToDecide } from "@/lib/approvals/get-time-to-decide";
import { databaseNow } from "@/lib/db/transaction";
import { bucketStarts, type OverviewRange } from "@/lib/domain/time/overview-range";
import { getWorkspaceUsage } from "@/lib/limits/get-owner-usage";
import { getMailHealth } from "@/lib/notifications/get-mail-health";
import { listRouting } from "@/lib/registered-actions/list-routing";
import type { WorkspaceContext } from "@/lib/security/context";

const LATEST_RUNS = 6;

/** Everything that the overview shows. Each part asks for its own permission; none of them reads more runs than it shows. */
export async function getOverview(ctx: WorkspaceContext, range: OverviewRange) {
  const now = await databaseNow(ctx.db);
  const since = bucketStarts(range, now)[0] ?? now;
  // One after the other: each takes a millisecond, and a page must not take half of the connections to save a few.
  return {
    waiting: await getWaiting(ctx),
    counts: await getRunCounts(ctx, range, now),
    secondsToDecide: await getTimeToDecide(ctx, since),
    latestRuns: await listLatestRuns(ctx, LATEST_RUNS),
    mail: await getMailHealth(ctx, since),
    routing: await listRouting(ctx),
    usage: await getWorkspaceUsage(ctx),
  };
}
