import { AmountFact } from "@/components/approvals/amount-fact";
import { AskedFact } from "@/components/approvals/asked-fact";
import { RecipientFact } from "@/components/approvals/recipient-fact";
import { hasAmountLine, hasRecipientLine } from "@/components/approvals/stakes";
import { Fact, FactList } from "@/components/ui/fact-list";
import { Instant } from "@/components/ui/instant";
import type { DecisionView } from "@/lib/approvals/decision-view";
import { isLastHour, timeLeft } from "@/lib/domain/time-left";

/** How much, to whom, how long there is to decide, and who else may. */
export function DecisionFacts({ decision, now }: { decision: DecisionView; now: Date }) {
  return (
    <FactList>
      {hasAmountLine(decision) ? <AmountFact amount={decision.amount} /> : null}
      {hasRecipientLine(decision) ? <RecipientFact recipient={decision.recipient} /> : null}
      <Fact label="Time left" width="first-half">
        <span className={isLastHour(decision.expiresAt, now) ? "font-medium text-stop" : ""}>
          {timeLeft(decision.expiresAt, now)}
        </span>
        <span className="block text-xs text-muted">
          until <Instant at={decision.expiresAt} />
        </span>
      </Fact>
      <AskedFact approverEmail={decision.approverEmail} askedEmails={decision.askedEmails} width="second-half" />
    </FactList>
  );
}
