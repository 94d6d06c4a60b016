import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";

/** Deeper than anything our forms send. React parses it recursively, so the depth must be limited. */
const MAX_DEPTH = 32;

const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * Refuses server action bodies to which Next would respond 500, because its parser throws on input that no page sends. Our forms send their
 * arguments as a JSON array of plain values, in which a leading "$" is doubled, except in "$undefined".
 */
export function refuseServerAction(contentType: string | undefined, body: Uint8Array): Refusal | null {
  const isText = /^text\/plain(?:\s*;|$)/i.test(contentType ?? "");
  return isText && isArguments(body)
    ? null
    : refuse("malformed_request", "The console couldn't read what its page sent. Reload the page and try again.");
}

function isArguments(body: Uint8Array): boolean {
  try {
    const value: unknown = JSON.parse(utf8.decode(body));
    return Array.isArray(value) && isPlain(value, MAX_DEPTH);
  } catch {
    return false;
  }
}

function isPlain(value: unknown, depth: number): boolean {
  if (typeof value === "string") return !value.startsWith("$") || value.startsWith("$$") || value === "$undefined";
  if (typeof value !== "object" || value === null) return true;
  return depth > 0 && Object.values(value).every((item) => isPlain(item, depth - 1));
}
