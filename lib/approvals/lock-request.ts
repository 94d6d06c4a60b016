import type { ApprovalRequest } from "@/lib/db/generated/client";
import type { WorkspaceContext } from "@/lib/security/context";

/**
 * Locks a pending run's request until the open transaction ends, so that two who ask more people do so in sequence and see each other's
 * changes. Null: it is decided, overdue, or its workspace is deleted. The run itself is not locked: a decision goes first, and emails sent
 * meanwhile lead to its result.
 */
export async function lockRequest(
  { workspaceId, db }: WorkspaceContext,
  which: { id: string } | { runId: string },
): Promise<ApprovalRequest | null> {
  const [id, runId] = "id" in which ? [which.id, null] : [null, which.runId];
  const [locked] = await db.$queryRaw<{ id: string }[]>`
    SELECT request.id FROM approval_requests request
    JOIN action_runs run ON run.workspace_id = request.workspace_id AND run.id = request.run_id
    JOIN workspaces workspace ON workspace.id = request.workspace_id AND workspace.deleted_at IS NULL
    WHERE request.workspace_id = ${workspaceId}::uuid AND (request.id = ${id}::uuid OR request.run_id = ${runId}::uuid)
      AND run.governance_status = 'pending_approval' AND NOT daai_is_overdue(run, clock_timestamp())
    FOR NO KEY UPDATE OF request`;
  return locked ? db.approvalRequest.findUnique({ where: { id: locked.id } }) : null;
}
