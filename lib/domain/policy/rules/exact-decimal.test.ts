import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calculateExact, compareExact, exactText, parseExactDecimal } from "./exact-decimal";

describe("exact decimals", () => {
  const decimal = fc.tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.nat(20)).map(([digits, scale]) => ({ digits, scale }));

  it("calculate and compare without losing a digit", () => {
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        const sum = calculateExact("+", a, b);
        expect(sum && compareExact(calculateExact("-", sum, b) ?? sum, a)).toBe(0);
        expect(calculateExact("*", a, b)?.digits).toBe(a.digits * b.digits);
        expect(compareExact(a, b) + compareExact(b, a)).toBe(0);
        expect(parseExactDecimal(exactText(a).replaceAll(",", ""))).toEqual(a);
      }),
    );
  });

  it.each(["", ".5", "5.", "+5", "0x10", "1_000", "NaN", "1e1001", "9".repeat(1001)])("read no number from %j", (text) => {
    expect(parseExactDecimal(text)).toBeNull();
  });

  it("stop at a thousand digits", () => {
    const large = parseExactDecimal("1e600");
    expect(large && calculateExact("*", large, large)).toBeNull();
  });
});
