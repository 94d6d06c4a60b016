import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { derivedKey } from "./derived-key";

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** What is sealed for one purpose does not open for another. */
const LINK_TOKEN = "daai link token";

/**
 * A link's token, encrypted (AES-256-GCM) for the time between the run's transaction and the mail: the outbox needs the
 * token itself, and a stolen database must not open a link.
 */
export function sealToken(token: string, purpose: string = LINK_TOKEN): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", derivedKey(purpose), nonce);
  return Buffer.concat([nonce, cipher.update(token, "utf8"), cipher.final(), cipher.getAuthTag()]);
}

export function openToken(sealed: Uint8Array, purpose: string = LINK_TOKEN): string {
  const decipher = createDecipheriv("aes-256-gcm", derivedKey(purpose), sealed.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  return decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES), undefined, "utf8") + decipher.final("utf8");
}
