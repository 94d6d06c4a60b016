import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Bytes, base64Text, bytesOfBase64, bytesOfHex, hexText } from "@/lib/domain/log/byte-text";
import { checkpointText, openCheckpoint } from "@/lib/domain/log/checkpoint";
import { consistencyProof, inclusionProof, type ReadSubtree } from "@/lib/domain/log/merkle-proofs";
import { appendLeaves, EMPTY_TREE, edgeLength, rootOf } from "@/lib/domain/log/merkle-tree";
import {
  parseSignedNote,
  parseVerifierKey,
  signatureLine,
  signedNoteText,
  verifierKeyOf,
  verifierKeyText,
} from "@/lib/domain/log/signed-note";
import { isConsistent, isIncluded } from "@/lib/domain/log/verify-merkle-proof";
import { nodeCheck, sha256 } from "./node-check";

interface Vectors {
  trees: { leaves: string[]; roots: string[] };
  inclusion: { index: number; size: number; proof: string[] }[];
  consistency: { first: number; size: number; proof: string[] }[];
  tlog: {
    inclusion: { index: number; size: number; root: string; proof: string[] }[];
    consistency: { first: number; size: number; first_root: string; root: string; proof: string[] }[];
  };
  note: { key: string; note: string };
}

/** The same file that the Python SDK's tests read. */
const vectors = JSON.parse(readFileSync("sdk/python/tests/vectors/receipt-log.json", "utf8")) as Vectors;
const bytes = (hex: string) => bytesOfHex(hex) ?? new Uint8Array();
const leafHashOf = (leaf: Uint8Array) => sha256(Uint8Array.of(0, ...leaf));
const numbered = (count: number) => Array.from({ length: count }, (_, at) => leafHashOf(Uint8Array.of(at >> 8, at)));

/** MTH of RFC 6962, word for word. */
function plainRoot(leaves: readonly Bytes[]): Bytes {
  const [only] = leaves;
  if (!only) return sha256(new Uint8Array());
  if (leaves.length === 1) return only;
  let split = 1;
  while (2 * split < leaves.length) split *= 2;
  return sha256(Uint8Array.of(1, ...plainRoot(leaves.slice(0, split)), ...plainRoot(leaves.slice(split))));
}

const readerOf =
  (leaves: readonly Bytes[]): ReadSubtree =>
  (level, index) =>
    Promise.resolve(plainRoot(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level)));

describe("the vectors of RFC 6962", () => {
  const leaves = vectors.trees.leaves.map((leaf) => leafHashOf(bytes(leaf)));

  test("roots", async () => {
    for (const [size, root] of vectors.trees.roots.entries()) {
      expect(hexText(await rootOf(sha256, await appendLeaves(sha256, EMPTY_TREE, leaves.slice(0, size))))).toBe(root);
    }
  });

  test("proofs, made and verified", async () => {
    const root = (size: number) => bytes(vectors.trees.roots[size] ?? "");
    for (const { index, size, proof } of vectors.inclusion) {
      expect((await inclusionProof(sha256, readerOf(leaves), index, size)).map(hexText)).toEqual(proof);
      expect(
        await isIncluded(sha256, { index, size, leafHash: leaves[index] ?? root(0), rootHash: root(size), proof: proof.map(bytes) }),
      ).toBe(true);
    }
    for (const { first, size, proof } of vectors.consistency) {
      expect((await consistencyProof(sha256, readerOf(leaves), first, size)).map(hexText)).toEqual(proof);
      expect(
        await isConsistent(sha256, { firstSize: first, firstRoot: root(first), size, rootHash: root(size), proof: proof.map(bytes) }),
      ).toBe(true);
    }
  });
});

test("the proofs of another implementation", async () => {
  const entry = (n: number) => leafHashOf(new TextEncoder().encode(`{"n":${n}}`));
  const leaves = Array.from({ length: 777 }, (_, n) => entry(n));
  for (const { index, size, root, proof } of vectors.tlog.inclusion) {
    expect((await inclusionProof(sha256, readerOf(leaves), index, size)).map(hexText)).toEqual(proof);
    expect(await isIncluded(sha256, { index, size, leafHash: entry(index), rootHash: bytes(root), proof: proof.map(bytes) })).toBe(true);
  }
  for (const { first, size, first_root: firstRoot, root, proof } of vectors.tlog.consistency) {
    expect((await consistencyProof(sha256, readerOf(leaves), first, size)).map(hexText)).toEqual(proof);
    expect(
      await isConsistent(sha256, { firstSize: first, firstRoot: bytes(firstRoot), size, rootHash: bytes(root), proof: proof.map(bytes) }),
    ).toBe(true);
  }
});

