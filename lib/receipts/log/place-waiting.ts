import type { Db } from "@/lib/db/transaction";
import type { Bytes } from "@/lib/domain/log/byte-text";
import { hashesIn } from "@/lib/domain/log/merkle-tree";
import type { LogAppend } from "./append-to-logs";
import type { LogHead } from "./lock-log-heads";

interface Row {
  workspace_id: string;
  count: number;
  leaf_hashes: Bytes;
}

/**
 * Gives waiting receipts the next indexes of the logs whose heads the transaction has locked: in order of id, at most `limit` per log, or
 * just the receipt `only`. One statement that returns one row per log, since every receipt passes through it.
 */
export async function placeWaiting(
  tx: Db,
  heads: ReadonlyMap<string, LogHead>,
  limit: number,
  only: string | null = null,
): Promise<LogAppend[]> {
  const sizes = [...heads.values()].map(({ tree }) => String(tree.size));
  const rows = await tx.$queryRaw<Row[]>`
    WITH waiting AS (
      SELECT log.workspace_id, first.receipt_id, first.position, log.size
      FROM unnest(${[...heads.keys()]}::uuid[], ${sizes}::bigint[]) AS log (workspace_id, size) CROSS JOIN LATERAL (
        SELECT receipt_id, w.ctid AS position FROM waiting_receipts w
        WHERE w.workspace_id = log.workspace_id AND receipt_id = coalesce(${only}::uuid, receipt_id)
        ORDER BY receipt_id LIMIT ${limit}) first),
    next AS (
      SELECT workspace_id, receipt_id, position, size - 1 + row_number() OVER (PARTITION BY workspace_id ORDER BY receipt_id) AS log_index
      FROM waiting),
    placed AS (INSERT INTO receipt_places (receipt_id, workspace_id, log_index) SELECT receipt_id, workspace_id, log_index FROM next),
    gone AS (DELETE FROM waiting_receipts WHERE ctid = ANY (ARRAY(SELECT position FROM next)))
    SELECT workspace_id, count(*)::int AS count, coalesce(string_agg(leaf_hash, ''::bytea ORDER BY log_index), ''::bytea) AS leaf_hashes
    FROM (
      SELECT *, (SELECT leaf_hash FROM receipts r WHERE r.id = receipt_id AND r.workspace_id = next.workspace_id) AS leaf_hash FROM next) leaf
    GROUP BY workspace_id`;
  return rows.map(({ workspace_id: workspaceId, count, leaf_hashes }) => {
    const head = heads.get(workspaceId);
    const leafHashes = hashesIn(leaf_hashes);
    if (!head || leafHashes.length !== count)
      throw new Error(`A receipt of workspace ${workspaceId} waits for its place and is not there.`);
    return { workspaceId, head, leafHashes };
  });
}
