import { createHash } from "node:crypto";
import { jcsText } from "@/lib/domain/json/canonical-text";
import type { JsonValue } from "@/lib/domain/json-value";

/**
 * SHA-256 of the value's RFC 8785 (JCS) form, in hex. Equal exactly for payloads that are equal as JSON values, whatever their members'
 * order. The strict reader accepts only numbers that a double represents exactly, so different numbers never hash alike.
 */
export function jsonHash(value: JsonValue): string {
  return createHash("sha256").update(jcsText(value)).digest("hex");
}
