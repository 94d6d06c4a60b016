import { bytes } from "@/lib/db/bytes";
import type { Db } from "@/lib/db/transaction";
import type { Bytes } from "@/lib/domain/log/byte-text";
import { TILE_HEIGHT, TILE_WIDTH } from "@/lib/domain/log/log-tiles";
import type { OnSubtree } from "@/lib/domain/log/merkle-tree";

/** Collects the hashes an append adds to the log's tiles, and writes them at the tiles' ends. */
export function newTileHashes(size: number): { add: OnSubtree; write(tx: Db, workspaceId: string): Promise<void> } {
  const gathered = new Map<number, Bytes[]>();
  return {
    add(level, hash) {
      if (level === 0 || level % TILE_HEIGHT !== 0) return;
      const tileLevel = level / TILE_HEIGHT;
      gathered.set(tileLevel, [...(gathered.get(tileLevel) ?? []), hash]);
    },
    async write(tx, workspaceId) {
      for (const [level, hashes] of gathered) {
        const first = Math.floor(size / TILE_WIDTH ** level);
        for (let at = 0; at < hashes.length; ) {
          const number = Math.floor((first + at) / TILE_WIDTH);
          const end = (number + 1) * TILE_WIDTH - first;
          const part = bytes(Buffer.concat(hashes.slice(at, end)));
          await tx.$executeRaw`
            INSERT INTO receipt_log_tiles AS tile (workspace_id, level, number, hashes) VALUES (${workspaceId}::uuid, ${level}, ${number}, ${part})
            ON CONFLICT (workspace_id, level, number) DO UPDATE SET hashes = tile.hashes || excluded.hashes`;
          at = end;
        }
      }
    },
  };
}
