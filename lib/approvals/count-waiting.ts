import type { UserContext } from "@/lib/context";
import { PERMISSIONS } from "@/lib/domain/permissions";

/** More than this is told as "99+": nobody counts on. */
const MOST_WAITING = 100;

/** How many runs wait for this person: where their role may decide, and where they were asked by their own, proven address. */
export async function countWaiting({ actor, db }: UserContext): Promise<number> {
  const deciders: readonly string[] = PERMISSIONS["run.decide"];
  const [row] = await db.$queryRaw<{ waiting: number }[]>`
    SELECT count(*)::int AS waiting FROM (
      SELECT FROM action_runs run JOIN workspaces w ON w.id = run.workspace_id AND w.deleted_at IS NULL
      WHERE run.governance_status = 'pending_approval' AND run.expires_at > now() AND (
        run.workspace_id IN (SELECT m.workspace_id FROM members m WHERE m.user_id = ${actor.userId}::uuid AND m.role = ANY(${deciders}))
        OR run.id IN (
          SELECT asked.run_id FROM users u
          JOIN decision_links link ON link.approver_email = u.email AND link.expires_at > now()
          JOIN approval_requests asked ON asked.workspace_id = link.workspace_id AND asked.id = link.approval_request_id
          WHERE u.id = ${actor.userId}::uuid AND u.email_verified_at IS NOT NULL))
      LIMIT ${MOST_WAITING}) waiting`;
  return row?.waiting ?? 0;
}
