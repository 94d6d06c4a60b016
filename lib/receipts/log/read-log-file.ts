import { bytes } from "@/lib/db/bytes";
import { Prisma } from "@/lib/db/generated/client";
import type { Bytes } from "@/lib/domain/log/byte-text";
import { entryBundle } from "@/lib/domain/log/entry-bundle";
import { type LogFile, TILE_WIDTH } from "@/lib/domain/log/log-tiles";
import { HASH_LENGTH } from "@/lib/domain/log/merkle-tree";
import type { WorkspaceContext } from "@/lib/security/context";

/** Builds a file of the workspace's log from its rows. Null when rows are missing. */
export async function readLogFile(ctx: WorkspaceContext, file: LogFile): Promise<Bytes | null> {
  if (file.holds === "receipts") {
    const bodies = await readEntries<string>(ctx, file, Prisma.sql`r.body`);
    return bodies && entryBundle(bodies);
  }
  if (file.level > 0) return readTile(ctx, file);
  const hashes = await readEntries<Bytes>(ctx, file, Prisma.sql`r.leaf_hash`);
  return hashes && bytes(Buffer.concat(hashes));
}

async function readEntries<T>({ db, workspaceId }: WorkspaceContext, { number, width }: LogFile, column: Prisma.Sql): Promise<T[] | null> {
  const first = number * TILE_WIDTH;
  const rows = await db.$queryRaw<{ log_index: bigint; entry: T }[]>`
    SELECT place.log_index, ${column} AS entry
    FROM receipt_places place JOIN receipts r ON r.id = place.receipt_id AND r.workspace_id = place.workspace_id
    WHERE place.workspace_id = ${workspaceId}::uuid AND place.log_index >= ${first} AND place.log_index < ${first + width}
    ORDER BY place.log_index`;
  return rows.length === width && rows.every(({ log_index: index }, at) => index === BigInt(first + at))
    ? rows.map(({ entry }) => entry)
    : null;
}

async function readTile({ db, workspaceId }: WorkspaceContext, { level, number, width }: LogFile): Promise<Bytes | null> {
  const tile = await db.receiptLogTile.findUnique({ where: { workspaceId_level_number: { workspaceId, level, number } } });
  const length = width * HASH_LENGTH;
  return tile && tile.hashes.length >= length ? tile.hashes.slice(0, length) : null;
}
