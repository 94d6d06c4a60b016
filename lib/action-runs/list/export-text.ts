import { formatAmount } from "@/lib/domain/policy/format-amount";
import { csvLines } from "./run-csv";

type Cell = string | number | boolean | null;

/** Without it spreadsheets take the text for another alphabet's. */
const BYTE_ORDER_MARK = "\ufeff";

/** A table as CSV in pieces, one a batch: nobody has to hold it whole. */
export async function* csvText<Column extends string>(
  columns: readonly Column[],
  batches: AsyncIterable<readonly Readonly<Record<Column, Cell>>[]>,
): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvLines([columns]);
  for await (const batch of batches) yield csvLines(batch.map((row) => columns.map((column) => row[column])));
}

/** As the pages write it, without their grouping: "1250.50", and not "1250.5". */
export function csvAmount(amount: string | null): string | null {
  return amount === null ? null : formatAmount(amount).replaceAll(",", "");
}

/** One JSON array in pieces, an element a line. */
export async function* jsonText(batches: AsyncIterable<readonly object[]>): AsyncGenerator<string> {
  let separator = "[\n";
  for await (const batch of batches) {
    yield batch.map((row, index) => `${index === 0 ? separator : ",\n"}${JSON.stringify(row)}`).join("");
    separator = ",\n";
  }
  yield separator === "[\n" ? "[]\n" : "\n]\n";
}

/** The same batches, each row written as it is exported. */
export async function* mapRows<From, To>(batches: AsyncIterable<readonly From[]>, write: (row: From) => To): AsyncGenerator<To[]> {
  for await (const batch of batches) yield batch.map(write);
}
