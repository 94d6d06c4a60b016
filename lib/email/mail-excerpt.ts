import type { PayloadRow } from "@/lib/domain/policy/payload-rows";
import { characterCount } from "@/lib/domain/text/character-count";
import { inspectText } from "@/lib/domain/text/hidden-characters";

/** What a row of a table, the frame of a hidden character and a warning take beside their texts: bytes of HTML, at most. */
const ROW_BYTES = 350;
const HIDDEN_BYTES = 310;
const WARNING_BYTES = 200;
/** A row with short texts, and the words about what is left out. */
const SMALL_ROW_BYTES = 450;
const MORE_BYTES = 60;
/** Excerpts shorter than this are useless. */
const WORTH_BYTES = 200;
const MAX_PATH_BYTES = 2_000;
/** A character in its own element, so that mail programs don't turn its text into a link. */
const BROKEN_BYTES = 14;
const ESCAPED: Readonly<Record<string, number>> = {
  "<": 4,
  ">": 4,
  "&": 5,
  '"': 6,
  "'": 6,
  "\n": 6,
  ".": BROKEN_BYTES,
  ":": BROKEN_BYTES,
  "@": BROKEN_BYTES,
};

/** More warnings about one text would not help. */
export const MAX_WARNINGS = 3;

export interface RowsExcerpt {
  readonly rows: readonly PayloadRow[];
  /** How many are left out. */
  readonly hidden: number;
}

/**
 * The beginning of a text that fits into this many bytes of HTML, with a note about the rest. Mail programs cut off emails longer than
 * about 100 KB, and with them the end, which says whose link it is.
 */
export function excerptText(text: string, mostBytes: number): string {
  let bytes = 0;
  let end = 0;
  for (const segment of inspectText(text).segments) {
    // A code and the character it replaces differ in length.
    const pieces = "text" in segment ? [...segment.text] : [String.fromCodePoint(parseInt(segment.code.slice(2), 16))];
    for (const piece of pieces) {
      bytes += "text" in segment ? bytesOf(piece) : HIDDEN_BYTES;
      if (bytes > mostBytes) return `${text.slice(0, end)} ${moreWords(characterCount(text.slice(end)), "character")}`.trimStart();
      end += piece.length;
    }
  }
  return text;
}

/** As many rows as fit into this many bytes, each shortened so that the others have room. */
export function excerptRows(rows: readonly PayloadRow[], mostBytes: number): RowsExcerpt {
  const shown: PayloadRow[] = [];
  let left = mostBytes;
  for (const { path, text } of rows) {
    const fixed = ROW_BYTES + warningBytes(path) + warningBytes(text ?? "");
    const least = fixed + Math.min(htmlBytes(path), MAX_PATH_BYTES) + MORE_BYTES + Math.min(htmlBytes(text ?? ""), WORTH_BYTES);
    if (least > left && shown.length > 0) break;
    left -= fixed;
    const forOthers = MORE_BYTES + Math.min((rows.length - shown.length - 1) * SMALL_ROW_BYTES, left / 2);
    const short = excerptText(path, MAX_PATH_BYTES);
    shown.push({ path: short, text: text === null ? null : excerptText(text, Math.max(0, left - forOthers - htmlBytes(short))) });
    left -= htmlBytes(short) + htmlBytes(shown.at(-1)?.text ?? "");
  }
  return { rows: shown, hidden: rows.length - shown.length };
}

/** The heading of the rest of the payload, whether it is shown or not. */
export function restHeading({ rows, hidden }: RowsExcerpt): string {
  const count = rows.length + hidden;
  return `Rest of the payload, ${count} ${count === 1 ? "field" : "fields"}`;
}

export function moreWords(count: number, noun: string): string {
  return `… and ${count.toLocaleString("en-US")} more ${noun}${count === 1 ? "" : "s"} on the page`;
}

function htmlBytes(text: string): number {
  return inspectText(text).segments.reduce(
    (sum, segment) => sum + ("text" in segment ? [...segment.text].reduce((bytes, one) => bytes + bytesOf(one), 0) : HIDDEN_BYTES),
    0,
  );
}

function bytesOf(character: string): number {
  return ESCAPED[character] ?? Buffer.byteLength(character);
}

function warningBytes(text: string): number {
  return inspectText(text)
    .warnings.slice(0, MAX_WARNINGS)
    .reduce((sum, warning) => sum + WARNING_BYTES + htmlBytes(warning), 0);
}
