/** C2SP tlog-tiles: a tile holds 256 hashes, and one of the next level is over all of them. */
export const TILE_HEIGHT = 8;
export const TILE_WIDTH = 256;

/** One file of a log's archive: receipts themselves, or hashes of complete subtrees. */
export interface LogFile {
  /** As tlog-tiles names it: `tile/0/x001/067`, `tile/entries/000.p/17`. */
  readonly path: string;
  readonly holds: "receipts" | "hashes";
  /** Of 256^level receipts each. */
  readonly level: number;
  readonly number: number;
  /** How many it holds: 256, but at the log's end. */
  readonly width: number;
}

export const CHECKPOINT_PATH = "checkpoint";

/** All files of a log of that size but its checkpoint, the receipts before the hashes over them. */
export function* logFiles(size: number): Generator<LogFile> {
  for (let level = 0, count = size; count > 0; level++, count = Math.floor(count / TILE_WIDTH)) {
    for (let number = 0; number * TILE_WIDTH < count; number++) {
      const width = Math.min(TILE_WIDTH, count - number * TILE_WIDTH);
      if (level === 0) yield { path: pathOf("entries", number, width), holds: "receipts", level, number, width };
      yield { path: pathOf(String(level), number, width), holds: "hashes", level, number, width };
    }
  }
}

function pathOf(level: string, number: number, width: number): string {
  const groups = String(number)
    .padStart(3, "0")
    .split(/(?=(?:\d{3})+$)/)
    .map((group) => group.padStart(3, "0"));
  const name = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join("/");
  return `tile/${level}/${name}${width < TILE_WIDTH ? `.p/${width}` : ""}`;
}
