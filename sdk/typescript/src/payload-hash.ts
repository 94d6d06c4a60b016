import { type CanonicalValue, jcsText } from "@/lib/domain/json/canonical-text";
import { base64Text, hexText } from "@/lib/domain/log/byte-text";

/**
 * The hash that the console knows a payload by: SHA-256 of its RFC 8785 (JCS) form, in hex. Equal payloads have equal hashes, whatever the
 * order of their members.
 */
export async function payloadHash(payload: CanonicalValue): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(jcsText(payload)));
  return hexText(new Uint8Array(digest));
}

/** A random text of 32 hexadecimal digits. */
export function randomId(): string {
  return crypto.randomUUID().replaceAll("-", "");
}

/** A secret of 256 bits, in 43 characters that are safe in addresses. */
export function randomToken(): string {
  return base64Text(crypto.getRandomValues(new Uint8Array(32)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace("=", "");
}
