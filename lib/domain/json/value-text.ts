import type { JsonValue } from "@/lib/domain/json-value";
import { characterCount } from "@/lib/domain/text/character-count";

/** The longest a value may stand within a sentence, in characters. */
const INLINE_MAX_LENGTH = 120;

/** A payload's value within a sentence, on one line. Nothing is hidden quietly: what is folded says how much it is. */
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
