import type { Bytes } from "@/lib/domain/log/byte-text";
import { checkpointText } from "@/lib/domain/log/checkpoint";
import { entryBundle } from "@/lib/domain/log/entry-bundle";
import { leafBytes } from "@/lib/domain/log/leaf-bytes";
import { CHECKPOINT_PATH, logFiles, TILE_HEIGHT, TILE_WIDTH } from "@/lib/domain/log/log-tiles";
import { appendLeaves, EMPTY_TREE, rootOf } from "@/lib/domain/log/merkle-tree";
import { signedNoteText } from "@/lib/domain/log/signed-note";
import { TAR_END, tarFile } from "@/lib/domain/log/tar-archive";
import type { LogSigner } from "@/lib/receipts/log/log-keys";
import { sha256 } from "@/lib/receipts/log/node-check";

const leavesOf = (bodies: readonly string[]) => bodies.map((body) => sha256(leafBytes(body)));

/** The signed checkpoint of a log of these receipts. */
export async function noteOf(origin: string, bodies: readonly string[], { sign }: LogSigner): Promise<string> {
  const rootHash = await rootOf(sha256, await appendLeaves(sha256, EMPTY_TREE, leavesOf(bodies)));
  const text = checkpointText({ origin, size: bodies.length, rootHash });
  return signedNoteText(text, [sign(text)]);
}

/** The files of an archive of these receipts, under that checkpoint, whether it is theirs or not. */
export async function logArchiveFiles(bodies: readonly string[], note: string): Promise<[string, Bytes][]> {
  const hashes: Bytes[][] = [];
  await appendLeaves(sha256, EMPTY_TREE, leavesOf(bodies), (level, hash) => {
    if (level % TILE_HEIGHT === 0) (hashes[level / TILE_HEIGHT] ??= []).push(hash);
  });
  const parts = [...logFiles(bodies.length)].map(({ path, holds, level, number, width }): [string, Bytes] => {
    const range = [number * TILE_WIDTH, number * TILE_WIDTH + width] as const;
    return [
      path,
      holds === "receipts" ? entryBundle(bodies.slice(...range)) : new Uint8Array(Buffer.concat(hashes[level]?.slice(...range) ?? [])),
    ];
  });
  return [[CHECKPOINT_PATH, new TextEncoder().encode(note)], ...parts];
}

export function packLogArchive(files: readonly [string, Bytes][]): Bytes {
  return new Uint8Array(Buffer.concat([...files.map(([path, content]) => tarFile(path, content)), TAR_END]));
}
