import { randomBytes } from "node:crypto";
import { bytes } from "@/lib/db/bytes";
import { openToken, sealToken } from "@/lib/security/seal-token";

const SECRET_BYTES = 32;
const PURPOSE = "daai webhook secret";

/** As the Standard Webhooks specification writes secrets. */
export function makeWebhookSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString("base64")}`;
}

/** The worker needs the secret itself, so it is encrypted, not hashed. So are addresses that are secrets. */
export function sealWebhookSecret(secret: string): Uint8Array<ArrayBuffer> {
  return bytes(sealToken(secret, PURPOSE));
}

export function openWebhookSecret(sealed: Uint8Array): string {
  return openToken(sealed, PURPOSE);
}
