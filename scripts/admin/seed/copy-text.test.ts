import { expect, test } from "vitest";
import { copyLine } from "./copy-text";

test("each kind of value has its form in COPY's text format", () => {
  const line = copyLine([null, "plain", 12, new Date(0), Buffer.from("00ff", "hex"), ["a", 'quote " and \\'], []]);
  expect(line).toBe('\\N\tplain\t12\t1970-01-01T00:00:00.000Z\t\\\\x00ff\t{"a","quote \\\\" and \\\\\\\\"}\t{}\n');
});

test("what separates fields and lines is escaped inside a text", () => {
  expect(copyLine(["a\tb\nc\rd\\e", "\\N"])).toBe("a\\tb\\nc\\rd\\\\e\t\\\\N\n");
});
