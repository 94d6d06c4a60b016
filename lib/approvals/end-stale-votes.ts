import type { WorkspaceContext } from "@/lib/security/context";

/**
 * Ends the votes on a pending run that were for another payload than the one that is decided on now: it was changed since, or the change
 * ended with its author's own vote. Their people are asked again. The caller has locked the request.
 */
export async function endStaleVotes({ db, workspaceId }: WorkspaceContext, runId: string): Promise<void> {
  await db.$executeRaw`
    UPDATE votes vote SET revoked_at = date_trunc('milliseconds', clock_timestamp()), revoked_reason = 'payload_changed'
    FROM action_runs run
    WHERE run.workspace_id = ${workspaceId}::uuid AND run.id = ${runId}::uuid AND run.governance_status = 'pending_approval'
      AND vote.workspace_id = run.workspace_id AND vote.run_id = run.id AND daai_vote_stands(vote, run) AND NOT daai_vote_counts(vote, run)`;
}
