import { createHash } from "node:crypto";
import { leafBytes } from "@/lib/domain/log/leaf-bytes";

/** The leaf of RFC 6962: SHA-256(0x00 ‖ body). */
export function leafHash(body: string): Buffer {
  return createHash("sha256").update(leafBytes(body)).digest();
}
