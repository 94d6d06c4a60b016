import { runsInDoubt } from "@/lib/action-runs/status/claim-state-sql";
import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";

export interface Waiting {
  /** Runs waiting for a decision now, whenever they were proposed. */
  pending: number;
  oldestPendingAt: Date | null;
  /** Of those, the ones no one has opened for too long. */
  unseen: number;
  /** Runs whose claim expired without a report. */
  inDoubt: number;
  /** The first one to settle, if any. */
  inDoubtRunId: string | null;
  /** Approved runs not claimed in time, which lapsed in the last week. */
  uncollected: number;
  now: Date;
}

/** Returns what waits for a person in the workspace: runs to decide, and runs to settle. */
export async function getWaiting(ctx: WorkspaceContext): Promise<Waiting> {
  await requirePermission(ctx, "run.read");
  const { workspaceId, db } = ctx;
  const [row] = await db.$queryRaw<
    { pending: number; oldest: Date | null; unseen: number; in_doubt: number; doubtful: string | null; uncollected: number; now: Date }[]
  >`
    WITH doubtful AS (
      SELECT run.id, run.claim_expires_at FROM ${runsInDoubt} run WHERE run.workspace_id = ${workspaceId}::uuid)
    SELECT
      (SELECT count(*)::int FROM action_runs
        WHERE workspace_id = ${workspaceId}::uuid AND governance_status = 'pending_approval') AS pending,
      (SELECT created_at FROM action_runs
        WHERE workspace_id = ${workspaceId}::uuid AND governance_status = 'pending_approval' ORDER BY id LIMIT 1) AS oldest,
      (SELECT count(*)::int FROM action_runs run JOIN approval_requests q ON q.workspace_id = run.workspace_id AND q.run_id = run.id
        WHERE run.workspace_id = ${workspaceId}::uuid AND run.governance_status = 'pending_approval'
          AND daai_is_unseen(q.opened_at, q.created_at, q.expires_at)) AS unseen,
      (SELECT count(*)::int FROM action_runs
        WHERE workspace_id = ${workspaceId}::uuid AND governance_reason = 'approval_lapsed' AND decided_at > now() - interval '7 days') AS uncollected,
      (SELECT count(*)::int FROM doubtful) AS in_doubt,
      (SELECT id::text FROM doubtful ORDER BY claim_expires_at LIMIT 1) AS doubtful, statement_timestamp() AS now`;
  if (!row) throw new Error("The database did not count the pending runs.");
  return {
    pending: row.pending,
    oldestPendingAt: row.oldest,
    unseen: row.unseen,
    inDoubt: row.in_doubt,
    inDoubtRunId: row.doubtful,
    uncollected: row.uncollected,
    now: row.now,
  };
}
