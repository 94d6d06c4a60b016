import { Fact } from "@/components/ui/fact-list";
import { TextWarnings } from "@/components/action-runs/text-warnings";
import { VisibleText } from "@/components/action-runs/visible-text";
import { formatAmount } from "@/lib/domain/format-amount";

/** The first thing to be seen of a decision. null stands for a payload from which no amount could be read. */
export function AmountFact({ amount }: { amount: { readonly decimal: string; readonly currency: string | null } | null }) {
  if (amount === null) {
    return (
      <Fact label="Amount">
        <span className="text-muted">None that the policy could read</span>
      </Fact>
    );
  }
  return (
    <Fact label="Amount">
      <span className="text-amount font-semibold tracking-display tabular-nums">
        {formatAmount(amount.decimal)}
        {amount.currency === null ? "" : "\u00a0"}
      </span>
      {amount.currency === null ? null : (
        <>
          <span className="font-medium text-muted">
            <VisibleText text={amount.currency} />
          </span>
          <TextWarnings text={amount.currency} />
        </>
      )}
    </Fact>
  );
}
