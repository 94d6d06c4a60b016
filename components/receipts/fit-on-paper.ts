import type { PayloadRow } from "@/lib/domain/policy/payload-rows";

interface PaperRows {
  readonly rows: readonly { readonly path: string; readonly text: string }[];
  /** Fields of which nothing is printed. */
  readonly hiddenFields: number;
  /** Characters of values, those of hidden fields included. */
  readonly hiddenCharacters: number;
}

const MOST_ROWS = 10;
const MOST_IN_VALUE = 90;
const MOST_IN_ALL = 500;

/** As much of a payload as fits on a receipt's one sheet, and how much that leaves out. Characters are code points. */
export function fitOnPaper(payload: readonly PayloadRow[]): PaperRows {
  const rows: { path: string; text: string }[] = [];
  let left = MOST_IN_ALL;
  let hiddenCharacters = 0;
  for (const { path, text } of payload) {
    const value = [...(text ?? "none")];
    const room = Math.min(MOST_IN_VALUE, left - [...path].length);
    if (rows.length === MOST_ROWS || room <= 0) {
      hiddenCharacters += value.length;
      // What comes later is left out too, however short: the order stays.
      left = 0;
      continue;
    }
    const shown = value.slice(0, room);
    left -= [...path].length + shown.length;
    hiddenCharacters += value.length - shown.length;
    rows.push({ path, text: shown.join("") + (shown.length < value.length ? "…" : "") });
  }
  return { rows, hiddenFields: payload.length - rows.length, hiddenCharacters };
}
