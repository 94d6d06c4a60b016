/** An exact decimal of either sign: `digits` × 10^-`scale`. Never a binary float. */
export interface ExactDecimal {
  readonly digits: bigint;
  readonly scale: number;
}

/** Room for the largest and the smallest JSON number, and for a few products of them. */
const MAX_DIGITS = 1000;

const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/;

/** Reads a decimal as JSON or an expression spells it. Null when it is none, or too large to calculate with. */
export function parseExactDecimal(text: string): ExactDecimal | null {
  if (text.length > MAX_DIGITS) return null;
  const match = NUMBER.exec(text);
  if (!match) return null;
  const [, sign, whole = "", fraction = "", exponent = "0"] = match;
  const power = Number(exponent);
  if (Math.abs(power) > MAX_DIGITS) return null;
  const digits = BigInt(`${sign}${whole}${fraction}`);
  const scale = fraction.length - power;
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 };
}

export function compareExact(a: ExactDecimal, b: ExactDecimal): -1 | 0 | 1 {
  const left = scaledBy(a.digits, b.scale - a.scale);
  const right = scaledBy(b.digits, a.scale - b.scale);
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

export function isSameDecimal(a: ExactDecimal, b: ExactDecimal): boolean {
  return compareExact(a, b) === 0;
}

export function wholeNumber(value: number): ExactDecimal {
  return { digits: BigInt(value), scale: 0 };
}

export function negateExact({ digits, scale }: ExactDecimal): ExactDecimal {
  return { digits: -digits, scale };
}

/** The exact result, or null when it has too many digits to go on with. */
export function calculateExact(operator: "+" | "-" | "*", a: ExactDecimal, b: ExactDecimal): ExactDecimal | null {
  const result = calculate(operator, a, b);
  return result.scale > MAX_DIGITS || result.digits.toString().length > MAX_DIGITS ? null : result;
}

/** "6,200.00" and "0.5": grouped, with the digits that it was written with. */
export function exactText({ digits, scale }: ExactDecimal): string {
  const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, "0");
  const [whole, fraction] = [text.slice(0, text.length - scale), text.slice(text.length - scale)];
  const grouped = whole.replace(/\B(?=(?:[0-9]{3})+$)/g, ",");
  return `${digits < 0n ? "-" : ""}${grouped}${fraction === "" ? "" : `.${fraction}`}`;
}

function calculate(operator: "+" | "-" | "*", a: ExactDecimal, b: ExactDecimal): ExactDecimal {
  if (operator === "*") return { digits: a.digits * b.digits, scale: a.scale + b.scale };
  const left = scaledBy(a.digits, b.scale - a.scale);
  const right = scaledBy(b.digits, a.scale - b.scale);
  return { digits: operator === "+" ? left + right : left - right, scale: Math.max(a.scale, b.scale) };
}

/** With that many digits more after the point, so that it has the scale of the other one. */
function scaledBy(digits: bigint, places: number): bigint {
  return places <= 0 ? digits : digits * (POWERS[places] ?? 10n ** BigInt(places));
}

const POWERS = Array.from({ length: 20 }, (_, power) => 10n ** BigInt(power));
