import { type Bytes, isSameBytes } from "./byte-text";
import { type Checkpoint, openCheckpoint, type SignatureCheck } from "./checkpoint";
import { readEntryBundle } from "./entry-bundle";
import { leafBytes } from "./leaf-bytes";
import { type FoundRestart, keptProblem, restartDoubts, restartProblems } from "./log-restarts";
import { CHECKPOINT_PATH, type LogFile, logFiles, TILE_HEIGHT } from "./log-tiles";
import { appendLeaves, EMPTY_TREE, HASH_LENGTH, rootOf } from "./merkle-tree";
import { readLogRestartedBody } from "./read-log-restarted-body";
import { readReceiptHead } from "./receipt-file";
import type { VerifierKey } from "./signed-note";
import { NEVER_PROVED, type Verdict, verdictOf } from "./verdict";

export type ReadLogFile = (path: string) => Promise<Bytes | null>;

/** Maximum number of reported problems; more would not help. */
const ENOUGH_PROBLEMS = 20;

/**
 * Verifies a whole log: rebuilds the tree from every receipt and compares it with the signed root. `kept` are checkpoints the reader saved
 * earlier, which the log must extend.
 */
export async function verifyLog(
  check: SignatureCheck,
  keys: readonly VerifierKey[],
  read: ReadLogFile,
  kept: readonly string[] = [],
): Promise<Verdict> {
  const note = await read(CHECKPOINT_PATH);
  if (!note) return verdictOf(["The archive has no checkpoint."], []);
  const opened = await openCheckpoint(check, new TextDecoder().decode(note), keys);
  if (!opened.ok) return verdictOf([opened.problem], []);
  const { checkpoint, signedBy } = opened;
  const earlier = await openKept(check, keys, kept);

  const replayed = await replay(check, read, checkpoint, earlier.checkpoints);
  const { restarts } = replayed;
  const comparisons = earlier.checkpoints.map(
    (one) => keptProblem(one, checkpoint, restarts) ?? (replayed.rewritten.has(one) ? rewritten(one) : null),
  );
  const problems = [
    ...earlier.problems,
    ...comparisons.filter((problem) => problem !== null),
    ...replayed.problems,
    ...(replayed.isWhole ? restartProblems(restarts, checkpoint) : []),
  ].slice(0, ENOUGH_PROBLEMS);
  const comparison = kept.length > 0 ? [`It begins with everything that the ${kept.length} checkpoints you kept signed.`] : [];
  return verdictOf(
    problems,
    [
      `All ${checkpoint.size} receipts of ${checkpoint.origin} are present, unchanged and in order: together they have the root that was signed.`,
      `The log was signed by ${signedBy.map(({ name }) => name).join(" and ")}.`,
      ...comparison,
    ],
    [
      ...NEVER_PROVED,
      ...restartDoubts(restarts),
      ...(kept.length > 0 ? [] : ["That the log was not rewritten since an earlier checkpoint: give one that you kept."]),
    ],
  );
}

async function openKept(check: SignatureCheck, keys: readonly VerifierKey[], notes: readonly string[]) {
  const checkpoints: Checkpoint[] = [];
  const problems: string[] = [];
  for (const note of notes) {
    const opened = await openCheckpoint(check, note, keys);
    if (!opened.ok) problems.push(`A checkpoint you kept: ${opened.problem}`);
    else checkpoints.push(opened.checkpoint);
  }
  return { checkpoints: checkpoints.sort((a, b) => a.size - b.size), problems };
}

interface Replayed {
  readonly problems: readonly string[];
  /** Every receipt was there, so that the rest could be compared. */
  readonly isWhole: boolean;
  /** Those of the earlier checkpoints that have another root than the log had at their size. */
  readonly rewritten: ReadonlySet<Checkpoint>;
  readonly restarts: readonly FoundRestart[];
}

