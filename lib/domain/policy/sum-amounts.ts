import { addDecimals, isPlainDecimal } from "./amounts";

export interface Money {
  readonly decimal: string;
  readonly currency: string | null;
}

/** One exact sum for each currency, in the order in which they come first. What has no amount adds nothing. */
export function sumAmounts(amounts: Iterable<Money | null>): Money[] {
  const sums = new Map<string | null, string>();
  for (const amount of amounts) {
    if (amount === null || !isPlainDecimal(amount.decimal)) continue;
    sums.set(amount.currency, addDecimals(sums.get(amount.currency) ?? "0", amount.decimal));
  }
  return [...sums].map(([currency, decimal]) => ({ decimal, currency }));
}
