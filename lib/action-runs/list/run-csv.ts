import { stringify } from "csv-stringify/sync";

type Cell = string | number | boolean | null;

/** Rows as CSV (RFC 4180). A cell that a spreadsheet would take for a formula begins with an apostrophe instead. */
export function csvLines(rows: readonly (readonly Cell[])[]): string {
  return stringify(
    rows.map((row) => row.map(cellText)),
    { escape_formulas: true, quoted_match: /[\r\n]/, record_delimiter: "\r\n" },
  );
}

function cellText(cell: Cell): string {
  return cell === null ? "" : String(cell);
}
