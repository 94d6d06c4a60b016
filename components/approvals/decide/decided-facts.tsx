import type { ReactNode } from "react";
import { ApprovalsProgress } from "@/components/action-runs/approvals-progress";
import { ExecutionBadge } from "@/components/action-runs/execution-badge";
import { GovernanceBadge } from "@/components/action-runs/governance-badge";
import { LongText } from "@/components/action-runs/long-text";
import { Fact, FactList } from "@/components/ui/fact-list";
import type { EarlierDecision } from "./earlier-decision";
import { SummaryFact } from "./summary-fact";

/** The request, who approved it where several had to, the decision, its comment, and the outcome the app reported. */
export function DecidedFacts({ decided, commentLabel }: { decided: EarlierDecision; commentLabel: ReactNode }) {
  const { approvals, approverEmail } = decided.summary;
  return (
    <FactList>
      <SummaryFact summary={decided.summary} />
      {approvals === null ? null : (
        <Fact label="Approvals">
          <ApprovalsProgress approvals={approvals} waitingFor={[]} reader={approverEmail} />
        </Fact>
      )}
      <Fact label="Decision">
        <GovernanceBadge status={decided.decision} reason={decided.reason} size="lg" />
      </Fact>
      <Fact label={isReported(decided.executionStatus) ? "Execution, as reported by the app" : "Execution"}>
        <ExecutionBadge status={decided.executionStatus} size="lg" />
      </Fact>
      <Fact label={commentLabel}>
        {decided.comment === null || decided.comment === "" ? (
          <span className="text-muted">None</span>
        ) : (
          <span className="whitespace-pre-wrap">
            <LongText text={decided.comment} />
          </span>
        )}
      </Fact>
    </FactList>
  );
}

function isReported(status: EarlierDecision["executionStatus"]): boolean {
  return status === "executed" || status === "failed";
}
