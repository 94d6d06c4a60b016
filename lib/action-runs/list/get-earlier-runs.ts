import { Prisma } from "@/lib/db/generated/client";
import { EARLIER_MS, type EarlierOutcome, type EarlierRuns, MAX_EARLIER } from "@/lib/domain/runs/earlier-runs";
import type { AnyContext } from "@/lib/security/context";
import { isForRecipient } from "./recipient-sql";

const columns = {
  id: true,
  workspaceId: true,
  actionName: true,
  recipient: true,
  actor: true,
  createdAt: true,
} satisfies Prisma.ActionRunSelect;

export type RunWithHistory = Prisma.ActionRunGetPayload<{ select: typeof columns }>;

/**
 * Counts the outcomes of earlier runs with the same action and recipient, and of the same actor's runs that people decided. Call only after
 * reading the run with the reader's permission. Only the run's own workspace is counted.
 */
export async function getEarlierRuns({ db }: AnyContext, runId: string): Promise<EarlierRuns> {
  const run = await db.actionRun.findUniqueOrThrow({ where: { id: runId }, select: columns });
  const { recipient, actor } = run;
  const [alike, byActor] = await Promise.all([
    recipient === null ? [] : db.$queryRaw<{ outcome: EarlierOutcome; count: number }[]>(alikeQuery(run, recipient)),
    actor === null ? [] : db.$queryRaw<{ approved: number; decided: number }[]>(byActorQuery(run, actor)),
  ]);
  const counts = new Map(alike.map(({ outcome, count }) => [outcome, count]));
  const countOf = (outcome: EarlierOutcome) => counts.get(outcome) ?? 0;
  return {
    alike:
      recipient === null
        ? null
        : {
            approved: countOf("approved"),
            allowed: countOf("allowed"),
            rejected: countOf("rejected"),
            blocked: countOf("blocked"),
            withdrawn: countOf("withdrawn"),
            lapsed: countOf("lapsed"),
            expired: countOf("expired"),
            pending: countOf("pending"),
          },
    byActor: byActor[0] ?? null,
  };
}

export function alikeQuery(run: RunWithHistory, recipient: string): Prisma.Sql {
  return Prisma.sql`
    SELECT outcome, count(*)::int AS count FROM (
      SELECT CASE WHEN run.governance_status = 'pending_approval' THEN 'pending'
        WHEN run.governance_reason = 'withdrawn' THEN 'withdrawn' WHEN run.governance_reason = 'approval_lapsed' THEN 'lapsed'
        WHEN run.governance_reason = 'approval_expired' THEN 'expired' ELSE run.governance_status END AS outcome
      FROM action_runs run
      WHERE run.workspace_id = ${run.workspaceId}::uuid AND run.action_name = ${run.actionName} AND ${isForRecipient(recipient)}
        AND ${isBefore(run)}
      ORDER BY run.created_at DESC, run.id DESC LIMIT ${MAX_EARLIER}) earlier
    GROUP BY outcome`;
}

export function byActorQuery(run: RunWithHistory, actor: string): Prisma.Sql {
  return Prisma.sql`
    SELECT count(*) FILTER (WHERE governance_status = 'approved')::int AS approved,
      count(*) FILTER (WHERE governance_reason <> 'withdrawn')::int AS decided
    FROM (
      SELECT run.governance_status, run.governance_reason FROM action_runs run
      WHERE run.workspace_id = ${run.workspaceId}::uuid AND run.actor = ${actor} AND run.decided_by IS NOT NULL AND ${isBefore(run)}
      ORDER BY run.created_at DESC, run.id DESC LIMIT ${MAX_EARLIER}) earlier`;
}

function isBefore({ id, createdAt }: RunWithHistory): Prisma.Sql {
  const from = new Date(createdAt.getTime() - EARLIER_MS);
  return Prisma.sql`NOT run.is_test AND run.created_at >= ${from}::timestamptz AND (run.created_at, run.id) < (${createdAt}::timestamptz, ${id}::uuid)`;
}
