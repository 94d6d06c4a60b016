import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareDecimals, isPlainDecimal, normalizeDecimal, readAmount } from "./amounts";

const plainDecimal = fc
  .tuple(fc.stringMatching(/^[0-9]{1,30}$/), fc.option(fc.stringMatching(/^[0-9]{1,30}$/)))
  .map(([whole, fraction]) => (fraction === null ? whole : `${whole}.${fraction}`));

/** An oracle that scales both to the same 40 decimals. */
function scaled(decimal: string): bigint {
  const [whole = "", fraction = ""] = decimal.split(".");
  return BigInt(whole + fraction.padEnd(40, "0"));
}

describe("readAmount", () => {
  it.each([
    ["1250.00", "1250"],
    ["0", "0"],
    ["0.10", "0.1"],
    ["007", "7"],
    ["999.9999999999999999", "999.9999999999999999"],
    [1250, "1250"],
    [0, "0"],
    [1000.01, "1000.01"],
    [Number.MAX_SAFE_INTEGER, "9007199254740991"],
  ])("reads %j as %s", (value, decimal) => {
    expect(readAmount(value)).toEqual({ kind: "amount", decimal });
  });

  it("tells a missing amount from an invalid one", () => {
    expect(readAmount(undefined)).toEqual({ kind: "missing" });
    expect(readAmount(null)).toEqual({ kind: "invalid" });
  });

  it.each([
    "",
    " ",
    " 10 ",
    "10\n",
    "1e3",
    "1,250",
    "1_000",
    "0x10",
    "+5",
    "-5",
    ".5",
    "5.",
    "1.2.3",
    "١٢",
    "１０",
    "Infinity",
    "NaN",
    "9".repeat(65),
    true,
    false,
    [],
    [5],
    {},
    -5000,
    -0,
    1e21,
    1e-7,
    NaN,
    Infinity,
    Number.MAX_SAFE_INTEGER + 1,
  ])("does not read %j", (value) => {
    expect(readAmount(value)).toEqual({ kind: "invalid" });
  });

  it("reads or refuses anything, and never throws", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const reading = readAmount(value);
        return reading.kind !== "amount" || isPlainDecimal(reading.decimal);
      }),
    );
  });
});

describe("compareDecimals", () => {
  it.each([
    ["9", "10", -1],
    ["1000", "1000.00", 0],
    ["1000.01", "1000", 1],
    ["999.9999999999999999", "1000", -1],
    ["0.3", "0.30000000000000004", -1],
    ["00.5", "0.50", 0],
  ] as const)("compares %s with %s", (a, b, result) => {
    expect(compareDecimals(a, b)).toBe(result);
    expect(compareDecimals(b, a) + result).toBe(0);
  });

  it("agrees with whole numbers of a common scale", () => {
    fc.assert(
      fc.property(plainDecimal, plainDecimal, (a, b) => {
        const difference = scaled(a) - scaled(b);
        expect(Math.sign(compareDecimals(a, b))).toBe(difference < 0n ? -1 : difference > 0n ? 1 : 0);
      }),
    );
  });

  it("throws on a text that is no plain decimal", () => {
    expect(() => compareDecimals("1e3", "5")).toThrow(RangeError);
  });
});

describe("normalizeDecimal", () => {
  it("keeps the value and has one spelling for it", () => {
    fc.assert(
      fc.property(plainDecimal, (decimal) => {
        const normal = normalizeDecimal(decimal);
        expect(compareDecimals(normal, decimal)).toBe(0);
        expect(normal).toMatch(/^(0|[1-9][0-9]*)(\.[0-9]*[1-9])?$/);
      }),
    );
  });
});
