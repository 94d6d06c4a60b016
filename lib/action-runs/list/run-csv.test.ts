import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csvLines } from "./run-csv";

describe("csvLines", () => {
  test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://x")'])(
    "lets no spreadsheet take %j for a formula",
    (cell) => {
      expect(readCsv(csvLines([[cell, "b"]]))).toEqual([[`'${cell}`, "b"]]);
    },
  );

  test.each(["0042", "00", "1234567890123456", "12e4", "1.5E+10"])("lets no spreadsheet turn the text %j into another number", (cell) => {
    expect(readCsv(csvLines([[cell, "b"]]))).toEqual([[`'${cell}`, "b"]]);
  });

  test.each(["0", "0.50", "1250.00", "123456789012345", "12345678901234567890.25", "INV-0042", "e4"])("keeps %j as it is", (cell) => {
    expect(readCsv(csvLines([[cell, "b"]]))).toEqual([[cell, "b"]]);
  });

  test("keeps every other text as it is, and leaves null empty", () => {
    const plain = fc.string({ unit: "grapheme" }).filter((text) => !/^[=+\-@\t\r＝＋－＠\d]/u.test(text));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.option(plain), plain, fc.boolean(), fc.constant("end")), { minLength: 1 }), (rows) => {
        expect(readCsv(csvLines(rows))).toEqual(rows.map((row) => row.map((cell) => String(cell ?? ""))));
      }),
    );
  });
});

/** Reads what RFC 4180 allows, and nothing else. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (let at = 0; at < text.length; ) {
    const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
    cell.lastIndex = at;
    const [whole = "", quoted, bare = "", end] = cell.exec(text) ?? [];
    if (whole === "") throw new Error(`No CSV at ${at}: ${JSON.stringify(text.slice(at, at + 20))}`);
    rows.at(-1)?.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    at += whole.length;
    if (end === "\r\n" && at < text.length) rows.push([]);
  }
  return rows;
}
