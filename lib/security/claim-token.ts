import { createHash, randomBytes } from "node:crypto";

/** 256 random bits, base64url: who holds it holds the claim. */
export function makeClaimToken(): string {
  return randomBytes(32).toString("base64url");
}

/** Only the SHA-256 is stored; the token has too many bits to be guessed back from it. */
export function hashClaimToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
