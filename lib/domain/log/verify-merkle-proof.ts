import { type Bytes, isSameBytes } from "./byte-text";
import { HASH_LENGTH, hashChildren, type Sha256 } from "./merkle-tree";

interface Inclusion {
  readonly index: number;
  readonly size: number;
  readonly leafHash: Bytes;
  readonly rootHash: Bytes;
  readonly proof: readonly Bytes[];
}

/** Whether the leaf is the one at `index` of the tree with that size and root (RFC 9162, 2.1.3.2). */
export async function isIncluded(sha256: Sha256, { index, size, leafHash, rootHash, proof }: Inclusion): Promise<boolean> {
  if (!isPosition(index) || !isPosition(size) || index >= size || !proof.every(isHash)) return false;
  let at = index;
  let last = size - 1;
  let hash = leafHash;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      hash = await hashChildren(sha256, sibling, hash);
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else hash = await hashChildren(sha256, hash, sibling);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && isSameBytes(hash, rootHash);
}

interface Consistency {
  readonly firstSize: number;
  readonly firstRoot: Bytes;
  readonly size: number;
  readonly rootHash: Bytes;
  readonly proof: readonly Bytes[];
}

/** Whether the larger tree starts with all leaves of the smaller one, in their order (RFC 9162, 2.1.4.2). */
export async function isConsistent(sha256: Sha256, { firstSize, firstRoot, size, rootHash, proof }: Consistency): Promise<boolean> {
  if (!isPosition(firstSize) || !isPosition(size) || firstSize > size || !proof.every(isHash)) return false;
  if (firstSize === size) return proof.length === 0 && isSameBytes(firstRoot, rootHash);
  if (firstSize === 0) return proof.length === 0 && isSameBytes(firstRoot, await sha256(new Uint8Array(0)));
  let at = firstSize - 1;
  let last = size - 1;
  while (at % 2 === 1) [at, last] = [half(at), half(last)];
  // A first tree that is complete is its own beginning, and left out of the proof.
  const [start, ...rest] = at === 0 ? [firstRoot, ...proof] : proof;
  if (!start) return false;
  let [firstHash, hash] = [start, start];
  for (const sibling of rest) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      firstHash = await hashChildren(sha256, sibling, firstHash);
      hash = await hashChildren(sha256, sibling, hash);
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else hash = await hashChildren(sha256, hash, sibling);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && isSameBytes(firstHash, firstRoot) && isSameBytes(hash, rootHash);
}

const half = (value: number) => Math.floor(value / 2);
const isPosition = (value: number) => Number.isSafeInteger(value) && value >= 0;
const isHash = ({ length }: Bytes) => length === HASH_LENGTH;
