import { createHash, randomBytes } from "node:crypto";

/** 256 random bits, base64url: whoever holds it may do what its link is for, such as to answer once for one approver and one run. */
export function makeLinkToken(): string {
  return randomBytes(32).toString("base64url");
}

/** Only the SHA-256 is stored. */
export function hashLinkToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
