import { Prisma } from "@/lib/db/generated/client";
import { jobFor } from "@/lib/db/job-queue";
import type { AnyContext } from "@/lib/security/context";

/**
 * An app that doesn't take changes proposes a pending run again, and will wait for it with its own payload in hand: from now on, the run is
 * decided as it was proposed. A change that was voted for ends, and its approvers are asked again.
 */
export async function stopTakingChanges({ db }: AnyContext, { workspaceId, runId }: { workspaceId: string; runId: string }): Promise<void> {
  await db.$executeRaw`
    WITH stopped AS (
      UPDATE action_runs run SET accepts_changes = false
      WHERE run.workspace_id = ${workspaceId}::uuid AND run.id = ${runId}::uuid AND run.accepts_changes AND run.governance_status = 'pending_approval'
      RETURNING run.id)
    SELECT ${jobFor("replace-approver", Prisma.sql`json_build_object('requestId', request.id)`)}
    FROM stopped JOIN approval_requests request ON request.workspace_id = ${workspaceId}::uuid AND request.run_id = stopped.id
    WHERE EXISTS (SELECT FROM payload_changes change WHERE change.workspace_id = ${workspaceId}::uuid AND change.run_id = stopped.id)`;
}