describe("any log", () => {
  test("grows by parts to the root of the whole, and names every complete subtree once", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 6 }), async (parts) => {
        const leaves = numbered(parts.reduce((sum, part) => sum + part, 0));
        const found = new Map<number, Bytes[]>();
        let tree = EMPTY_TREE;
        for (const part of parts) {
          tree = await appendLeaves(sha256, tree, leaves.slice(tree.size, tree.size + part), (level, hash) =>
            found.set(level, [...(found.get(level) ?? []), hash]),
          );
          expect(tree.roots).toHaveLength(edgeLength(tree.size));
          expect(await rootOf(sha256, tree)).toEqual(plainRoot(leaves.slice(0, tree.size)));
        }
        for (const [level, hashes] of found)
          expect(hashes).toEqual(await Promise.all(hashes.map((_, index) => readerOf(leaves)(level, index))));
      }),
      { numRuns: 12 },
    );
  });

  test("is proved from any size to any other; a proof that was changed, or is of another log, proves nothing", async () => {
    const sizes = fc
      .integer({ min: 1, max: 90 })
      .chain((size) => fc.tuple(fc.constant(size), fc.nat(size - 1), fc.integer({ min: 1, max: size }), fc.nat()));
    await fc.assert(
      fc.asyncProperty(sizes, async ([size, index, firstSize, seed]) => {
        const leaves = numbered(size);
        const read = readerOf(leaves);
        const rootHash = plainRoot(leaves);
        const leafHash = leaves[index] ?? rootHash;
        const inclusion = { index, size, leafHash, rootHash, proof: await inclusionProof(sha256, read, index, size) };
        const consistency = {
          firstSize,
          firstRoot: plainRoot(leaves.slice(0, firstSize)),
          size,
          rootHash,
          proof: await consistencyProof(sha256, read, firstSize, size),
        };
        expect(await isIncluded(sha256, inclusion)).toBe(true);
        expect(await isConsistent(sha256, consistency)).toBe(true);

        const broken = <T extends { proof: Bytes[] }>(proved: T) => {
          if (proved.proof.length === 0) return proved;
          const proof = proved.proof.map((hash) => hash.slice());
          const hash = proof[seed % proof.length];
          if (hash) hash[seed % 32] = (hash[seed % 32] ?? 0) ^ 1;
          return { ...proved, proof };
        };
        const other = sha256(rootHash);
        for (const wrong of [
          { ...inclusion, index: (index + 1) % (size + 1) },
          { ...inclusion, leafHash: other },
          { ...inclusion, rootHash: other },
          { ...inclusion, proof: [...inclusion.proof, other] },
        ]) {
          expect(await isIncluded(sha256, wrong)).toBe(false);
        }
        if (inclusion.proof.length > 0) expect(await isIncluded(sha256, broken(inclusion))).toBe(false);
        for (const wrong of [
          { ...consistency, firstRoot: other },
          { ...consistency, rootHash: other },
          { ...consistency, proof: [...consistency.proof, other] },
          { ...consistency, firstSize: size + 1 },
        ]) {
          expect(await isConsistent(sha256, wrong)).toBe(false);
        }
        if (consistency.proof.length > 0) expect(await isConsistent(sha256, broken(consistency))).toBe(false);
      }),
      { numRuns: 40 },
    );
  });
});

describe("a signed note", () => {
  test("of another implementation is read and verified", async () => {
    const key = await parseVerifierKey(sha256, vectors.note.key);
    const note = parseSignedNote(vectors.note.note);
    if (!key || !note) throw new Error("The vectors are notes and keys.");
    expect(verifierKeyText(key)).toBe(vectors.note.key);
    expect(note.signatures).toMatchObject([{ name: key.name, keyHash: key.keyHash }]);
    expect(
      await nodeCheck.isSigned(key.publicKey, note.signatures[0]?.signature ?? key.publicKey, new TextEncoder().encode(note.text)),
    ).toBe(true);
    expect(await parseVerifierKey(sha256, vectors.note.key.replace("c74f20a3", "c74f20a4"))).toBeNull();
  });

  test("is a checkpoint when a known key has signed it, whoever else has", async () => {
    const signers = await Promise.all(["old", "new", "stranger"].map(makeSigner));
    const [old, current, stranger] = signers;
    if (!old || !current || !stranger) throw new Error("Three were made.");
    const checkpoint = { origin: "console.example.com/receipts/1", size: 8, rootHash: bytes(vectors.trees.roots[8] ?? "") };
    const text = checkpointText(checkpoint);
    const note = signedNoteText(
      text,
      signers.map((signer) => signer.sign(text)),
    );
    expect(await openCheckpoint(nodeCheck, note, [current.key])).toEqual({ ok: true, checkpoint, signedBy: [current.key] });
    expect(await openCheckpoint(nodeCheck, note, [old.key, current.key])).toMatchObject({ ok: true, signedBy: [old.key, current.key] });
    const problem = async (tampered: string, keys = [current.key]) =>
      (await openCheckpoint(nodeCheck, tampered, keys)) as { problem?: string };
    expect((await problem(note.replace("\n8\n", "\n9\n"))).problem).toMatch(/changed after it was signed/);
    expect((await problem(signedNoteText(text, [stranger.sign(text)]))).problem).toMatch(/none of the keys you trust/);
    expect((await problem(signedNoteText(text, []))).problem).toMatch(/cannot be read/);
    for (const wrong of [note.replace("8", "08"), note.slice(0, -1), `${text}${note}`.replace("8", ""), note.replaceAll("\n", "\r\n")])
      expect((await problem(wrong)).problem).toBeTruthy();
  });
});

async function makeSigner(name: string) {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const key = await verifierKeyOf(sha256, name, new Uint8Array(publicKey.export({ format: "der", type: "spki" }).subarray(-32)));
  return { key, sign: (text: string) => signatureLine(key, sign(null, Buffer.from(text), privateKey)) };
}

test("bytes have one text each", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70 }), (value) => {
      expect(bytesOfBase64(base64Text(value))).toEqual(value);
      expect(base64Text(value)).toBe(Buffer.from(value).toString("base64"));
      expect(bytesOfHex(hexText(value))).toEqual(value);
    }),
  );
  expect([bytesOfBase64("AB=="), bytesOfBase64("A"), bytesOfBase64("A A="), bytesOfHex("0"), bytesOfHex("AB")]).toEqual([
    null,
    null,
    null,
    null,
    null,
  ]);
  expect(createHash("sha256").digest("hex")).toBe(vectors.trees.roots[0]);
});
