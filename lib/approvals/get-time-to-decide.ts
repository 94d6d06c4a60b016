import { firstIdAt } from "@/lib/domain/runs/first-id-at";
import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";

/** Enough for a figure that means something, few enough to read at once. */
const MOST_DECISIONS = 1000;

/**
 * How long people took, in the middle, to answer the runs proposed since then: of the newest thousand answers. Null when
 * nobody answered. Ids sort by time, so that the range is one of an index.
 */
export async function getTimeToDecide(ctx: WorkspaceContext, since: Date): Promise<number | null> {
  await requirePermission(ctx, "run.read");
  const [row] = await ctx.db.$queryRaw<{ seconds: number | null }[]>`
    SELECT (percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM decided.at - run.created_at)::float8)) AS seconds
    FROM (
      SELECT run_id, created_at AS at FROM decisions
      WHERE workspace_id = ${ctx.workspaceId}::uuid AND run_id >= ${firstIdAt(since)}::uuid AND decision <> 'expire'
      ORDER BY run_id DESC LIMIT ${MOST_DECISIONS}) decided
    JOIN action_runs run ON run.workspace_id = ${ctx.workspaceId}::uuid AND run.id = decided.run_id`;
  return row?.seconds ?? null;
}
