import { compareDecimals, isPlainDecimal } from "./amounts";
import { formatAmount } from "./format-amount";

/** "3.7 times the threshold of 5,000.00": an amount in proportion. null when it is not above one. */
export function timesThreshold(amount: string | null, threshold: string | null): string | null {
  if (amount === null || threshold === null || !isPlainDecimal(amount) || !isPlainDecimal(threshold)) return null;
  if (compareDecimals(amount, threshold) <= 0) return null;
  const times = Number(amount) / Number(threshold);
  const words = `the threshold of ${formatAmount(threshold)}`;
  if (!Number.isFinite(times)) return `Above ${words}`;
  return times < 1.1
    ? `Just above ${words}`
    : `${times.toLocaleString("en-US", { maximumFractionDigits: times < 100 ? 1 : 0 })} times ${words}`;
}
