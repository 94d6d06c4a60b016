import { runsInDoubt } from "@/lib/action-runs/status/claim-state-sql";
import type { OperatorContext } from "@/lib/security/context";

export interface ConsoleTotals {
  users: number;
  workspaces: number;
  runsToday: number;
  runsThisMonth: number;
  pending: number;
  oldestPendingAt: Date | null;
  inDoubt: number;
  mailsQueued: number;
  /** Since when the mail that waits longest has waited. */
  oldestQueuedAt: Date | null;
  /** Failed permanently in the last 30 days. */
  mailsFailed: number;
  now: Date;
}

/** The whole console in a few numbers, days and months in UTC. None of them reads a run or a mail. */
export async function getConsoleTotals({ db }: OperatorContext): Promise<ConsoleTotals> {
  const [row] = await db.$queryRaw<ConsoleTotals[]>`
    WITH clock AS (SELECT statement_timestamp() AS now, date_trunc('day', statement_timestamp(), 'UTC') AS today,
      date_trunc('month', statement_timestamp(), 'UTC') AS month),
    runs AS (
      SELECT coalesce(sum(c.runs) FILTER (WHERE c.hour >= clock.today), 0)::int AS today, coalesce(sum(c.runs), 0)::int AS month
      FROM clock CROSS JOIN workspaces w CROSS JOIN LATERAL (
        SELECT hour, allowed + pending_approval + approved + rejected + blocked AS runs FROM run_counts
        WHERE workspace_id = w.id AND hour >= clock.month) c),
    pending AS (SELECT count(*)::int AS count, min(created_at) AS oldest FROM action_runs WHERE governance_status = 'pending_approval'),
    queued AS (SELECT count(*)::int AS count, min(created_at) AS oldest FROM email_deliveries WHERE status = 'queued')
    SELECT (SELECT count(*)::int FROM users) AS users,
      (SELECT count(*)::int FROM workspaces WHERE deleted_at IS NULL) AS workspaces,
      runs.today AS "runsToday", runs.month AS "runsThisMonth", pending.count AS pending, pending.oldest AS "oldestPendingAt",
      (SELECT count(*)::int FROM ${runsInDoubt} run) AS "inDoubt",
      queued.count AS "mailsQueued", queued.oldest AS "oldestQueuedAt",
      (SELECT count(*)::int FROM email_deliveries WHERE status = 'dead' AND created_at >= clock.now - interval '30 days') AS "mailsFailed",
      clock.now
    FROM clock CROSS JOIN runs CROSS JOIN pending CROSS JOIN queued`;
  if (!row) throw new Error("The database did not count.");
  return row;
}
