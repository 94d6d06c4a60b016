import { formatAmount } from "@/lib/domain/policy/format-amount";
import { csvLines } from "./run-csv";

type Cell = string | number | boolean | null;

/** Without a byte order mark, spreadsheets assume another encoding. */
const BYTE_ORDER_MARK = "\ufeff";

/** Formats a table as CSV, one piece per batch. */
export async function* csvText<Column extends string>(
  columns: readonly Column[],
  batches: AsyncIterable<readonly Readonly<Record<Column, Cell>>[]>,
): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvLines([columns]);
  for await (const batch of batches) yield csvLines(batch.map((row) => columns.map((column) => row[column])));
}

/** Formatted as on pages, without grouping: "1250.50", not "1250.5". */
export function csvAmount(amount: string | null): string | null {
  return amount === null ? null : formatAmount(amount).replaceAll(",", "");
}

/** Formats one JSON array in pieces, one element per line. */
export async function* jsonText(batches: AsyncIterable<readonly object[]>): AsyncGenerator<string> {
  let separator = "[\n";
  for await (const batch of batches) {
    yield batch.map((row, index) => `${index === 0 ? separator : ",\n"}${JSON.stringify(row)}`).join("");
    separator = ",\n";
  }
  yield separator === "[\n" ? "[]\n" : "\n]\n";
}

/** Converts each row of the batches to its exported form. */
export async function* mapRows<From, To>(batches: AsyncIterable<readonly From[]>, write: (row: From) => To): AsyncGenerator<To[]> {
  for await (const batch of batches) yield batch.map(write);
}
