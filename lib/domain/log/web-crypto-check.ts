import type { SignatureCheck } from "./checkpoint";

/** Hashing and Ed25519 signatures by Web Crypto. Null where there is none: browsers offer it only to pages over HTTPS. */
export function webCryptoCheck(subtle: SubtleCrypto | null = globalThis.crypto.subtle ?? null): SignatureCheck | null {
  if (subtle === null) return null;
  return {
    sha256: async (bytes) => new Uint8Array(await subtle.digest("SHA-256", bytes)),
    async isSigned(publicKey, signature, text) {
      const key = await subtle.importKey("raw", publicKey, { name: "Ed25519" }, false, ["verify"]);
      return subtle.verify({ name: "Ed25519" }, key, signature, text);
    },
  };
}
