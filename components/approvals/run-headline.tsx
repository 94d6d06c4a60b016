import { VisibleText } from "@/components/action-runs/visible-text";
import { formatAmount } from "@/lib/domain/policy/format-amount";

/** The request in one sentence, as the heading of its page or card. Never breaks between amount and currency. */
export function RunHeadline({
  actor,
  sentence,
  amount,
  level: Heading = "h1",
  id,
}: {
  actor: string | null;
  sentence: string;
  amount: { readonly decimal: string; readonly currency: string | null } | null;
  level?: "h1" | "h2";
  id?: string;
}) {
  return (
    <Heading className="text-xl tracking-title wrap-anywhere" id={id}>
      {actor === null ? "The agent" : <VisibleText text={actor} />} wants to{" "}
      <VisibleText text={amount === null ? sentence : keepTogether(sentence, amount)} />
    </Heading>
  );
}

function keepTogether(sentence: string, amount: { decimal: string; currency: string | null }): string {
  if (amount.currency === null) return sentence;
  const number = formatAmount(amount.decimal);
  return sentence.replace(`${number} ${amount.currency}`, () => `${number}\u00a0${amount.currency}`);
}
