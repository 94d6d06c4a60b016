import { leafBytes } from "@/lib/domain/leaf-bytes";

export interface CheckedText {
  readonly body: string;
  /** Hex. */
  readonly leafHash: string;
}

/** Whether every text has its hash, worked out by this browser. Null: it does not offer hashing to pages without TLS. */
export async function checkReceipts(receipts: readonly CheckedText[], subtle: SubtleCrypto | null = globalThis.crypto.subtle ?? null): Promise<boolean | null> {
  if (subtle === null) return null;
  const hashes = await Promise.all(receipts.map(({ body }) => subtle.digest("SHA-256", leafBytes(body))));
  return receipts.every(({ leafHash }, index) => hex(hashes[index] ?? new ArrayBuffer(0)) === leafHash);
}

function hex(buffer: ArrayBuffer): string {
  return [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
