import fc from "fast-check";
import { expect, test } from "vitest";
import { fitOnPaper } from "./fit-on-paper";

const row = (path: string, text: string | null) => ({ path, text });

test("a small payload is printed whole", () => {
  expect(fitOnPaper([row("amount", "1840.00"), row("memo", null)])).toEqual({
    rows: [row("amount", "1840.00"), row("memo", "none")],
    hiddenFields: 0,
    hiddenCharacters: 0,
  });
});

test("a long value is cut, and a character is never cut in two", () => {
  expect(fitOnPaper([row("note", "😀".repeat(100))])).toEqual({
    rows: [row("note", `${"😀".repeat(90)}…`)],
    hiddenFields: 0,
    hiddenCharacters: 10,
  });
});

test("after ten fields, those that are left out are counted", () => {
  const { rows, hiddenFields, hiddenCharacters } = fitOnPaper(Array.from({ length: 12 }, (_, index) => row(`f${index}`, "abc")));
  expect([rows.length, hiddenFields, hiddenCharacters]).toEqual([10, 2, 6]);
});

test("whatever the payload is, it stays small and nothing is left out uncounted", () => {
  const payload = fc.array(
    fc.record({
      path: fc.string({ minLength: 1, maxLength: 400, unit: "grapheme" }),
      text: fc.string({ maxLength: 2000, unit: "grapheme" }),
    }),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(payload, (all) => {
      const { rows, hiddenFields, hiddenCharacters } = fitOnPaper(all);
      expect(rows.length + hiddenFields).toBe(all.length);
      expect([...rows.map(({ path, text }) => path + text).join("")].length).toBeLessThanOrEqual(500 + rows.length);
      const cut = rows.filter(({ text }, index) => text !== all[index]?.text).length;
      const printed = [...rows.map(({ text }) => text).join("")].length - cut;
      expect(printed + hiddenCharacters).toBe([...all.map(({ text }) => text).join("")].length);
    }),
  );
});
