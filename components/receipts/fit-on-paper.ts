import type { PayloadRow } from "@/lib/domain/policy/payload-rows";

interface PaperRows {
  readonly rows: readonly { readonly path: string; readonly text: string }[];
  /** Number of fields beyond which none is printed. */
  readonly hiddenFields: number;
  /** Characters of values, including those of hidden fields. */
  readonly hiddenCharacters: number;
}

const MAX_ROWS = 10;
const MAX_IN_VALUE = 90;
const MAX_IN_ALL = 500;

/** Returns as much of a payload as fits on a receipt's single sheet, and how much is left out. Counts code points. */
export function fitOnPaper(payload: readonly PayloadRow[]): PaperRows {
  const rows: { path: string; text: string }[] = [];
  let left = MAX_IN_ALL;
  let hiddenCharacters = 0;
  for (const { path, text } of payload) {
    const value = [...(text ?? "none")];
    const room = Math.min(MAX_IN_VALUE, left - [...path].length);
    if (rows.length === MAX_ROWS || room <= 0) {
      hiddenCharacters += value.length;
      // Later fields are left out too, however short, to keep the order.
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
