// A log of receipts and whoever signs it, for tests of those who check one.

import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { type Bytes, hexText } from "@/lib/domain/log/byte-text";
import { checkpointText } from "@/lib/domain/log/checkpoint";
import { leafBytes } from "@/lib/domain/log/leaf-bytes";
import { consistencyProof } from "@/lib/domain/log/merkle-proofs";
import { appendLeaves, EMPTY_TREE, rootOf } from "@/lib/domain/log/merkle-tree";
import { signatureLine, signedNoteText, type VerifierKey, verifierKeyOf, verifierKeyText } from "@/lib/domain/log/signed-note";
import { sha256 } from "@/lib/receipts/log/node-check";

export const ORIGIN = "console.example.com/receipts/019a2b3c-0000-7000-8000-000000000001";

export class Signer {
  readonly #privateKey: KeyObject;
  readonly #key: VerifierKey;

  private constructor(privateKey: KeyObject, key: VerifierKey) {
    this.#privateKey = privateKey;
    this.#key = key;
  }

  static async generate(name = "console"): Promise<Signer> {
    const { privateKey, publicKey } = generateKeyPairSync("ed25519");
    const raw = Buffer.from(publicKey.export({ format: "jwk" }).x ?? "", "base64url");
    return new Signer(privateKey, await verifierKeyOf(sha256, name, new Uint8Array(raw)));
  }

  get verifierKey(): string {
    return verifierKeyText(this.#key);
  }

  sign(text: string): string {
    return signatureLine(this.#key, sign(null, Buffer.from(text), this.#privateKey));
  }
}

export const receipt = (number: number): string => JSON.stringify({ kind: "decision", receipt_id: `receipt-${number}` });

async function rootOver(receipts: readonly string[]): Promise<Bytes> {
  return rootOf(
    sha256,
    await appendLeaves(
      sha256,
      EMPTY_TREE,
      receipts.map((body) => sha256(leafBytes(body))),
    ),
  );
}

export async function noteOf(receipts: readonly string[], signers: readonly Signer[], origin: string = ORIGIN): Promise<string> {
  const text = checkpointText({ origin, size: receipts.length, rootHash: await rootOver(receipts) });
  return signedNoteText(
    text,
    signers.map((signer) => signer.sign(text)),
  );
}

/** That the log extends its first receipts, as the console gives it. */
export async function proofOf(first: number, receipts: readonly string[]): Promise<string[]> {
  const read = (level: number, index: number) => rootOver(receipts.slice(index * 2 ** level, (index + 1) * 2 ** level));
  return (await consistencyProof(sha256, read, first, receipts.length)).map(hexText);
}
