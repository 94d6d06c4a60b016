import { bytes } from "@/lib/db/bytes";
import { databaseNow, type Db } from "@/lib/db/transaction";
import type { Bytes } from "@/lib/domain/byte-text";
import { checkpointText } from "@/lib/domain/checkpoint";
import { appendLeaves, rootOf } from "@/lib/domain/merkle-tree";
import { signedNoteText } from "@/lib/domain/signed-note";
import type { LogHead } from "./lock-log-head";
import type { LogSigner } from "./log-keys";
import { newTileHashes } from "./new-tile-hashes";
import { sha256 } from "./node-check";

/** A receipt that waits for its place. */
export interface LogEntry {
  readonly id: string;
  readonly leaf_hash: Bytes;
}

/** Gives the receipts the next places of the log whose head the transaction holds, and signs what the log is then, under the head's origin. */
export async function appendToLog(tx: Db, { workspaceId, head, signers }: { workspaceId: string; head: LogHead; signers: readonly LogSigner[] }, entries: readonly LogEntry[]): Promise<void> {
  const tiles = newTileHashes(head.tree.size);
  const tree = await appendLeaves(sha256, head.tree, entries.map((entry) => entry.leaf_hash), tiles.add);
  const rootHash = await rootOf(sha256, tree);
  const text = checkpointText({ origin: head.origin, size: tree.size, rootHash });
  const note = signedNoteText(text, signers.map((signer) => signer.sign(text)));

  await place(tx, entries, head.tree.size);
  await tiles.write(tx, workspaceId);
  const now = await databaseNow(tx);
  const edge = bytes(Buffer.concat(tree.roots));
  const written = await tx.$executeRaw`
    WITH head AS (
      UPDATE receipt_logs SET origin = ${head.origin}, size = ${tree.size}, root_hash = ${rootHash}, edge = ${edge}, updated_at = ${now}
      WHERE workspace_id = ${workspaceId}::uuid AND size = ${head.tree.size} RETURNING workspace_id, origin, size, root_hash)
    INSERT INTO receipt_checkpoints (workspace_id, origin, size, root_hash, note, created_at)
    SELECT workspace_id, origin, size, root_hash, ${note}, ${now} FROM head`;
  if (written !== 1) throw new Error("The receipt log was changed by somebody else meanwhile.");
}

async function place(tx: Db, entries: readonly LogEntry[], firstIndex: number): Promise<void> {
  const placed = await tx.$executeRaw`
    UPDATE receipts r SET log_index = ${firstIndex}::bigint + place.number - 1
    FROM unnest(${entries.map(({ id }) => id)}::uuid[]) WITH ORDINALITY AS place (id, number)
    WHERE r.id = place.id AND r.log_index IS NULL`;
  if (placed !== entries.length) throw new Error("A receipt got its place from somebody else.");
}
