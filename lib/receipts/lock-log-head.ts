import type { Db } from "@/lib/db/transaction";
import { type Bytes, isSameBytes } from "@/lib/domain/byte-text";
import { EMPTY_TREE, edgeLength, HASH_LENGTH, rootOf, type TreeEdge } from "@/lib/domain/merkle-tree";
import { getEnv } from "@/lib/env";
import { sha256 } from "./node-check";

/** Beside the class of the workers' locks: which workspace's log is at work. */
export const LOG_LOCK_CLASS = 72_707_372;

export interface LogHead {
  readonly origin: string;
  readonly tree: TreeEdge;
}

interface Row {
  origin: string;
  size: bigint;
  root_hash: Bytes;
  edge: Bytes;
}

/** The log's head, made when there is none, for the one sequencer that has it until the transaction ends. null: another has. */
export async function lockLogHead(tx: Db, workspaceId: string): Promise<LogHead | null> {
  const [lock] = await tx.$queryRaw<{ is_mine: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(${LOG_LOCK_CLASS}::int, hashtext(${workspaceId})) AS is_mine`;
  return lock?.is_mine ? readOrMakeHead(tx, workspaceId) : null;
}

/** The same for whoever can wait until the sequencer is done. */
export async function waitForLogHead(tx: Db, workspaceId: string): Promise<LogHead> {
  await tx.$queryRaw`SELECT 1 AS held FROM pg_advisory_xact_lock(${LOG_LOCK_CLASS}::int, hashtext(${workspaceId}))`;
  return readOrMakeHead(tx, workspaceId);
}

/** What the origins of a workspace's log begin with. */
export function firstOriginOf(workspaceId: string): string {
  return `${new URL(getEnv().DAAI_PUBLIC_URL).host}/receipts/${workspaceId}`;
}

async function readOrMakeHead(tx: Db, workspaceId: string): Promise<LogHead> {
  const rows = await tx.$queryRaw<Row[]>`SELECT origin, size, root_hash, edge FROM receipt_logs WHERE workspace_id = ${workspaceId}::uuid FOR UPDATE`;
  const [row] = rows;
  return row ? readHead(workspaceId, row) : makeHead(tx, workspaceId);
}

async function makeHead(tx: Db, workspaceId: string): Promise<LogHead> {
  // Kept from the first receipt on, whatever address the console gets later: a log is known by its origin.
  const origin = firstOriginOf(workspaceId);
  await tx.$executeRaw`
    INSERT INTO receipt_logs (workspace_id, origin, size, root_hash, edge, updated_at)
    VALUES (${workspaceId}::uuid, ${origin}, 0, ${sha256(new Uint8Array(0))}, ''::bytea, date_trunc('milliseconds', clock_timestamp()))`;
  return { origin, tree: EMPTY_TREE };
}

/** Nothing is signed on top of a head that does not hold together. */
async function readHead(workspaceId: string, row: Row): Promise<LogHead> {
  const { origin, size, root_hash: rootHash, edge } = row;
  if (!(await isWholeHead({ size, rootHash, edge }))) throw new Error(`The head of the receipt log of workspace ${workspaceId} was changed: its root is not the one of its edge.`);
  return { origin, tree: treeOf(row) };
}

/** Whether the root is the one of the edge. */
export async function isWholeHead(head: { size: bigint; rootHash: Bytes; edge: Bytes }): Promise<boolean> {
  const tree = treeOf(head);
  return tree.roots.length === edgeLength(tree.size) && isSameBytes(await rootOf(sha256, tree), head.rootHash);
}

function treeOf({ size, edge }: { size: bigint; edge: Bytes }): TreeEdge {
  return { size: Number(size), roots: rootsIn(edge) };
}

function rootsIn(edge: Bytes): Bytes[] {
  return Array.from({ length: edge.length / HASH_LENGTH }, (_, at) => edge.slice(at * HASH_LENGTH, (at + 1) * HASH_LENGTH));
}
