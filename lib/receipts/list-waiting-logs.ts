import type { OperatorContext } from "@/lib/context";

/** The workspaces with receipts that have no place in the log yet. Steps through an index from one workspace to the next. */
export async function listWaitingLogs({ db }: OperatorContext): Promise<string[]> {
  const rows = await db.$queryRaw<{ workspace_id: string }[]>`
    WITH RECURSIVE waiting AS (
      (SELECT workspace_id FROM receipts WHERE log_index IS NULL ORDER BY workspace_id LIMIT 1)
      UNION ALL
      SELECT (SELECT r.workspace_id FROM receipts r WHERE r.log_index IS NULL AND r.workspace_id > waiting.workspace_id
              ORDER BY r.workspace_id LIMIT 1)
      FROM waiting WHERE waiting.workspace_id IS NOT NULL)
    SELECT workspace_id FROM waiting WHERE workspace_id IS NOT NULL`;
  return rows.map((row) => row.workspace_id);
}
