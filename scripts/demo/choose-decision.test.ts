import { expect, test } from "vitest";
import { chooseDecision } from "./choose-decision";

test.each([
  ["an ordinary amount", "500.01", null, "approve"],
  ["the largest it answers for", "50000.00", null, "approve"],
  ["no readable amount", null, null, "reject"],
  ["a dispute", "940.10", "delivery of 3 November disputed", "reject"],
  ["an insolvency", "18240.00", "Insolvency proceedings opened", "block"],
] as const)("%s", (_, amount, remark, decision) => {
  expect(chooseDecision({ amount, remark })?.decision).toBe(decision);
});

test("a very large amount is left waiting", () => {
  expect(chooseDecision({ amount: "50000.01", remark: null })).toBeNull();
});

test("whoever is refused is told why", () => {
  expect(chooseDecision({ amount: null, remark: null })?.comment).not.toBeNull();
});
