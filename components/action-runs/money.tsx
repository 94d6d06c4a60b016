import { formatAmount } from "@/lib/domain/policy/format-amount";
import { VisibleText } from "./visible-text";

/** An amount with its currency. In narrow places it breaks before the currency, never inside the number. */
export function Money({ amount: { decimal, currency } }: { amount: { readonly decimal: string; readonly currency: string | null } }) {
  if (currency === null) return formatAmount(decimal);
  return (
    <>
      {formatAmount(decimal)} <VisibleText text={currency} />
    </>
  );
}
