import { expect, it } from "vitest";
import { describeFailures } from "./failures";

it("tells each failure with the first lines of its message, without colors", () => {
  const message = `\u001b[31mexpected 1\u001b[39m\n\n${Array.from({ length: 30 }, (_, index) => `line ${index}`).join("\n")}`;
  const lines = describeFailures([{ test: "a.test.ts › adds", message }]).split("\n");
  expect(lines.slice(0, 5)).toEqual(["", "Failures:", "  a.test.ts › adds", "      expected 1", "      line 0"]);
  expect(lines).toHaveLength(29);
});

it("says nothing when nothing failed, and how many are left out of a long list", () => {
  expect(describeFailures([])).toBe("");
  const many = Array.from({ length: 32 }, (_, index) => ({ test: `test ${index}`, message: "" }));
  expect(describeFailures(many)).toContain("\n  and 2 more\n");
});
