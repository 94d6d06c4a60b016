import { createHash } from "node:crypto";

/** The leaf of RFC 6962: SHA-256(0x00 ‖ body). */
export function leafHash(body: string): Buffer {
  return createHash("sha256").update(Buffer.of(0)).update(body, "utf8").digest();
}
