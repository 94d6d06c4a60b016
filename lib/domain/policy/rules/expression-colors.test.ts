import fc from "fast-check";
import { expect, test } from "vitest";
import { colorExpression } from "./expression-colors";

const colored = (source: string) => colorExpression(source).flatMap(({ text, color }) => (color === null ? [] : [[text, color]]));

test.each<[string, string[][]]>([
  ["amount > 5000.50", [["5000.50", "number"]]],
  [
    'amount > dec("100") && payload.country in ["KP", \'IR\']',
    [
      ["dec", "keyword"],
      ['"100"', "string"],
      ["in", "keyword"],
      ['"KP"', "string"],
      ["'IR'", "string"],
    ],
  ],
  [
    "has(payload.size) && payload.dec == true",
    [
      ["has", "keyword"],
      ["true", "keyword"],
    ],
  ],
  ["payload.line2 < 1e3", [["1e3", "number"]]],
  // Still being written.
  [
    'actor.startsWith("fin in 5',
    [
      ["startsWith", "keyword"],
      ['"fin in 5', "string"],
    ],
  ],
  ['currency == "a\\"b in"', [['"a\\"b in"', "string"]]],
  ["", []],
])("%j", (source, expected) => {
  expect(colored(source)).toEqual(expected);
});

test("the pieces together are the text", () => {
  const source = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('"', "'", "\\", "\n", "a", "1", ".", "in", "dec(") }));
  fc.assert(
    fc.property(source, (text) => {
      expect(
        colorExpression(text)
          .map((piece) => piece.text)
          .join(""),
      ).toBe(text);
    }),
  );
});
