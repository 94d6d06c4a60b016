import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isExactNumber } from "./json-number";

describe("isExactNumber", () => {
  it.each([
    ...["0", "-0", "1", "1.10", "1e2", "1E+2", "0.1", "-0.0", "0e400", "0.000e-399", "1000.01", "1e21", "1.5e300", "5e-324"],
    ...["9007199254740991", "-9007199254740991", "9007199254740992.0", "100000000000000000000e-20", "0.30000000000000004"],
    ...["1.7976931348623157e308", "12345678.12345678", "0.00000000000000000000000000000000001"],
  ])("keeps %s", (text) => {
    expect(isExactNumber(text)).toBe(true);
  });

  it.each([
    ...["9007199254740992", "-9007199254740992", "9007199254740993", "9007199254740993.0", "18014398509481985", "1e400"],
    ...["-1e400", "1e-400", "999.9999999999999999", "0.1000000000000000055511151231257827", "100.00000000000000001"],
    ...["9007199254740993e0", "1e99999999999999999999", "1.00000000000000000000000000000000000001", "123456789012345678901234567890"],
    ...["0e-16384", "0e401", "0e999999999999", "-0E-401", `0.${"0".repeat(400)}`, `1.${"0".repeat(16_000)}e-300`],
  ])("refuses %s", (text) => {
    expect(isExactNumber(text)).toBe(false);
  });

  it("keeps every double in every form JavaScript prints, unless it is an unsafe integer", () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(finite, (value) => {
        const text = String(value);
        expect(isExactNumber(text)).toBe(Number.isSafeInteger(value) || !/^-?\d+$/.test(text));
        expect(isExactNumber(value.toExponential())).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it("agrees with exact decimal arithmetic", () => {
    // A decimal a·10^e is kept when its nearest double prints as the same decimal; BigInt fractions decide it independently.
    const decimal = fc.record({
      digits: fc.bigInt({ min: 1n, max: 10n ** 22n }),
      scale: fc.integer({ min: 1, max: 25 }),
      zeros: fc.integer({ min: 0, max: 3 }),
    });
    fc.assert(
      fc.property(decimal, ({ digits, scale, zeros }) => {
        const padded = digits.toString().padStart(scale + 1, "0");
        const text = `${padded.slice(0, -scale)}.${padded.slice(-scale)}${"0".repeat(zeros)}`;
        const [printedDigits, printedScale] = asFraction(Number(text).toExponential());
        const isSame = digits * 10n ** printedScale === printedDigits * 10n ** BigInt(scale);
        expect(isExactNumber(text)).toBe(isSame);
      }),
      { numRuns: 2000 },
    );
  });
});

/** "1.25e-7" as 125 and 9: digits over a power of ten; exponents above zero go into the digits. */
function asFraction(exponential: string): [digits: bigint, scale: bigint] {
  const [mantissa = "", exponent = "0"] = exponential.split("e");
  const [whole = "", fraction = ""] = mantissa.split(".");
  const scale = fraction.length - Number(exponent);
  const digits = BigInt(whole + fraction);
  return scale >= 0 ? [digits, BigInt(scale)] : [digits * 10n ** BigInt(-scale), 0n];
}
