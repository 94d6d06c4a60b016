import { v7 as uuidv7 } from "uuid";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { addJob } from "@/lib/db/add-job";
import { Prisma } from "@/lib/db/generated/client";
import { databaseNow } from "@/lib/db/transaction";
import { DECIDERS } from "@/lib/domain/access/permissions";
import { publishChange } from "@/lib/live/publish-change";
import type { WorkspaceContext } from "@/lib/security/context";
import { openRequests } from "./withdraw-approver";

/** Whether a run like `run`, in an open query, can be reassigned to this person. */
export function mayTakeOver(to: string | Prisma.Sql): Prisma.Sql {
  return Prisma.sql`daai_may_take_over(run.workspace_id, run.action_id, run.api_key_id, ${to}, ${DECIDERS})`;
}

/** The same of this very run, which they, or someone in their place, may have approved already: nobody counts twice. */
export function mayTakeOverRun(to: string): Prisma.Sql {
  return Prisma.sql`(${mayTakeOver(to)} AND NOT EXISTS (
    SELECT FROM votes vote WHERE vote.workspace_id = run.workspace_id AND vote.run_id = run.id AND vote.revoked_at IS NULL
      AND daai_person(${to}) IN (daai_person(vote.voter), daai_person(vote.place))))`;
}

/**
 * Reassigns one approver's pending requests to another person, where that person may take them over. The first approver's links and queued
 * emails are withdrawn, the other is asked in their place, and a job per run emails them. Runs inside the caller's transaction, under
 * `lockMembers`, so a decision either precedes it or finds it. `of` limits it to some runs. Returns the runs' ids.
 */
export async function reassignRequests(
  ctx: WorkspaceContext,
  { from, to, of = Prisma.empty, most = null }: { from: string; to: string; of?: Prisma.Sql; most?: number | null },
): Promise<string[]> {
  const { workspaceId, db } = ctx;
  const eligible = openRequests(workspaceId, from, Prisma.sql`${of} AND ${mayTakeOverRun(to)} ORDER BY q.id LIMIT ${most}`);
  const withdrawn = await db.$queryRaw<{ id: string }[]>`SELECT id FROM daai_withdraw(ARRAY(${eligible}), ${from}, 'reassigned') AS id`;
  if (withdrawn.length === 0) return [];
  const requests = await db.$queryRaw<{ run_id: string }[]>`
    UPDATE approval_requests q SET approver_emails = q.approver_emails || CASE WHEN ${to} = ANY(q.approver_emails) THEN '{}' ELSE ARRAY[${to}] END
    WHERE q.id = ANY(${withdrawn.map(({ id }) => id)}::uuid[]) RETURNING q.run_id`;
  const [createdAt, by] = [await databaseNow(db), reassignedBy(ctx)];
  const reassignments = requests.map(({ run_id: runId }) => ({ id: uuidv7(), runId }));
  await db.reassignment.createMany({
    data: reassignments.map((one) => ({ ...one, workspaceId, fromEmail: from, toEmail: to, reassignedBy: by, createdAt })),
  });
  for (const { id, runId } of reassignments) {
    await addJob(db, "ask-reassigned", { reassignmentId: id });
    await recordAuditEvent(ctx, { verb: "run.reassigned", subjectType: "run", subjectId: runId, data: { from, to, by } });
  }
  await publishChange(db, workspaceId, "runs", "approvals");
  for (const person of [from, to]) await publishChange(db, person, "approvals");
  return reassignments.map(({ runId }) => runId);
}

function reassignedBy({ actor }: WorkspaceContext): string | null {
  return actor.type === "user" || actor.type === "operator" ? actor.email : null;
}
