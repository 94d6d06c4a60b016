import type { OperatorContext } from "@/lib/security/context";

/** Lists the workspaces with receipts not yet in the log, by stepping through an index from one workspace to the next. */
export async function listWaitingLogs({ db }: OperatorContext): Promise<string[]> {
  const rows = await db.$queryRaw<{ workspace_id: string }[]>`
    WITH RECURSIVE waiting AS (
      (SELECT workspace_id FROM waiting_receipts ORDER BY workspace_id LIMIT 1)
      UNION ALL
      SELECT (SELECT w.workspace_id FROM waiting_receipts w WHERE w.workspace_id > waiting.workspace_id ORDER BY w.workspace_id LIMIT 1)
      FROM waiting WHERE waiting.workspace_id IS NOT NULL)
    SELECT workspace_id FROM waiting WHERE workspace_id IS NOT NULL`;
  return rows.map((row) => row.workspace_id);
}
