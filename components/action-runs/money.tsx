import { formatAmount } from "@/lib/domain/policy/format-amount";
import { VisibleText } from "./visible-text";

/** An amount with its currency. Where there is no room for both, the currency goes on in the next line before the number breaks. */
export function Money({ amount: { decimal, currency } }: { amount: { readonly decimal: string; readonly currency: string | null } }) {
  if (currency === null) return formatAmount(decimal);
  return (
    <>
      {formatAmount(decimal)} <VisibleText text={currency} />
    </>
  );
}
