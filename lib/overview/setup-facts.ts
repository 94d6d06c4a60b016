import type { GovernanceStatus } from "@/lib/domain/runs/statuses";
import type { WorkspaceContext } from "@/lib/security/context";
import type { SetupFacts } from "@/lib/words/setup-steps";

interface StoredFacts extends SetupFacts {
  apiKeyHint: string | null;
  workspaceKeyHint: string | null;
  firstRun: { id: string; status: GovernanceStatus; reason: string; decidedBy: string | null } | null;
  receiptRunId: string | null;
}

interface Row {
  made_at: Date;
  api_key_at: Date | null;
  api_key_hint: string | null;
  workspace_key_at: Date | null;
  workspace_key_hint: string | null;
  keys_seen_at: Date | null;
  action_at: Date | null;
  run_id: string | null;
  run_at: Date | null;
  run_status: GovernanceStatus;
  run_reason: string;
  run_decided_by: string | null;
  decided_at: Date | null;
  receipt_run_id: string | null;
  receipt_at: Date | null;
}

/**
 * What has happened in the workspace so far, in one query. Reads only its first thousand runs: a workspace with more, none of them
 * finished, is no longer being set up. Tests don't count.
 */
export async function readSetupFacts({ workspaceId, db }: WorkspaceContext): Promise<StoredFacts> {
  const [row] = await db.$queryRaw<Row[]>`
    WITH live_key AS (
      SELECT * FROM api_keys WHERE workspace_id = ${workspaceId}::uuid AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())),
    early_run AS MATERIALIZED (
      SELECT id, created_at, governance_status, governance_reason, execution_status, decided_at, decided_by, execution_reported_at
      FROM action_runs WHERE workspace_id = ${workspaceId}::uuid AND NOT is_test ORDER BY id LIMIT 1000)
    SELECT w.created_at AS made_at, api.created_at AS api_key_at, api.hint AS api_key_hint, wk.created_at AS workspace_key_at, wk.hint AS workspace_key_hint,
      (SELECT min(last_used_at) FROM api_keys WHERE workspace_id = w.id AND kind = 'api') AS keys_seen_at,
      (SELECT min(created_at) FROM registered_actions WHERE workspace_id = w.id) AS action_at,
      run.id AS run_id, run.created_at AS run_at, run.governance_status AS run_status, run.governance_reason AS run_reason, run.decided_by AS run_decided_by,
      decided.decided_at, over.id AS receipt_run_id, coalesce(over.execution_reported_at, over.decided_at) AS receipt_at
    FROM workspaces w
    LEFT JOIN LATERAL (SELECT * FROM live_key WHERE kind = 'api' ORDER BY id DESC LIMIT 1) api ON true
    LEFT JOIN LATERAL (SELECT * FROM live_key WHERE kind = 'workspace' ORDER BY id DESC LIMIT 1) wk ON true
    LEFT JOIN LATERAL (SELECT * FROM early_run ORDER BY id LIMIT 1) run ON true
    LEFT JOIN LATERAL (SELECT * FROM early_run WHERE decided_at IS NOT NULL ORDER BY id LIMIT 1) decided ON true
    LEFT JOIN LATERAL (SELECT * FROM early_run
      WHERE execution_status IN ('executed', 'failed') OR governance_status IN ('rejected', 'blocked') ORDER BY id LIMIT 1) over ON true
    WHERE w.id = ${workspaceId}::uuid`;
  if (!row) throw new Error("The workspace no longer exists.");
  return {
    workspaceMadeAt: row.made_at,
    keysMadeAt: earliest(row.api_key_at, row.workspace_key_at, "both"),
    actionRegisteredAt: row.action_at,
    keysSeenAt: earliest(row.keys_seen_at, row.run_at, "either"),
    firstRunAt: row.run_at,
    firstDecisionAt: row.decided_at,
    firstReceiptAt: row.receipt_at,
    apiKeyHint: row.api_key_hint,
    workspaceKeyHint: row.workspace_key_hint,
    firstRun:
      row.run_id === null ? null : { id: row.run_id, status: row.run_status, reason: row.run_reason, decidedBy: row.run_decided_by },
    receiptRunId: row.receipt_run_id,
  };
}

function earliest(one: Date | null, other: Date | null, needed: "both" | "either"): Date | null {
  if (one === null || other === null) return needed === "both" ? null : (one ?? other);
  return one < other ? one : other;
}