/** Goes through the receipts in their order, and through the hashes that are kept over them. */
async function replay(
  { sha256 }: SignatureCheck,
  read: ReadLogFile,
  { size, rootHash, origin }: Checkpoint,
  earlier: readonly Checkpoint[],
): Promise<Replayed> {
  const problems: string[] = [];
  const rewritten = new Set<Checkpoint>();
  const restarts: FoundRestart[] = [];
  const hashes = new Map<number, Bytes[]>();
  const ids = new Set<string>();
  let tree = EMPTY_TREE;
  let isWhole = true;
  for (const file of logFiles(size)) {
    if (problems.length >= ENOUGH_PROBLEMS) return { problems, isWhole: false, rewritten, restarts };
    const bytes = await read(file.path);
    if (!bytes) {
      problems.push(`${whatOf(file)} are missing: the log has no ${file.path}.`);
      if (file.holds === "receipts") isWhole = false;
      continue;
    }
    if (file.holds === "hashes") {
      if (isWhole) problems.push(...compare(file, bytes, hashes.get(file.level) ?? []));
      continue;
    }
    const entries = readEntryBundle(bytes);
    if (entries?.length !== file.width) {
      problems.push(
        `${whatOf(file)} are incomplete or too many: ${file.path} has ${entries?.length ?? "no readable number of"} receipts instead of ${file.width}.`,
      );
      isWhole = false;
      continue;
    }
    const texts = entries.map((entry) => new TextDecoder().decode(entry));
    problems.push(...checkTexts(texts, file, origin, ids));
    if (!isWhole) continue;
    const leaves: Bytes[] = [];
    for (const entry of entries) leaves.push(await sha256(leafBytes(entry)));
    const collect = (level: number, hash: Bytes) => {
      if (level % TILE_HEIGHT !== 0) return;
      const found = hashes.get(level / TILE_HEIGHT);
      if (found) found.push(hash);
      else hashes.set(level / TILE_HEIGHT, [hash]);
    };
    const { size: first } = tree;
    const rootAt = async (end: number) => rootOf(sha256, await appendLeaves(sha256, tree, leaves.slice(0, end - first)));
    for (const kept of earlier.filter((one) => one.size > first && one.size <= first + leaves.length)) {
      if (!isSameBytes(await rootAt(kept.size), kept.rootHash)) rewritten.add(kept);
    }
    for (const [at, text] of texts.entries()) {
      const says = text.includes('"log_restarted"') ? readLogRestartedBody(text) : null;
      if (says) restarts.push({ index: first + at, rootBefore: await rootAt(first + at), says });
    }
    tree = await appendLeaves(sha256, tree, leaves, collect);
  }
  if (isWhole && !isSameBytes(await rootOf(sha256, tree), rootHash)) {
    problems.push(
      "The receipts are not the ones that were signed: a receipt was changed, left out, inserted or moved, because together they do not have the signed root.",
    );
  }
  return { problems, isWhole, rewritten, restarts };
}

const rewritten = ({ size }: Checkpoint) =>
  `The log was rewritten: its first ${size} receipts are not the ones of the checkpoint you kept.`;

function whatOf({ holds, level, number, width }: LogFile): string {
  const first = number * 256;
  return holds === "receipts"
    ? `The receipts ${first + 1} to ${first + width}`
    : `The hashes ${first + 1} to ${first + width} of level ${level}`;
}

function checkTexts(texts: readonly string[], { number }: LogFile, origin: string, ids: Set<string>): string[] {
  return texts.flatMap((text, at) => {
    const place = number * 256 + at + 1;
    const head = readReceiptHead(text);
    if (!head) return [`Entry ${place} cannot be read.`];
    if (!origin.split("/").includes(head.workspace_id)) return [`Entry ${place} belongs to another workspace's log.`];
    if (ids.has(head.receipt_id)) return [`Entry ${place} is in the log twice: ${head.receipt_id}.`];
    ids.add(head.receipt_id);
    return [];
  });
}

/** The first hash of a tile that is not the one of the receipts below it. */
function compare({ path, level, number, width }: LogFile, bytes: Bytes, known: readonly Bytes[]): string[] {
  if (bytes.length !== width * HASH_LENGTH) return [`${path} does not have the length of ${width} hashes.`];
  for (let at = 0; at < width; at++) {
    const hash = known[number * 256 + at];
    if (hash && isSameBytes(hash, bytes.subarray(at * HASH_LENGTH, (at + 1) * HASH_LENGTH))) continue;
    const place = number * 256 + at;
    return level === 0
      ? [`Entry ${place + 1} is not the one that was recorded: it does not have the hash in ${path}.`]
      : [
          `${path} was changed: its hash ${at + 1} is not the one over the receipts ${place * 256 ** level + 1} to ${(place + 1) * 256 ** level}.`,
        ];
  }
  return [];
}
