import { expect, test } from "vitest";
import { factLines, instantText, textTable } from "./text-table";

test("columns are as wide as their widest cell, and lines end without blanks", () => {
  expect(
    textTable(
      ["Name", "Count", "Note"],
      [
        ["Łódź", 7, null],
        ["a", 12, "b"],
      ],
    ),
  ).toBe("Name  Count  Note\nŁódź  7\na     12     b");
});

test("a cell is one line of harmless, shortened text", () => {
  const [, row = ""] = textTable(["Text"], [[`one\ntwo\u001b[2J\u202e ${"x".repeat(100)}`]]).split("\n");
  expect(row).toMatch(/^one two\[U\+001B\]\[2J\[U\+202E\] x+…$/);
  expect([...row]).toHaveLength(60);
});

test("facts without a value are left out, and long ones stay under themselves", () => {
  expect(
    factLines([
      ["Run", "1"],
      ["Actor", null],
      ["Payload", "a\nb"],
    ]),
  ).toBe("Run      1\nPayload  a\n         b");
});

test("instants are UTC, to the second", () => {
  expect(instantText(new Date("2026-11-23T09:00:00.123Z"))).toBe("2026-11-23 09:00:00Z");
  expect(instantText(null)).toBeNull();
});
