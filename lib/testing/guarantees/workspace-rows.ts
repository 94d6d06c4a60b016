import { getDb } from "@/lib/db/client";
import type { TestWorkspace } from "@/lib/testing/factories";

/** All rows of a workspace that the API could change. */
export async function rowsOf({ workspaceId }: TestWorkspace): Promise<unknown> {
  return getDb().$queryRaw`
    SELECT 'run' AS of, md5(string_agg(t::text, ',' ORDER BY id)) FROM action_runs t WHERE workspace_id = ${workspaceId}::uuid
    UNION ALL SELECT 'receipt', md5(string_agg(t::text, ',' ORDER BY id)) FROM receipts t WHERE workspace_id = ${workspaceId}::uuid
    UNION ALL SELECT 'decision', md5(string_agg(t::text, ',' ORDER BY id)) FROM decisions t WHERE workspace_id = ${workspaceId}::uuid
    UNION ALL SELECT 'link', md5(string_agg(t::text, ',' ORDER BY id)) FROM decision_links t WHERE workspace_id = ${workspaceId}::uuid
    UNION ALL SELECT 'mail', md5(string_agg(t::text, ',' ORDER BY id)) FROM email_deliveries t WHERE workspace_id = ${workspaceId}::uuid
    UNION ALL SELECT 'event', md5(string_agg(t::text, ',' ORDER BY id)) FROM audit_events t
      WHERE workspace_id = ${workspaceId}::uuid AND verb NOT LIKE 'api_key.%' AND verb NOT LIKE 'management_key.%'
    UNION ALL SELECT 'backtest', md5(string_agg(t::text, ',' ORDER BY id)) FROM backtests t WHERE workspace_id = ${workspaceId}::uuid
    UNION ALL SELECT 'budget', md5(string_agg(t::text, ',' ORDER BY id)) FROM budgets t WHERE workspace_id = ${workspaceId}::uuid
    UNION ALL SELECT 'grant', md5(string_agg(t::text, ',' ORDER BY id)) FROM standing_grants t WHERE workspace_id = ${workspaceId}::uuid
    UNION ALL SELECT 'freeze', md5(string_agg(t::text, ',' ORDER BY id)) FROM freezes t WHERE workspace_id = ${workspaceId}::uuid
    UNION ALL SELECT 'action', md5(string_agg(t::text, ',' ORDER BY id)) FROM registered_actions t WHERE workspace_id = ${workspaceId}::uuid`;
}
