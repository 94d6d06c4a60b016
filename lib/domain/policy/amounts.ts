/**
 * Amounts are exact decimals, written as text. They never become binary floats: 0.1 + 0.2 must not decide anything.
 * A plain decimal is ASCII digits with an optional fraction: no sign, exponent, grouping or blank.
 */
const PLAIN_DECIMAL = /^[0-9]+(\.[0-9]+)?$/;
const DECIMAL_MAX_LENGTH = 64;

export type AmountReading = { kind: "amount"; decimal: string } | { kind: "missing" } | { kind: "invalid" };

/**
 * Reads an amount from a payload. A string must be a plain decimal; a number must be one when written out, and small
 * enough that no digit was lost. `decimal` is normalized.
 */
export function readAmount(value: unknown): AmountReading {
  if (value === undefined) return { kind: "missing" };
  const text = typeof value === "number" ? numberText(value) : value;
  return typeof text === "string" && isPlainDecimal(text) ? { kind: "amount", decimal: normalizeDecimal(text) } : { kind: "invalid" };
}

/** At most 64 characters, so that comparing stays cheap. */
export function isPlainDecimal(text: string): boolean {
  return text.length <= DECIMAL_MAX_LENGTH && PLAIN_DECIMAL.test(text);
}

/** The shortest way to write the same value: "0012.50" is "12.5", "0.00" is "0". Throws when it is no plain decimal. */
export function normalizeDecimal(decimal: string): string {
  const { whole, fraction } = splitDecimal(decimal);
  return fraction === "" ? whole : `${whole}.${fraction}`;
}

/** Compares two plain decimals by value. Throws when one is not plain: that is a mistake of the caller. */
export function compareDecimals(a: string, b: string): -1 | 0 | 1 {
  const left = splitDecimal(a);
  const right = splitDecimal(b);
  const scale = Math.max(left.fraction.length, right.fraction.length);
  const difference = scaled(left, scale) - scaled(right, scale);
  if (difference === 0n) return 0;
  return difference < 0n ? -1 : 1;
}

/** The exact sum of two plain decimals, normalized. Throws when one is not plain. */
export function addDecimals(a: string, b: string): string {
  const left = splitDecimal(a);
  const right = splitDecimal(b);
  const scale = Math.max(left.fraction.length, right.fraction.length);
  const digits = (scaled(left, scale) + scaled(right, scale)).toString().padStart(scale + 1, "0");
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, "");
  const whole = digits.slice(0, digits.length - scale);
  return scale === 0 || fraction === "" ? whole : `${whole}.${fraction}`;
}

interface DecimalParts {
  whole: string;
  fraction: string;
}

function splitDecimal(decimal: string): DecimalParts {
  if (!isPlainDecimal(decimal)) throw new RangeError("not a plain decimal");
  const [whole = "", fraction = ""] = decimal.split(".");
  return {
    whole: whole.startsWith("0") ? whole.replace(/^0+(?=[0-9])/, "") : whole,
    fraction: fraction.endsWith("0") ? fraction.replace(/0+$/, "") : fraction,
  };
}

function scaled(parts: DecimalParts, scale: number): bigint {
  return BigInt(parts.whole + parts.fraction.padEnd(scale, "0"));
}

function numberText(value: number): string | null {
  const hasLostDigits = Number.isInteger(value) && !Number.isSafeInteger(value);
  return hasLostDigits || Object.is(value, -0) ? null : String(value);
}
