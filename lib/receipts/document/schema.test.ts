import { expect, test } from "vitest";
import { receiptFilterSchema } from "./schema";

test("a filter that cannot be read is left out, and the others stay", () => {
  expect(
    receiptFilterSchema.parse({ kind: "decision", outcome: "lost", action: "a\0b", by: "\ud800", from: "2026-11-25", to: ["x"] }),
  ).toEqual({
    kind: "decision",
    from: "2026-11-25",
  });
});
