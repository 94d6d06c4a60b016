import { isUnclaimed } from "@/lib/action-runs/status/claim-state-sql";
import { jsonHash } from "@/lib/action-runs/status/payload-hash";
import { hashClaimToken } from "@/lib/security/claim-token";
import type { WorkspaceContext } from "@/lib/security/context";
import type { HookCall } from "./read-call";

export interface CallRun {
  readonly idempotency_key: string | null;
  /** own: this call has claimed it. open: it may still run once. over: it never will. other: another call has claimed or executed it. */
  readonly standing: "own" | "open" | "over" | "other";
}

/**
 * The run that an identical call of the same session continues: its own one, else one that waits or that nobody has claimed, else the newest.
 * Two calls are identical when tool, folder and input are, with secrets masked.
 */
export async function findCallRun({ db, workspaceId }: WorkspaceContext, call: HookCall, claimToken: string): Promise<CallRun | null> {
  const { agent, sessionId, action, payload } = call;
  const [run] = await db.$queryRaw<CallRun[]>`
    SELECT idempotency_key, standing FROM (
      SELECT run.id, run.idempotency_key, CASE
        WHEN run.claim_token_hash = decode(${hashClaimToken(claimToken)}, 'hex') THEN 'own'
        WHEN run.governance_status = 'pending_approval' OR ${isUnclaimed} THEN 'open'
        WHEN run.execution_status = 'not_executed' THEN 'over' ELSE 'other' END AS standing
      FROM action_runs run
      WHERE run.workspace_id = ${workspaceId}::uuid AND run.source_type = ${agent} AND run.source_type IN ('claude_code', 'codex')
        AND run.source_ref = ${sessionId} AND run.payload_hash = decode(${jsonHash(payload)}, 'hex')
        AND run.action_name = ${action} AND run.idempotency_key IS NOT NULL AND NOT run.is_test) found
    ORDER BY (standing = 'own') DESC, (standing = 'open') DESC, id DESC LIMIT 1`;
  return run ?? null;
}

/** The run that a call of this session has claimed. */
export async function findClaimedRun(
  { db, workspaceId }: WorkspaceContext,
  { agent, sessionId, claimToken }: { agent: string; sessionId: string; claimToken: string },
): Promise<{ id: string; payload_text: string | null } | null> {
  const [run] = await db.$queryRaw<{ id: string; payload_text: string | null }[]>`
    SELECT run.id, run.payload_text FROM action_runs run
    WHERE run.workspace_id = ${workspaceId}::uuid AND run.source_type = ${agent} AND run.source_type IN ('claude_code', 'codex')
      AND run.source_ref = ${sessionId} AND run.claim_token_hash = decode(${hashClaimToken(claimToken)}, 'hex')`;
  return run ?? null;
}
