import type { Bytes } from "./byte-text";
import { hashChildren, type Sha256 } from "./merkle-tree";

/** The root of the complete subtree number `index` among those of 2^level leaves. */
export type ReadSubtree = (level: number, index: number) => Promise<Bytes>;

/** What a verifier needs beside a leaf to come to the root of a tree: PATH of RFC 6962. */
export async function inclusionProof(sha256: Sha256, read: ReadSubtree, index: number, size: number): Promise<Bytes[]> {
  const proof: Bytes[] = [];
  let [start, end] = [0, size];
  while (end - start > 1) {
    const middle = start + splitOf(end - start);
    const [from, to] = index < middle ? [middle, end] : [start, middle];
    proof.unshift(await rangeRoot(sha256, read, from, to));
    [start, end] = index < middle ? [start, middle] : [middle, end];
  }
  return proof;
}

/** Proves that a tree of `size` leaves extends the one of `first` leaves: PROOF of RFC 6962. */
export async function consistencyProof(sha256: Sha256, read: ReadSubtree, first: number, size: number): Promise<Bytes[]> {
  if (first === 0 || first === size) return [];
  const proof: Bytes[] = [];
  let [start, end] = [0, size];
  while (end !== first) {
    const middle = start + splitOf(end - start);
    const [from, to] = first <= middle ? [middle, end] : [start, middle];
    proof.unshift(await rangeRoot(sha256, read, from, to));
    [start, end] = first <= middle ? [start, middle] : [middle, end];
  }
  // The verifier has the root of the first tree already, unless that is only a part of it.
  if (start > 0) proof.unshift(await rangeRoot(sha256, read, start, end));
  return proof;
}

/** The largest power of two below `count`. */
function splitOf(count: number): number {
  let split = 1;
  while (2 * split < count) split *= 2;
  return split;
}

/** The root over a range that starts where a subtree of at least its length does. */
async function rangeRoot(sha256: Sha256, read: ReadSubtree, start: number, end: number): Promise<Bytes> {
  const length = end - start;
  const split = splitOf(length);
  if (length === 1 || 2 * split === length) return read(Math.log2(length), start / length);
  return hashChildren(sha256, await rangeRoot(sha256, read, start, start + split), await rangeRoot(sha256, read, start + split, end));
}
