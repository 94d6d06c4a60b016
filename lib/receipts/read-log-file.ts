import type { WorkspaceContext } from "@/lib/context";
import { bytes } from "@/lib/db/bytes";
import type { Bytes } from "@/lib/domain/byte-text";
import { entryBundle } from "@/lib/domain/entry-bundle";
import { TILE_WIDTH, type LogFile } from "@/lib/domain/log-tiles";
import { HASH_LENGTH } from "@/lib/domain/merkle-tree";

/** A file of the workspace's log, made from its rows. null when rows are missing. */
export async function readLogFile(ctx: WorkspaceContext, file: LogFile): Promise<Bytes | null> {
  if (file.holds === "hashes" && file.level > 0) return readTile(ctx, file);
  const first = file.number * TILE_WIDTH;
  const rows = await ctx.db.receipt.findMany({
    where: { workspaceId: ctx.workspaceId, logIndex: { gte: first, lt: first + file.width } },
    select: { logIndex: true, body: file.holds === "receipts", leafHash: file.holds === "hashes" },
    orderBy: { logIndex: "asc" },
  });
  if (rows.length !== file.width || rows.some(({ logIndex }, at) => logIndex !== BigInt(first + at))) return null;
  return file.holds === "receipts" ? entryBundle(rows.map(({ body }) => body)) : bytes(Buffer.concat(rows.map(({ leafHash }) => leafHash)));
}

async function readTile({ db, workspaceId }: WorkspaceContext, { level, number, width }: LogFile): Promise<Bytes | null> {
  const tile = await db.receiptLogTile.findUnique({ where: { workspaceId_level_number: { workspaceId, level, number } } });
  const length = width * HASH_LENGTH;
  return tile && tile.hashes.length >= length ? tile.hashes.slice(0, length) : null;
}
