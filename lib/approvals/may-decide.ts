import { lockDecider } from "@/lib/approvers/lock-decider";
import { Prisma } from "@/lib/db/generated/client";
import { DECIDERS } from "@/lib/domain/access/permissions";
import type { WorkspaceContext } from "@/lib/security/context";

/** Whose yes on the run `run` stands. */
export const voters = Prisma.sql`ARRAY(SELECT vote.voter FROM votes vote
  WHERE vote.workspace_id = run.workspace_id AND vote.run_id = run.id AND vote.revoked_at IS NULL)`;

/**
 * Whether this person was asked about the run, or has a deciding role in its workspace. Never in a deleted workspace or one they left, with
 * a disabled account, or through a revoked link. Where several approvals are needed, only those who are asked and haven't answered, members
 * whose role decides also without a verified address; `asVoter` also those who have, to take their answer back. Read from the database each time. Inside a transaction, it locks these rows, so that no
 * one decides after their removal has committed.
 */
export async function mayDecide(ctx: WorkspaceContext, runId: string, email: string, { asVoter = false } = {}): Promise<boolean> {
  const { workspaceId, actor, db } = ctx;
  await lockDecider(ctx, email);
  const linkId = actor.type === "decision_link" ? actor.linkId : null;
  const [row] = await db.$queryRaw<{ may: boolean }[]>`
    SELECT daai_may_decide(run.workspace_id, coalesce(request.approver_emails, '{}') || ${asVoter ? Prisma.sql`daai_voters_like(run.workspace_id, run.id, ${email})` : Prisma.sql`'{}'::text[]`}, ${email},
        ${actor.type === "user"} AND NOT EXISTS (
          SELECT FROM members m JOIN users u ON u.id = m.user_id
          WHERE m.workspace_id = run.workspace_id AND u.email = ${email} AND m.role = ANY(${DECIDERS}::text[])),
        CASE WHEN request.stages IS NULL THEN ${DECIDERS}::text[] ELSE '{}' END)
      AND NOT EXISTS (SELECT FROM decision_links WHERE id = ${linkId}::uuid AND withdrawn_at IS NOT NULL) AS may
    FROM action_runs run
    LEFT JOIN approval_requests request ON request.workspace_id = run.workspace_id AND request.run_id = run.id
    WHERE run.workspace_id = ${workspaceId}::uuid AND run.id = ${runId}::uuid`;
  return row?.may ?? false;
}
