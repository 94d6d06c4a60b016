import type { SignatureCheck } from "@/lib/domain/log/checkpoint";

/** Hashing and signatures by the browser itself. Null: it offers neither to pages without TLS. */
export function browserCheck(subtle: SubtleCrypto | null = globalThis.crypto.subtle ?? null): SignatureCheck | null {
  if (subtle === null) return null;
  return {
    sha256: async (bytes) => new Uint8Array(await subtle.digest("SHA-256", bytes)),
    async isSigned(publicKey, signature, text) {
      const key = await subtle.importKey("raw", publicKey, { name: "Ed25519" }, false, ["verify"]);
      return subtle.verify({ name: "Ed25519" }, key, signature, text);
    },
  };
}
