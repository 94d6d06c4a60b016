import { TextWarnings } from "@/components/action-runs/text-warnings";
import { VisibleText } from "@/components/action-runs/visible-text";
import { Fact } from "@/components/ui/fact-list";
import { formatAmount } from "@/lib/domain/policy/format-amount";

/** The most prominent fact of a decision. null: no amount could be read from the payload. `note` puts it in proportion. */
export function AmountFact({
  amount,
  note,
}: {
  amount: { readonly decimal: string; readonly currency: string | null } | null;
  note?: string | null;
}) {
  if (amount === null) {
    return (
      <Fact label="Amount">
        <span className="text-muted">None the policy could read</span>
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
          <span className="inline-block max-w-full font-medium text-muted">
            <VisibleText text={amount.currency} />
          </span>
          <TextWarnings text={amount.currency} />
        </>
      )}
      {note == null ? null : <span className="block text-xs text-muted">{note}</span>}
    </Fact>
  );
}
