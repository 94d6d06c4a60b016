import { formatAmount } from "./format-amount";

/** An amount with its currency, if it has one, and a no-break space between them: they never stand on two lines. */
export function moneyText(amount: { readonly decimal: string; readonly currency: string | null }): string {
  const number = formatAmount(amount.decimal);
  return amount.currency === null ? number : `${number}\u00a0${amount.currency}`;
}
