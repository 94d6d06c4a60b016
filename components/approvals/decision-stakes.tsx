import { LongText } from "@/components/action-runs/long-text";
import { TextWarnings } from "@/components/action-runs/text-warnings";
import { Fact, FactList } from "@/components/ui/fact-list";
import type { DecisionView } from "@/lib/domain/runs/decision-view";
import { AmountFact } from "./amount-fact";
import { RecipientFact } from "./recipient-fact";
import { hasAmountLine, hasRecipientLine } from "./stakes";

/** What to check again before the second step: amount, recipient, action. */
export function DecisionStakes({ decision }: { decision: DecisionView }) {
  return (
    <FactList>
      {hasAmountLine(decision) ? <AmountFact amount={decision.amount} /> : null}
      {hasRecipientLine(decision) ? <RecipientFact recipient={decision.recipient} /> : null}
      <Fact label={decision.action.title}>
        <span className="block first-letter:uppercase">
          <LongText text={decision.sentence} />
        </span>
        <TextWarnings text={decision.sentence} />
      </Fact>
    </FactList>
  );
}
