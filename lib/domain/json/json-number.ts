/** No double needs more, and PostgreSQL's exponents and digits have limits. */
const MAX_CHARACTERS = 400;
const LARGEST_EXPONENT = 400;

/**
 * Whether a JSON number survives being read as a double. Integers must lie within ±(2^53−1), because beyond it neighbors
 * share a double; other numbers must equal, as decimals, the shortest decimal of their double. So 1.10, 1e2 and -0 are
 * exact; 9007199254740993, 1e400 and 0.1000000000000000055 are not, and neither is what no database could hold: 0e999999999.
 */
export function isExactNumber(text: string): boolean {
  // Any decimal of 15 digits survives (IEEE 754 binary64), and these have no exponent that could leave the range.
  if (text.length <= 15 && !/e/i.test(text)) return true;
  if (text.length > MAX_CHARACTERS || Math.abs(Number(/e(.*)$/i.exec(text)?.[1] ?? 0)) > LARGEST_EXPONENT) return false;
  const value = Number(text);
  if (!Number.isFinite(value)) return false;
  if (/^-?\d+$/.test(text)) return Number.isSafeInteger(value);
  return isSameDecimal(text, String(value));
}

/** Whether two decimals are numerically equal: their digits, as integers at the smaller power of ten. */
function isSameDecimal(one: string, other: string): boolean {
  const [digits, power] = decimalOf(one);
  const [otherDigits, otherPower] = decimalOf(other);
  const least = Math.min(power, otherPower);
  return digits * 10n ** BigInt(power - least) === otherDigits * 10n ** BigInt(otherPower - least);
}

function decimalOf(text: string): [digits: bigint, power: number] {
  const [mantissa = "", exponent = "0"] = text.split(/e/i);
  const [whole = "", fraction = ""] = mantissa.split(".");
  return [BigInt(whole + fraction), Number(exponent) - fraction.length];
}
