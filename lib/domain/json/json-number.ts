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
  const printed = String(value);
  return printed === text || normalForm(printed) === normalForm(text);
}

/** The same text for numerically equal decimals: significant digits and a power of ten. The sign never differs here. */
function normalForm(text: string): string {
  const [mantissa = "", exponent = "0"] = text.toLowerCase().split("e");
  const [whole = "", fraction = ""] = mantissa.replace("-", "").split(".");
  const digits = whole + fraction;
  // Loops, because /0+$/ takes quadratic time on a long run of inner zeros.
  let start = 0;
  while (digits[start] === "0") start += 1;
  let end = digits.length;
  while (end > start && digits[end - 1] === "0") end -= 1;
  if (start === end) return "0";
  return `${digits.slice(start, end)}e${Number(exponent) - fraction.length + (digits.length - end)}`;
}
