import { Prisma } from "@/lib/db/generated/client";
import { jobFor } from "@/lib/db/job-queue";
import { publishChange } from "@/lib/live/publish-change";
import type { WorkspaceContext } from "@/lib/security/context";

/**
 * Withdraws an approver's pending requests: their links, queued emails, place among those asked, and their yes where others are needed too. Runs inside the caller's transaction,
 * together with the loss of the right; a job per run asks someone else. `of` limits it to some runs. Returns the number of runs.
 */
export async function withdrawApprover(
  { workspaceId, db }: WorkspaceContext,
  { email, reason, of = Prisma.empty }: { email: string; reason: "left" | "replaced" | "disabled"; of?: Prisma.Sql },
): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(job.id)::int AS count
    FROM daai_withdraw(ARRAY(${openRequests(workspaceId, email, of)} UNION ${approvedRequests(workspaceId, email, of)}), ${email}, ${reason}) AS changed (request_id)
    CROSS JOIN LATERAL ${jobFor("replace-approver", Prisma.sql`json_build_object('requestId', changed.request_id)`)} job`;
  await publishChange(db, workspaceId, "runs", "approvals");
  await publishChange(db, email, "approvals");
  return row?.count ?? 0;
}

/** The ids of the workspace's open requests to which they have said yes, while others are still to. */
export function approvedRequests(workspaceId: string, email: string, of: Prisma.Sql = Prisma.empty): Prisma.Sql {
  return Prisma.sql`
    SELECT q.id FROM votes vote
    JOIN action_runs run ON run.workspace_id = vote.workspace_id AND run.id = vote.run_id
    JOIN approval_requests q ON q.workspace_id = run.workspace_id AND q.run_id = run.id
    WHERE run.workspace_id = ${workspaceId}::uuid AND run.governance_status = 'pending_approval' AND NOT daai_is_overdue(run, clock_timestamp())
      AND vote.revoked_at IS NULL AND daai_person(vote.voter) = daai_person(${email}) ${of}`;
}

/** The ids of the workspace's open requests about which they were asked, at any spelling of their address. */
export function openRequests(workspaceId: string, email: string, of: Prisma.Sql = Prisma.empty): Prisma.Sql {
  return Prisma.sql`
    SELECT q.id FROM action_runs run
    JOIN approval_requests q ON q.workspace_id = run.workspace_id AND q.run_id = run.id
    WHERE run.workspace_id = ${workspaceId}::uuid AND run.governance_status = 'pending_approval' AND NOT daai_is_overdue(run, clock_timestamp())
      AND EXISTS (SELECT FROM unnest(q.approver_emails) asked WHERE daai_person(asked) = daai_person(${email})) ${of}`;
}
