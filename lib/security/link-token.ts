import { createHash, randomBytes } from "node:crypto";

/** 256 random bits, base64url. Its holder may do what the link is for, such as one decision for one approver and one run. */
export function makeLinkToken(): string {
  return randomBytes(32).toString("base64url");
}

/** Only the SHA-256 is stored. */
export function hashLinkToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
