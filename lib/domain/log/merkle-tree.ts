import type { Bytes } from "./byte-text";

/** Node hashes synchronously, browsers asynchronously; the code built on it awaits either. */
export type Sha256 = (bytes: Bytes) => Bytes | Promise<Bytes>;

export const HASH_LENGTH = 32;

/**
 * What has to be known of a tree of RFC 6962 to append to it: the roots of the largest complete subtrees that its leaves
 * fall into, from the left. A tree of 13 leaves has three: of 8, of 4 and of 1.
 */
export interface TreeEdge {
  readonly size: number;
  readonly roots: readonly Bytes[];
}

export const EMPTY_TREE: TreeEdge = { size: 0, roots: [] };

/** Splits `bytes` into consecutive hashes. */
export function hashesIn(bytes: Bytes): Bytes[] {
  return Array.from({ length: bytes.length / HASH_LENGTH }, (_, at) => bytes.slice(at * HASH_LENGTH, (at + 1) * HASH_LENGTH));
}

/** A complete subtree that has come to be: of 2^level leaves, the next one of its level. */
export type OnSubtree = (level: number, hash: Bytes) => void;

/** SHA-256(0x01 ‖ left ‖ right). */
export function hashChildren(sha256: Sha256, left: Bytes, right: Bytes): Bytes | Promise<Bytes> {
  const bytes = new Uint8Array(1 + 2 * HASH_LENGTH);
  bytes[0] = 1;
  bytes.set(left, 1);
  bytes.set(right, 1 + HASH_LENGTH);
  return sha256(bytes);
}

/** Returns the tree with more leaves appended. Costs one hash per leaf, however large the tree is. */
export async function appendLeaves(sha256: Sha256, tree: TreeEdge, leafHashes: Iterable<Bytes>, onSubtree?: OnSubtree): Promise<TreeEdge> {
  const roots = [...tree.roots];
  let size = tree.size;
  for (const leafHash of leafHashes) {
    let hash = leafHash;
    let level = 0;
    onSubtree?.(level, hash);
    // As many subtrees are completed as the size has ones at its end: it is counted up in binary.
    for (let rest = size; rest % 2 === 1; rest = (rest - 1) / 2) {
      const left = roots.pop();
      if (!left) throw new Error("The edge of the tree does not fit its size.");
      hash = await hashChildren(sha256, left, hash);
      onSubtree?.(++level, hash);
    }
    roots.push(hash);
    size++;
  }
  return { size, roots };
}

/** The tree's root: MTH of RFC 6962. */
export async function rootOf(sha256: Sha256, { roots }: TreeEdge): Promise<Bytes> {
  const [last, ...others] = [...roots].reverse();
  if (!last) return sha256(new Uint8Array(0));
  let hash = last;
  for (const left of others) hash = await hashChildren(sha256, left, hash);
  return hash;
}

/** How many complete subtrees a tree of that size has: the ones in its binary form. */
export function edgeLength(size: number): number {
  return [...size.toString(2)].filter((digit) => digit === "1").length;
}
