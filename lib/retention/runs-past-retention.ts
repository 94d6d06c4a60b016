import { claimState } from "@/lib/action-runs/status/claim-state-sql";
import { Prisma } from "@/lib/db/generated/client";

/** When `run` ended: when it was reported, decided or, if nobody was asked, proposed. */
const endedAt = Prisma.sql`greatest(run.created_at, run.decided_at, run.execution_reported_at)`;

/** Whether the approval of `run` can still be used, now or after a thaw. */
const isApprovalOpen = Prisma.sql`(run.execution_status = 'awaiting_execution_report' AND run.approval_valid_until IS NOT NULL
  AND ${claimState} IN ('none', 'frozen', 'lapsed'))`;

/** Whether a standing grant that was given with `run` still allows others: it compares them with this run. */
const hasOpenGrant = Prisma.sql`EXISTS (SELECT FROM standing_grants g WHERE g.workspace_id = run.workspace_id AND g.run_id = run.id
  AND g.ended_at IS NULL AND g.ends_at > statement_timestamp())`;

/** Whether the personal data of `run` has been kept long enough. Whether it can be erased at all, `eraseRuns` decides under its lock. */
export function isPastRetention(keptDays: number): Prisma.Sql {
  return Prisma.sql`(run.payload_text IS NOT NULL AND run.governance_status <> 'pending_approval'
    AND ${endedAt} < ${cutoff(keptDays)} AND NOT ${isApprovalOpen} AND NOT ${hasOpenGrant})`;
}

/** Runs proposed later than this ended later too. */
export function cutoff(keptDays: number): Prisma.Sql {
  return Prisma.sql`statement_timestamp() - make_interval(days => ${keptDays}::int)`;
}
