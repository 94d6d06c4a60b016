import type { ApprovalRequest } from "@/lib/db/generated/client";
import type { WorkspaceContext } from "@/lib/security/context";

/**
 * The request of a run that still waits, locked until the open transaction ends: whoever asks more people comes after the
 * other, and sees whom that one has asked. Null: it is decided, its time is over, or its workspace is gone. The run itself is not locked; an answer
 * goes first, and its mails find out.
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
      AND run.governance_status = 'pending_approval' AND run.expires_at > clock_timestamp()
    FOR NO KEY UPDATE OF request`;
  return locked ? db.approvalRequest.findUnique({ where: { id: locked.id } }) : null;
}
