import type { Bytes } from "./byte-text";
import type { Sha256 } from "./merkle-tree";

const BLOCK_LENGTH = 64;

/** HMAC-SHA-256 (RFC 2104) from the hash that a verifier brings along. For keys of at most 64 bytes. */
export async function hmacSha256(sha256: Sha256, key: Bytes, message: Bytes): Promise<Bytes> {
  if (key.length > BLOCK_LENGTH) throw new Error("The key is longer than a block.");
  const inner = await sha256(Uint8Array.of(...padded(key, 0x36), ...message));
  return sha256(Uint8Array.of(...padded(key, 0x5c), ...inner));
}

function padded(key: Bytes, pad: number): number[] {
  return Array.from({ length: BLOCK_LENGTH }, (_, at) => (key[at] ?? 0) ^ pad);
}
