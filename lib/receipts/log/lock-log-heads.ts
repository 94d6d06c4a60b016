import { ADVISORY_LOCKS } from "@/lib/db/advisory-locks";
import type { Db } from "@/lib/db/transaction";
import { type Bytes, isSameBytes } from "@/lib/domain/log/byte-text";
import { EMPTY_TREE, edgeLength, hashesIn, rootOf, type TreeEdge } from "@/lib/domain/log/merkle-tree";
import { getEnv } from "@/lib/env";
import { sha256 } from "./node-check";

export interface LogHead {
  readonly origin: string;
  readonly tree: TreeEdge;
}

interface Row {
  workspace_id: string;
  origin: string;
  size: bigint;
  root_hash: Bytes;
  edge: Bytes;
}

/** Locks the heads of these logs until the transaction ends, creating missing ones. Skips those that another sequencer has locked. */
export async function lockLogHeads(tx: Db, workspaceIds: readonly string[]): Promise<Map<string, LogHead>> {
  const mine = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM unnest(${workspaceIds}::uuid[]) AS id WHERE pg_try_advisory_xact_lock(${ADVISORY_LOCKS.receiptLogs}::int, hashtext(id::text))`;
  return mine.length === 0
    ? new Map()
    : readOrMakeHeads(
        tx,
        mine.map(({ id }) => id),
      );
}

/** Locks one head, waiting for the sequencer if it holds it. */
export async function waitForLogHead(tx: Db, workspaceId: string): Promise<LogHead> {
  await tx.$queryRaw`SELECT 1 AS held FROM pg_advisory_xact_lock(${ADVISORY_LOCKS.receiptLogs}::int, hashtext(${workspaceId}))`;
  const head = (await readOrMakeHeads(tx, [workspaceId])).get(workspaceId);
  if (!head) throw new Error("The receipt log has no head.");
  return head;
}

/** The prefix of a workspace's log origins. */
export function firstOriginOf(workspaceId: string): string {
  return `${new URL(getEnv().DAAI_PUBLIC_URL).host}/receipts/${workspaceId}`;
}

async function readOrMakeHeads(tx: Db, workspaceIds: readonly string[]): Promise<Map<string, LogHead>> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT workspace_id, origin, size, root_hash, edge FROM receipt_logs WHERE workspace_id = ANY(${workspaceIds}::uuid[]) ORDER BY workspace_id FOR UPDATE`;
  const heads = new Map<string, LogHead>();
  for (const row of rows) heads.set(row.workspace_id, await readHead(row));
  for (const workspaceId of workspaceIds) if (!heads.has(workspaceId)) heads.set(workspaceId, await makeHead(tx, workspaceId));
  return heads;
}

async function makeHead(tx: Db, workspaceId: string): Promise<LogHead> {
  // Kept from the first receipt on, even if the console's URL changes: verifiers identify a log by its origin.
  const origin = firstOriginOf(workspaceId);
  await tx.$executeRaw`
    INSERT INTO receipt_logs (workspace_id, origin, size, root_hash, edge, updated_at)
    VALUES (${workspaceId}::uuid, ${origin}, 0, ${sha256(new Uint8Array(0))}, ''::bytea, date_trunc('milliseconds', clock_timestamp()))`;
  return { origin, tree: EMPTY_TREE };
}

/** Never sign on top of a head that is inconsistent. */
async function readHead(row: Row): Promise<LogHead> {
  const { workspace_id: workspaceId, origin, size, root_hash: rootHash, edge } = row;
  if (!(await isWholeHead({ size, rootHash, edge })))
    throw new Error(`The head of the receipt log of workspace ${workspaceId} was changed: its root is not the one of its edge.`);
  return { origin, tree: treeOf(row) };
}

/** Whether the root matches the hashes of the tree's right edge. */
export async function isWholeHead(head: { size: bigint; rootHash: Bytes; edge: Bytes }): Promise<boolean> {
  const tree = treeOf(head);
  return tree.roots.length === edgeLength(tree.size) && isSameBytes(await rootOf(sha256, tree), head.rootHash);
}

function treeOf({ size, edge }: { size: bigint; edge: Bytes }): TreeEdge {
  return { size: Number(size), roots: hashesIn(edge) };
}
