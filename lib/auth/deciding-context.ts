import { validate as isUuid } from "uuid";
import { DECIDERS } from "@/lib/domain/access/permissions";
import type { MemberContext, UserContext } from "@/lib/security/context";
import { memberContext } from "./contexts";

/**
 * Returns a person's context in one run's workspace: their role there may decide, or they were asked about this run at an address of
 * theirs, or have answered it. null for everyone else, as for a missing run. Only valid for deciding this run; every other command reads the membership again
 * and refuses.
 */
export async function decidingContext({ actor, db }: UserContext, runId: string): Promise<MemberContext | null> {
  if (!isUuid(runId)) return null;
  const [run] = await db.$queryRaw<{ workspace_id: string }[]>`
    SELECT run.workspace_id FROM action_runs run
    JOIN approval_requests request ON request.workspace_id = run.workspace_id AND request.run_id = run.id
    WHERE run.id = ${runId}::uuid AND daai_may_decide(run.workspace_id, request.approver_emails || daai_voters_like(run.workspace_id, run.id, ${actor.email}),
      ${actor.email}, true, ${DECIDERS})`;
  return run ? memberContext(actor, run.workspace_id, db) : null;
}
