import { FUNCTIONS, METHODS } from "./check-call";
import { RESERVED_WORDS } from "./expression";

/** A piece of an expression, as it is colored; null: in no color of its own. */
export interface ColoredText {
  readonly text: string;
  readonly color: "string" | "number" | "keyword" | null;
}

/** Texts, closed or not, then numbers, then names. What it doesn't know stays as it is. */
const TOKEN =
  /(?<string>"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?)|(?<number>\b\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?<name>[A-Za-z_]\w*)(?=\s*(?<call>\()?)/g;
const CALLS: ReadonlySet<string> = new Set<string>([...FUNCTIONS, ...METHODS]);

/** An expression in pieces that together are its text, also while it is still being written. */
export function colorExpression(source: string): ColoredText[] {
  const pieces: ColoredText[] = [];
  let end = 0;
  for (const { 0: text, index, groups = {} } of source.matchAll(TOKEN)) {
    const color = colorOf(text, groups);
    if (color === null) continue;
    if (index > end) pieces.push({ text: source.slice(end, index), color: null });
    pieces.push({ text, color });
    end = index + text.length;
  }
  return end < source.length ? [...pieces, { text: source.slice(end), color: null }] : pieces;
}

function colorOf(text: string, { string, number, call }: Readonly<Record<string, string | undefined>>): ColoredText["color"] {
  if (string !== undefined) return "string";
  if (number !== undefined) return "number";
  return RESERVED_WORDS.has(text) || (call !== undefined && CALLS.has(text)) ? "keyword" : null;
}
