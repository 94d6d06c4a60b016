import { VisibleText } from "@/components/action-runs/visible-text";
import { formatAmount } from "@/lib/domain/format-amount";

/** The decision in one sentence, as the heading of its page. Amount and currency do not break apart in it. */
export function RunHeadline({ actor, sentence, amount }: {
  actor: string | null;
  sentence: string;
  amount: { readonly decimal: string; readonly currency: string | null } | null;
}) {
  return (
    <h1 className="text-xl tracking-title wrap-anywhere">
      {actor === null ? "The agent" : <VisibleText text={actor} />} wants to{" "}
      <VisibleText text={amount === null ? sentence : keepTogether(sentence, amount)} />
    </h1>
  );
}

function keepTogether(sentence: string, amount: { decimal: string; currency: string | null }): string {
  if (amount.currency === null) return sentence;
  const number = formatAmount(amount.decimal);
  return sentence.replace(`${number} ${amount.currency}`, () => `${number}\u00a0${amount.currency}`);
}
