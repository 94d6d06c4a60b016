import { createHash } from "node:crypto";
import { jcsText } from "@/lib/domain/json/canonical-text";
import type { JsonValue } from "@/lib/domain/json-value";

/**
 * SHA-256 of the value's RFC 8785 (JCS) form, in hex. Two payloads are equal as JSON values, whatever the order of their
 * members, exactly when this is. The strict reader lets only numbers through that a double holds, so nothing is folded.
 */
export function jsonHash(value: JsonValue): string {
  return createHash("sha256").update(jcsText(value)).digest("hex");
}
