import { AmountFact } from "./amount-fact";
import { AskedFact } from "./asked-fact";
import { RecipientFact } from "./recipient-fact";
import { hasAmountLine, hasRecipientLine } from "./stakes";
import { TimeLeftFact } from "./time-left-fact";
import { FactList } from "@/components/ui/fact-list";
import type { DecisionView } from "@/lib/domain/runs/decision-view";

/** How much, to whom, how long there is to decide, and who else may. */
export function DecisionFacts({ decision, now }: { decision: DecisionView; now: Date }) {
  return (
    <FactList>
      {hasAmountLine(decision) ? <AmountFact amount={decision.amount} /> : null}
      {hasRecipientLine(decision) ? <RecipientFact recipient={decision.recipient} /> : null}
      <TimeLeftFact createdAt={decision.createdAt} expiresAt={decision.expiresAt} now={now} width="first-half" />
      <AskedFact
        approverEmail={decision.approverEmail}
        askedEmails={decision.askedEmails}
        standsInFor={decision.standsInFor}
        width="second-half"
      />
    </FactList>
  );
}
