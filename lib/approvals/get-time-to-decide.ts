import { firstIdAt } from "@/lib/domain/runs/first-id-at";
import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";

/** Enough for a meaningful median, few enough to read at once. */
const MAX_DECISIONS = 1000;

/**
 * Returns the median time to decide the runs proposed since then, from the newest thousand decisions. Null when there are none. Ids sort by
 * time, so the range is read from an index.
 */
export async function getTimeToDecide(ctx: WorkspaceContext, since: Date): Promise<number | null> {
  await requirePermission(ctx, "run.read");
  const [row] = await ctx.db.$queryRaw<{ seconds: number | null }[]>`
    SELECT (percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM decided.at - run.created_at)::float8)) AS seconds
    FROM (
      SELECT run_id, created_at AS at FROM decisions
      WHERE workspace_id = ${ctx.workspaceId}::uuid AND run_id >= ${firstIdAt(since)}::uuid AND decision <> 'expire'
      ORDER BY run_id DESC LIMIT ${MAX_DECISIONS}) decided
    JOIN action_runs run ON run.workspace_id = ${ctx.workspaceId}::uuid AND run.id = decided.run_id`;
  return row?.seconds ?? null;
}
