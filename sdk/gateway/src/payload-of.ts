import { createHash } from "node:crypto";
import { type CanonicalValue, jcsText } from "@/lib/domain/json/canonical-text";
import { isObject, type Members } from "./messages";

/** What the console takes. */
const MAX_PAYLOAD_BYTES = 16_384;
/** Texts of more characters are shortened, the longest first, until the rest fits. */
const LONG_TEXT = 500;

/**
 * The payload of a call: its arguments. If they are too large for the console, their longest texts are replaced by their beginnings, lengths
 * and hashes: what was decided on is still exactly what is sent.
 */
export function payloadOf(args: Members): Members {
  let payload = args;
  const texts = sizeOf(payload) > MAX_PAYLOAD_BYTES ? longTexts(args).sort((one, other) => other.length - one.length) : [];
  for (let count = 1; sizeOf(payload) > MAX_PAYLOAD_BYTES && count <= texts.length; count += 1) {
    payload = shorten(args, new Set(texts.slice(0, count))) as Members;
  }
  return payload;
}

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Equal for values that are equal as JSON. */
export function hashOf(value: unknown): string {
  return sha256(jcsText(value as CanonicalValue));
}

export function sizeOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/** The first characters of a text, whole. */
export function beginningOf(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most).replace(/\p{Surrogate}$/u, "")}…`;
}

function longTexts(value: unknown): string[] {
  if (typeof value === "string") return value.length > LONG_TEXT ? [value] : [];
  if (Array.isArray(value)) return value.flatMap(longTexts);
  return isObject(value) ? Object.values(value).flatMap(longTexts) : [];
}

function shorten(value: unknown, texts: ReadonlySet<string>): unknown {
  if (typeof value === "string" && texts.has(value)) {
    return { beginning: beginningOf(value, LONG_TEXT / 2), characters: [...value].length, sha256: sha256(value) };
  }
  if (Array.isArray(value)) return value.map((item) => shorten(item, texts));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shorten(member, texts)]));
}
