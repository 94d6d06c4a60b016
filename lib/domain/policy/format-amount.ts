import { isPlainDecimal, normalizeDecimal } from "./amounts";

/**
 * A plain decimal for people: "18400" is "18,400.00". Exact, no digit is rounded away; at least two decimals.
 * A text that is no plain decimal comes back as it is.
 */
export function formatAmount(decimal: string): string {
  if (!isPlainDecimal(decimal)) return decimal;
  const [whole = "", fraction = ""] = normalizeDecimal(decimal).split(".");
  return `${whole.replace(/\B(?=(?:[0-9]{3})+$)/g, ",")}.${fraction.padEnd(2, "0")}`;
}
