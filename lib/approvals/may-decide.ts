import { DECIDERS } from "@/lib/domain/access/permissions";
import type { WorkspaceContext } from "@/lib/security/context";

/**
 * Whether this person was asked about the run, or has a role in its workspace that may decide; never in a workspace that is
 * deleted or that they have left, nor with a disabled account, nor by a link that was taken back. Read anew each time. Inside a transaction it holds back
 * whoever would change the answer until that one ends: nobody decides after their removal is kept.
 */
export async function mayDecide({ workspaceId, actor, db }: WorkspaceContext, runId: string, email: string): Promise<boolean> {
  // The account before the workspace, as whoever disables one takes them.
  await db.$executeRaw`SELECT FROM users WHERE daai_person(email) = daai_person(${email}) ORDER BY id FOR SHARE`;
  // A statement of its own: what the next one reads is as it is once the lock is there.
  await db.$executeRaw`SELECT FROM workspaces WHERE id = ${workspaceId}::uuid FOR SHARE`;
  const linkId = actor.type === "decision_link" ? actor.linkId : null;
  const [row] = await db.$queryRaw<{ may: boolean }[]>`
    SELECT daai_may_decide(run.workspace_id, coalesce(request.approver_emails, '{}'), ${email}, ${actor.type === "user"}, ${DECIDERS})
      AND NOT EXISTS (SELECT FROM decision_links WHERE id = ${linkId}::uuid AND withdrawn_at IS NOT NULL) AS may
    FROM action_runs run
    LEFT JOIN approval_requests request ON request.workspace_id = run.workspace_id AND request.run_id = run.id
    WHERE run.workspace_id = ${workspaceId}::uuid AND run.id = ${runId}::uuid`;
  return row?.may ?? false;
}
