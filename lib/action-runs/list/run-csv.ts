import { stringify } from "csv-stringify/sync";

type Cell = string | number | boolean | null;

/** Texts that a spreadsheet would change as numbers: it drops leading zeros, rounds after 15 digits, and reads 12e4 as 120000. */
const CHANGED_BY_SPREADSHEETS = /^(?:0\d+|\d{16,}|\d+(?:\.\d+)?e[+-]?\d+)$/i;

/** Formats rows as CSV (RFC 4180). A cell that a spreadsheet would read as a formula or another number gets a leading apostrophe. */
export function csvLines(rows: readonly (readonly Cell[])[]): string {
  return stringify(
    rows.map((row) => row.map(cellText)),
    { escape_formulas: true, quoted_match: /[\r\n]/, record_delimiter: "\r\n" },
  );
}

function cellText(cell: Cell): string {
  if (typeof cell === "string" && CHANGED_BY_SPREADSHEETS.test(cell)) return `'${cell}`;
  return cell === null ? "" : String(cell);
}
