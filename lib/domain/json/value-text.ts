import type { JsonValue } from "@/lib/domain/json-value";
import { characterCount } from "@/lib/domain/text/character-count";

/** Maximum length of a value within a sentence, in characters. */
const INLINE_MAX_LENGTH = 120;

/** Formats a payload's value for a sentence, on one line. Truncation is visible and says how much is omitted. */
export function valueText(value: JsonValue | undefined): string {
  if (value === undefined || value === null || value === "") return "none";
  if (typeof value === "string") return fold(value.replace(/[\t\r\n]+/g, " "));
  if (typeof value !== "object") return String(value);
  if (Array.isArray(value)) return counted(value.length, "item");
  return counted(Object.keys(value).length, "field");
}

function fold(text: string): string {
  const count = characterCount(text);
  if (count <= INLINE_MAX_LENGTH) return text;
  return `${[...text].slice(0, INLINE_MAX_LENGTH).join("")}… (${count - INLINE_MAX_LENGTH} more characters)`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
