import { getRunCounts } from "@/lib/action-runs/get-run-counts";
import { getWaiting } from "@/lib/action-runs/get-waiting";
import { listLatestRuns } from "@/lib/action-runs/list-latest-runs";
import { getTimeToDecide } from "@/lib/approvals/get-time-to-decide";
import type { WorkspaceContext } from "@/lib/context";
import { databaseNow } from "@/lib/db/transaction";
import { bucketStarts, type OverviewRange } from "@/lib/domain/overview-range";
import { getWorkspaceUsage } from "@/lib/limits/get-owner-usage";
import { getMailHealth } from "@/lib/notifications/get-mail-health";
import { listRouting } from "@/lib/registered-actions/list-routing";

const LATEST_RUNS = 6;

/** Everything that the overview shows. Each part asks for its own permission; none of them reads more runs than it shows. */
export async function getOverview(ctx: WorkspaceContext, range: OverviewRange) {
  const now = await databaseNow(ctx.db);
  const since = bucketStarts(range, now)[0] ?? now;
  const [waiting, counts, secondsToDecide, latestRuns, mail, routing, usage] = await Promise.all([
    getWaiting(ctx),
    getRunCounts(ctx, range, now),
    getTimeToDecide(ctx, since),
    listLatestRuns(ctx, LATEST_RUNS),
    getMailHealth(ctx, since),
    listRouting(ctx),
    getWorkspaceUsage(ctx),
  ]);
  return { waiting, counts, secondsToDecide, latestRuns, mail, routing, usage };
}
