import { GovernanceBadge } from "@/components/action-runs/governance-badge";
import { AskedFact } from "./asked-fact";
import type { ExpiredRun } from "./earlier-decision";
import { SummaryFact } from "./summary-fact";
import { ClockXIcon } from "@/components/ui/clock-x-icon";
import { Fact, FactList } from "@/components/ui/fact-list";
import { Instant } from "@/components/ui/instant";
import { Outcome } from "@/components/ui/outcome";

export function ExpiredDecision({ expired: { expiredAt, summary } }: { expired: ExpiredRun }) {
  return (
    <>
      <Outcome tone="wait" icon={ClockXIcon} title="The time to decide is over">
        Nobody answered by <Instant at={expiredAt} />, so this action was rejected. Nothing ran. The agent may ask again.
      </Outcome>
      <FactList>
        <SummaryFact summary={summary} />
        <Fact label="Decision">
          <GovernanceBadge status="rejected" isExpired size="lg" />
        </Fact>
        <AskedFact approverEmail={summary.approverEmail} askedEmails={summary.askedEmails} askedAt={summary.askedAt} width="full" />
      </FactList>
    </>
  );
}
