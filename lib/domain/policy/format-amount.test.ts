import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalizeDecimal } from "./amounts";
import { formatAmount } from "./format-amount";

describe("formatAmount", () => {
  it.each([
    ["0", "0.00"],
    ["5", "5.00"],
    ["1250", "1,250.00"],
    ["18400.5", "18,400.50"],
    ["1234567.891", "1,234,567.891"],
    ["001.500", "1.50"],
    ["999.9999999999999999", "999.9999999999999999"],
  ])("writes %s as %s", (decimal, text) => {
    expect(formatAmount(decimal)).toBe(text);
  });

  it("gives back what is no plain decimal", () => {
    expect(formatAmount("1e3")).toBe("1e3");
  });

  it("loses no digit", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{1,30}(\.[0-9]{1,30})?$/), (decimal) => {
        expect(normalizeDecimal(formatAmount(decimal).replaceAll(",", ""))).toBe(normalizeDecimal(decimal));
      }),
    );
  });
});
