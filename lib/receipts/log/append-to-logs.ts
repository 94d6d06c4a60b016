import type { Db } from "@/lib/db/transaction";
import { type Bytes, hexText } from "@/lib/domain/log/byte-text";
import { checkpointText } from "@/lib/domain/log/checkpoint";
import { appendLeaves, rootOf } from "@/lib/domain/log/merkle-tree";
import { signedNoteText } from "@/lib/domain/log/signed-note";
import type { LogHead } from "./lock-log-heads";
import type { LogSigner } from "./log-keys";
import { newTileHashes } from "./new-tile-hashes";
import { sha256 } from "./node-check";

/** Receipts newly placed at the end of a log. */
export interface LogAppend {
  readonly workspaceId: string;
  /** The log's head, locked by the transaction. The log continues under this origin. */
  readonly head: LogHead;
  readonly leafHashes: readonly Bytes[];
}

/**
 * Extends the logs by the receipts placed in them and signs their new heads. The number of statements doesn't depend on the number of logs.
 */
export async function appendToLogs(tx: Db, signers: readonly LogSigner[], appends: readonly LogAppend[]): Promise<void> {
  if (appends.length === 0) return;
  const grown = await Promise.all(appends.map((append) => grow(append, signers)));
  for (const { workspaceId, tiles } of grown) await tiles.write(tx, workspaceId);
  const written = await tx.$executeRaw`
    WITH now AS MATERIALIZED (SELECT date_trunc('milliseconds', clock_timestamp()) AS now),
    next AS (
      SELECT * FROM unnest(
        ${grown.map(({ workspaceId }) => workspaceId)}::uuid[], ${grown.map(({ origin }) => origin)}::text[],
        ${grown.map(({ sizeBefore }) => String(sizeBefore))}::bigint[], ${grown.map(({ size }) => String(size))}::bigint[],
        ${grown.map(({ rootHash }) => hexText(rootHash))}::text[], ${grown.map(({ edge }) => hexText(edge))}::text[], ${grown.map(({ note }) => note)}::text[])
        AS next (workspace_id, origin, size_before, size, root_hash, edge, note)),
    head AS (
      UPDATE receipt_logs log SET origin = next.origin, size = next.size, root_hash = decode(next.root_hash, 'hex'), edge = decode(next.edge, 'hex'), updated_at = now
      FROM next, now WHERE log.workspace_id = next.workspace_id AND log.size = next.size_before
      RETURNING log.workspace_id, log.origin, log.size, log.root_hash, next.note, log.updated_at)
    INSERT INTO receipt_checkpoints (workspace_id, origin, size, root_hash, note, created_at)
    SELECT workspace_id, origin, size, root_hash, note, updated_at FROM head`;
  if (written !== appends.length) throw new Error("A receipt log was changed by another process meanwhile.");
}

async function grow({ workspaceId, head, leafHashes }: LogAppend, signers: readonly LogSigner[]) {
  const { origin } = head;
  const tiles = newTileHashes(head.tree.size);
  const tree = await appendLeaves(sha256, head.tree, leafHashes, tiles.add);
  const rootHash = await rootOf(sha256, tree);
  const text = checkpointText({ origin, size: tree.size, rootHash });
  const note = signedNoteText(
    text,
    signers.map((signer) => signer.sign(text)),
  );
  return { workspaceId, origin, sizeBefore: head.tree.size, size: tree.size, rootHash, edge: Buffer.concat(tree.roots), note, tiles };
}
