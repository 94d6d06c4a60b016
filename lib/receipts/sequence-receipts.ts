import type { WorkspaceContext } from "@/lib/context";
import { bytes } from "@/lib/db/bytes";
import { databaseNow, inTransaction, type Db } from "@/lib/db/transaction";
import { checkpointText } from "@/lib/domain/checkpoint";
import { appendLeaves, rootOf } from "@/lib/domain/merkle-tree";
import { signedNoteText } from "@/lib/domain/signed-note";
import { getLogKeys } from "./log-keys";
import { lockLogHead } from "./lock-log-head";
import { sha256 } from "./node-check";
import { newTileHashes } from "./new-tile-hashes";

export const SEQUENCE_BATCH = 1000;

interface Waiting {
  id: string;
  leaf_hash: Uint8Array<ArrayBuffer>;
}

/**
 * Gives the workspace's receipts that have none their places in its log, in order of id, and signs what the log is then: all
 * in one transaction, one sequencer at a time. Looking for "has no place" finds every committed receipt, however late its
 * transaction came to an end. Returns how many there were; null when another process is at it.
 */
export async function sequenceReceipts(ctx: WorkspaceContext, limit = SEQUENCE_BATCH): Promise<number | null> {
  const { signers } = await getLogKeys();
  return inTransaction(ctx.db, async (tx) => {
    const head = await lockLogHead(tx, ctx.workspaceId);
    if (head === null) return null;
    const waiting = await tx.$queryRaw<Waiting[]>`
      SELECT id, leaf_hash FROM receipts WHERE workspace_id = ${ctx.workspaceId}::uuid AND log_index IS NULL ORDER BY id LIMIT ${limit}`;
    if (waiting.length === 0) return 0;

    const tiles = newTileHashes(head.tree.size);
    const tree = await appendLeaves(sha256, head.tree, waiting.map((receipt) => receipt.leaf_hash), tiles.add);
    const rootHash = await rootOf(sha256, tree);
    const text = checkpointText({ origin: head.origin, size: tree.size, rootHash });
    const note = signedNoteText(text, signers.map((signer) => signer.sign(text)));

    await place(tx, waiting, head.tree.size);
    await tiles.write(tx, ctx.workspaceId);
    const now = await databaseNow(tx);
    const edge = bytes(Buffer.concat(tree.roots));
    const written = await tx.$executeRaw`
      WITH head AS (
        UPDATE receipt_logs SET size = ${tree.size}, root_hash = ${rootHash}, edge = ${edge}, updated_at = ${now}
        WHERE workspace_id = ${ctx.workspaceId}::uuid AND size = ${head.tree.size} RETURNING workspace_id, origin, size, root_hash)
      INSERT INTO receipt_checkpoints (workspace_id, origin, size, root_hash, note, created_at)
      SELECT workspace_id, origin, size, root_hash, ${note}, ${now} FROM head`;
    if (written !== 1) throw new Error("The receipt log was changed by somebody else meanwhile.");
    return waiting.length;
  });
}

async function place(tx: Db, waiting: readonly Waiting[], firstIndex: number): Promise<void> {
  const placed = await tx.$executeRaw`
    UPDATE receipts r SET log_index = ${firstIndex}::bigint + place.number - 1
    FROM unnest(${waiting.map(({ id }) => id)}::uuid[]) WITH ORDINALITY AS place (id, number)
    WHERE r.id = place.id AND r.log_index IS NULL`;
  if (placed !== waiting.length) throw new Error("A receipt got its place from somebody else.");
}

