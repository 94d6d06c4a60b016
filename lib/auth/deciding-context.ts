import { validate as isUuid } from "uuid";
import type { MemberContext, UserContext } from "@/lib/context";
import { PERMISSIONS } from "@/lib/domain/permissions";
import { memberContext } from "./contexts";

/**
 * The person in the workspace of one run: because their role there may decide, or, without any role, because they were asked
 * about this run at an address that is theirs. null for everybody else, as for a run that does not exist. It is good for
 * deciding this run alone; every other command reads the membership again and refuses.
 */
export async function decidingContext({ actor, db }: UserContext, runId: string): Promise<MemberContext | null> {
  if (!isUuid(runId)) return null;
  const [run] = await db.$queryRaw<{ workspace_id: string }[]>`
    SELECT run.workspace_id FROM action_runs run
    JOIN workspaces w ON w.id = run.workspace_id AND w.deleted_at IS NULL
    JOIN approval_requests request ON request.workspace_id = run.workspace_id AND request.run_id = run.id
    JOIN users u ON u.id = ${actor.userId}::uuid
    WHERE run.id = ${runId}::uuid AND (
      (u.email_verified_at IS NOT NULL AND u.email = ANY(request.approver_emails))
      OR EXISTS (SELECT FROM members m WHERE m.workspace_id = run.workspace_id AND m.user_id = u.id AND m.role = ANY(${[...PERMISSIONS["run.decide"]]}::text[])))`;
  return run ? memberContext(actor, run.workspace_id, db) : null;
}
