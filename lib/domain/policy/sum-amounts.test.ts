import { expect, test } from "vitest";
import { sumAmounts } from "./sum-amounts";

const eur = (decimal: string) => ({ decimal, currency: "EUR" });

test.each([
  ["nothing", [], []],
  ["one", [eur("640")], [eur("640")]],
  ["exactly, not as binary floats", [eur("0.1"), eur("0.2"), eur("1250.005")], [eur("1250.305")]],
  ["what has no amount adds nothing", [null, eur("5"), null], [eur("5")]],
  [
    "each currency for itself",
    [eur("1"), { decimal: "2", currency: "USD" }, eur("3"), { decimal: "4", currency: null }],
    [eur("4"), { decimal: "2", currency: "USD" }, { decimal: "4", currency: null }],
  ],
  ["large ones keep every digit", [eur("99999999999999999999.99"), eur("0.01")], [eur("100000000000000000000")]],
])("%s", (_, amounts, sums) => {
  expect(sumAmounts(amounts)).toEqual(sums);
});
