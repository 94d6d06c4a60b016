import type { ActionRun } from "@/lib/db/generated/client";
import type { ReceiptChange } from "@/lib/domain/log/receipt-body";
import { commitTo } from "@/lib/security/commitment";
import type { WorkspaceContext } from "@/lib/security/context";

/** What a receipt commits to of a change: the one that stands, or was approved; of a rejection, what was proposed with it. */
export async function readReceiptChange(
  { db }: WorkspaceContext,
  { id, payloadSalt }: Pick<ActionRun, "id" | "payloadSalt">,
): Promise<ReceiptChange | null> {
  const [row] = await db.$queryRaw<{ payload_text: string | null; changes_text: string | null }[]>`
    SELECT change.payload_text, change.changes_text FROM action_runs run CROSS JOIN LATERAL (
      SELECT c.* FROM payload_changes c WHERE c.workspace_id = run.workspace_id AND c.run_id = run.id AND c.kind = 'proposal'
        AND run.governance_reason = 'rejected_by_human'
      UNION ALL SELECT c.* FROM daai_current_change(run) c) change
    WHERE run.id = ${id}::uuid LIMIT 1`;
  if (!row || row.payload_text === null || row.changes_text === null || payloadSalt === null) return null;
  return { payloadCommitment: commitTo(payloadSalt, row.payload_text), changesCommitment: commitTo(payloadSalt, row.changes_text) };
}
