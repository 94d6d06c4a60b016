import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findJsonError } from "./json-error";

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe("findJsonError", () => {
  it.each([
    ['{"amount": 100', 1, 15, "a } is missing"],
    ['{\n  "amount": 100\n  "currency": "EUR"\n}', 3, 3, "comma between two members"],
    ['{"amount": 100,\n}', 1, 15, "Remove this comma"],
    ['{"a": [1, 2,]}', 1, 12, "Remove this comma"],
    ["{'amount': 100}", 1, 2, "double quotes"],
    ["{amount: 100}", 1, 2, "name in double quotes"],
    ['{"amount": 1,250}', 1, 14, "name in double quotes"],
    ['{"amount": 1_000}', 1, 12, "isn't a JSON number"],
    ['{"amount": 0x10}', 1, 12, "isn't a JSON number"],
    ['{"amount": .5}', 1, 12, "isn't a JSON number"],
    ['{"amount": NaN}', 1, 12, "no NaN"],
    ['{"reversible": True}', 1, 16, "true in lower case"],
    ['{"reversible": None}', 1, 16, "null instead of None"],
    ['{"to": “Ada”}', 1, 8, "straight double quotes"],
    ['{"to": "Ada}', 1, 8, "not closed"],
    ['{"to": "A\nB"}', 1, 8, "\\n"],
    ['{"to": "C:\\d"}', 1, 8, "backslash"],
    ['{"to" "Ada"}', 1, 7, "colon"],
    ['{"to": }', 1, 8, "Write a value"],
    ['{"a": [1}', 1, 9, "Close with ]"],
    ['{"a": 1} x', 1, 10, "follows the end"],
    ['{"a": 1, // one\n}', 1, 10, "name in double quotes"],
    ['{"a": # one\n1}', 1, 7, "no comments"],
    ["", 1, 1, "one JSON object"],
    ['{"🎉": 1 2}', 1, 9, "comma"],
  ])("%j: line %i, column %i", (text, line, column, message) => {
    expect(findJsonError(text)).toEqual({ line, column, message: expect.stringContaining(message) });
  });

  it("agrees with JSON.parse about what is JSON", () => {
    const json = fc
      .json()
      .chain((text) =>
        fc.tuple(
          fc.nat(text.length),
          fc.constantFrom("", "", ",", "}", "]", '"', ":", "1", " ", "\n", "\\", "e", "-", "null", "\u00a0"),
          fc.constant(text),
          fc.nat(2),
        ),
      );
    fc.assert(
      fc.property(json, ([at, piece, text, removed]) => {
        const broken = text.slice(0, at) + piece + text.slice(at + removed);
        expect(findJsonError(broken) === null).toBe(isJson(broken));
      }),
      { numRuns: 3000 },
    );
  });

  it("takes any depth", () => {
    expect(findJsonError("[".repeat(20_000))).toMatchObject({ column: 20_001 });
  });
});
