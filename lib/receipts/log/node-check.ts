import { createPublicKey, hash, verify } from "node:crypto";
import type { Bytes } from "@/lib/domain/log/byte-text";
import type { SignatureCheck } from "@/lib/domain/log/checkpoint";

/** DER of an Ed25519 public key up to its 32 bytes (RFC 8410). */
const ED25519_PUBLIC_PREFIX = Buffer.from("302a300506032b6570032100", "hex");

export function sha256(bytes: Uint8Array): Bytes {
  return new Uint8Array(hash("sha256", bytes, "buffer"));
}

/** The Node crypto functions that checking checkpoints and proofs needs. */
export const nodeCheck: SignatureCheck = {
  sha256,
  isSigned(publicKey, signature, text) {
    const key = createPublicKey({ key: Buffer.concat([ED25519_PUBLIC_PREFIX, publicKey]), format: "der", type: "spki" });
    return verify(null, text, key, signature);
  },
};
