import type { ReactNode } from "react";
import { AgentWords } from "@/components/action-runs/agent-words";
import { GovernanceBadge } from "@/components/action-runs/governance-badge";
import { RiskMark } from "@/components/action-runs/risk-mark";
import { TextWarnings } from "@/components/action-runs/text-warnings";
import { AnswerLinks } from "./answer-links";
import { DecisionFacts } from "./decision-facts";
import { PayloadRest } from "./payload-rest";
import { PolicyReason } from "./policy-reason";
import { RunHeadline } from "./run-headline";
import type { DecisionView } from "@/lib/domain/runs/decision-view";

/** What the agent wants, why, with what data, and the three answers, in the order in which they matter. */
export function OpenDecision({ decision, token, now, notice }: { decision: DecisionView; token: string; now: Date; notice?: ReactNode }) {
  return (
    <>
      {notice}
      <div className="flex items-center justify-between gap-2">
        <GovernanceBadge status="pending_approval" size="lg" />
        <RiskMark level={decision.action.riskLevel} />
      </div>
      <div>
        <RunHeadline actor={decision.actor} sentence={decision.sentence} amount={decision.amount} />
        <TextWarnings text={`${decision.actor ?? ""} ${decision.sentence}`} />
      </div>
      <DecisionFacts decision={decision} now={now} />
      <AgentWords actor={decision.actor} reasoning={decision.reasoning} source={decision.source} />
      <AnswerLinks token={token} approverEmail={decision.approverEmail} mayApprove={decision.mayApprove} />
      <PolicyReason decision={decision} />
      <PayloadRest decision={decision} />
    </>
  );
}
