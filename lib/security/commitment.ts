import { createHmac, randomBytes } from "node:crypto";

/** 32 random bytes beside each run: deleting them with the payload makes the receipt's commitments say nothing. */
export function makeSalt(): Buffer {
  return randomBytes(32);
}

/** HMAC-SHA-256(salt, exact bytes), in hex: a receipt holds this instead of the text. */
export function commitTo(salt: Uint8Array, text: string): string {
  return createHmac("sha256", salt).update(text, "utf8").digest("hex");
}
