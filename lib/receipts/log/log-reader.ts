import type { Bytes } from "@/lib/domain/log/byte-text";
import { TILE_HEIGHT, TILE_WIDTH } from "@/lib/domain/log/log-tiles";
import type { ReadSubtree } from "@/lib/domain/log/merkle-proofs";
import { appendLeaves, EMPTY_TREE, hashesIn, rootOf } from "@/lib/domain/log/merkle-tree";
import type { WorkspaceContext } from "@/lib/security/context";
import { sha256 } from "./node-check";
import { readLogFile } from "./read-log-file";

/** Reads hashes of the log's subtrees for proofs about its first `size` receipts. Reads each tile once. */
export function logReader(ctx: WorkspaceContext, size: number): ReadSubtree {
  const tiles = new Map<string, Promise<Bytes | null>>();
  return async (level, index) => {
    const tileLevel = Math.floor(level / TILE_HEIGHT);
    const count = 2 ** (level % TILE_HEIGHT);
    const number = Math.floor((index * count) / TILE_WIDTH);
    const width = Math.min(TILE_WIDTH, Math.floor(size / TILE_WIDTH ** tileLevel) - number * TILE_WIDTH);
    const key = `${tileLevel}/${number}`;
    const reading = tiles.get(key) ?? readLogFile(ctx, { path: key, holds: "hashes", level: tileLevel, number, width });
    tiles.set(key, reading);
    const tile = await reading;
    if (!tile) throw new Error(`The log of workspace ${ctx.workspaceId} has a gap: its tile ${key} is not whole.`);
    const first = (index * count) % TILE_WIDTH;
    return rootOf(sha256, await appendLeaves(sha256, EMPTY_TREE, hashesIn(tile).slice(first, first + count)));
  };
}
