import { frozenSince } from "@/lib/action-runs/status/run-clock-sql";
import { Prisma } from "@/lib/db/generated/client";
import { jobFor } from "@/lib/db/job-queue";
import type { Db } from "@/lib/db/transaction";
import type { Context } from "@/lib/security/context";
import { type FreezeTarget, isCovered } from "./frozen-runs-sql";

/**
 * Moves every deadline that a freeze kept standing by the time it stood still: approval windows with their links and reminders, and the
 * validity of approvals. Runs in the transaction of the thaw, before the freeze is marked as thawed. A deadline that had passed before the
 * freeze stays passed. The jobs that wait for the deadlines are queued again.
 */
export async function giveTimeBack({ db }: Context, freeze: FreezeTarget, now: Date): Promise<void> {
  const at = Prisma.sql`${now}::timestamptz`;
  await lockInOrder(db, isCovered(freeze));
  await db.$executeRaw`
    WITH pending AS MATERIALIZED (
      SELECT run.id, run.workspace_id, ${at} - ${frozenSince} AS pause FROM action_runs run
      WHERE run.governance_status = 'pending_approval' AND ${isCovered(freeze)} AND NOT daai_is_overdue(run, ${at})),
    requests AS (
      UPDATE approval_requests request SET expires_at = request.expires_at + pending.pause, next_step_at = request.next_step_at + pending.pause,
        stood_still_ms = request.stood_still_ms + (extract(epoch FROM pending.pause) * 1000)::bigint
      FROM pending WHERE request.workspace_id = pending.workspace_id AND request.run_id = pending.id
      RETURNING request.workspace_id, request.id, pending.pause),
    links AS (
      UPDATE decision_links link SET expires_at = link.expires_at + requests.pause FROM requests
      WHERE link.workspace_id = requests.workspace_id AND link.approval_request_id = requests.id),
    moved AS (
      UPDATE action_runs run SET expires_at = run.expires_at + pending.pause FROM pending
      WHERE run.id = pending.id AND run.governance_status = 'pending_approval' RETURNING run.id, run.expires_at)
    SELECT ${jobFor("expire-run", Prisma.sql`json_build_object('runId', moved.id)`, Prisma.sql`moved.expires_at`)} FROM moved`;
  await db.$executeRaw`
    WITH moved AS (
      UPDATE action_runs run SET approval_valid_until = run.approval_valid_until + (${at} - ${frozenSince})
      WHERE run.execution_status = 'awaiting_execution_report' AND run.approval_valid_until > ${frozenSince} AND ${isCovered(freeze)}
      RETURNING run.id, run.approval_valid_until)
    SELECT ${jobFor("lapse-approval", Prisma.sql`json_build_object('runId', moved.id)`, Prisma.sql`moved.approval_valid_until`)} FROM moved`;
}

/** Requests before runs, as decisions lock them: the statements that move the deadlines would lock them as the planner likes. */
async function lockInOrder(db: Db, covered: Prisma.Sql): Promise<void> {
  await db.$executeRaw`
    SELECT FROM approval_requests request JOIN action_runs run ON run.workspace_id = request.workspace_id AND run.id = request.run_id
    WHERE run.governance_status = 'pending_approval' AND ${covered} ORDER BY request.id FOR NO KEY UPDATE OF request`;
  await db.$executeRaw`
    SELECT FROM action_runs run
    WHERE (run.governance_status = 'pending_approval' OR run.execution_status = 'awaiting_execution_report') AND ${covered}
    ORDER BY run.id FOR NO KEY UPDATE`;
}
