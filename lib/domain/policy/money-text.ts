import { formatAmount } from "./format-amount";

/** Formats an amount with its currency, if it has one, joined by a no-break space to keep them on one line. */
export function moneyText(amount: { readonly decimal: string; readonly currency: string | null }): string {
  const number = formatAmount(amount.decimal);
  return amount.currency === null ? number : `${number}\u00a0${amount.currency}`;
}
