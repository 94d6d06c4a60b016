import { Ban, Check, PencilLine, Repeat, X } from "lucide-react";
import type { ReactNode } from "react";
import { AgentWords } from "@/components/action-runs/agent-words";
import { ApprovalsProgress } from "@/components/action-runs/approvals-progress";
import { EarlierRunsList, hasHistory } from "@/components/action-runs/earlier-runs-list";
import { GovernanceBadge } from "@/components/action-runs/governance-badge";
import { PreviousAttemptNotice } from "@/components/action-runs/previous-attempt-notice";
import { RiskMark } from "@/components/action-runs/risk-mark";
import { TextWarnings } from "@/components/action-runs/text-warnings";
import { AmountFact } from "@/components/approvals/amount-fact";
import { AnswersAs } from "@/components/approvals/answers-as";
import { changeAnswer } from "@/components/approvals/change/change-answer";
import { CHANGE_LABELS } from "@/components/approvals/change/change-labels";
import { ChangedNotice } from "@/components/approvals/change/changed-notice";
import { REJECT_OR_BLOCK } from "@/components/approvals/decision-labels";
import { FrozenNotice } from "@/components/approvals/frozen-notice";
import { IdenticalToOthersNotice } from "@/components/approvals/identical-notice";
import { PayloadBeforeAnswers, PayloadRest } from "@/components/approvals/payload-rest";
import { PolicyReason } from "@/components/approvals/policy-reason";
import { RecipientFact } from "@/components/approvals/recipient-fact";
import { RunHeadline } from "@/components/approvals/run-headline";
import { SelfApprovalNotice } from "@/components/approvals/self-approval-notice";
import { hasAmountLine, hasRecipientLine } from "@/components/approvals/stakes";
import { TestNotice } from "@/components/approvals/test-notice";
import { TimeLeftFact } from "@/components/approvals/time-left-fact";
import { BudgetUses } from "@/components/budgets/budget-uses";
import { ButtonAnchor } from "@/components/ui/button-anchor";
import { Fact, FactList } from "@/components/ui/fact-list";
import type { DecisionView } from "@/lib/domain/runs/decision-view";
import type { EarlierRuns } from "@/lib/domain/runs/earlier-runs";
import { AskedFact } from "./asked-fact";
import { decidePath } from "./decide-path";

/** What the agent wants, why, with what data, and the three decisions, most important first. */
export function OpenDecision({
  decision,
  frozen,
  earlier,
  identicalCount,
  isGrantOffered,
  token,
  now,
  notice,
}: {
  decision: DecisionView;
  frozen: { what: string; reason: string } | null;
  earlier: EarlierRuns;
  /** How many other pending requests of this approver ask for the same. */
  identicalCount: number;
  /** Whether the same can be approved in advance. */
  isGrantOffered: boolean;
  token: string;
  now: Date;
  notice?: ReactNode;
}) {
  return (
    <>
      {notice}
      {decision.isTest ? <TestNotice size="lg" /> : null}
      <div className="flex items-center justify-between gap-2">
        <GovernanceBadge status="pending_approval" size="lg" />
        <RiskMark level={decision.action.riskLevel} />
      </div>
      <div>
        <RunHeadline actor={decision.actor} sentence={decision.sentence} amount={decision.amount} />
        <TextWarnings text={`${decision.actor ?? ""} ${decision.sentence}`} />
      </div>
      <IdenticalToOthersNotice count={identicalCount} />
      <PreviousAttemptNotice previous={decision.previous} reader={decision.approverEmail} runHref={null} size="lg" />
      <ChangedNotice decision={decision} size="lg" />
      <DecisionFacts decision={decision} isFrozen={frozen !== null} earlier={earlier} now={now} />
      <AgentWords actor={decision.actor} reasoning={decision.reasoning} source={decision.source} />
      <PayloadBeforeAnswers decision={decision} />
      <AnswerLinks
        token={token}
        approverEmail={decision.approverEmail}
        isGrantOffered={isGrantOffered}
        change={changeAnswer(decision, frozen !== null)}
        hindrance={frozen ? <FrozenNotice frozen={frozen} /> : decision.mayApprove ? null : <SelfApprovalNotice />}
      />
      <PolicyReason decision={decision} />
      <PayloadRest decision={decision} />
    </>
  );
}

/** `hindrance` is shown in place of Approve. Each decision links to its second step, so a robot that follows every link on this page decides nothing. */
function AnswerLinks({
  token,
  approverEmail,
  isGrantOffered,
  hindrance,
  change,
}: {
  token: string;
  approverEmail: string;
  isGrantOffered: boolean;
  hindrance: ReactNode;
  /** How the approver can answer with other values; null: they can't. */
  change: "approve" | "reject" | null;
}) {
  return (
    <div className="grid gap-2.5">
      {hindrance === null ? (
        <ButtonAnchor href={decidePath(token, "?step=approve")} variant="primary" size="touch">
          <Check className="size-4" strokeWidth={2} aria-hidden="true" />
          Approve…
        </ButtonAnchor>
      ) : (
        hindrance
      )}
      <div className="grid grid-cols-2 gap-2.5">
        <ButtonAnchor href={decidePath(token, "?step=reject")} size="touch">
          <X className="size-4" strokeWidth={2} aria-hidden="true" />
          Reject…
        </ButtonAnchor>
        <ButtonAnchor href={decidePath(token, "?step=block")} variant="danger" size="touch">
          <Ban className="size-4" strokeWidth={2} aria-hidden="true" />
          Block…
        </ButtonAnchor>
      </div>
      {isGrantOffered && hindrance === null ? (
        <ButtonAnchor href={decidePath(token, "?step=grant")} size="touch">
          <Repeat className="size-4" strokeWidth={2} aria-hidden="true" />
          Approve this, and the same until…
        </ButtonAnchor>
      ) : null}
      {change === null ? null : (
        <ButtonAnchor href={decidePath(token, "?step=change")} size="touch">
          <PencilLine className="size-4" strokeWidth={2} aria-hidden="true" />
          {CHANGE_LABELS[change].verb}…
        </ButtonAnchor>
      )}
      <AnswersAs email={approverEmail} />
      <p className="text-sm leading-[18px] text-muted">
        {REJECT_OR_BLOCK} Opening this page changed nothing. Each decision takes one more step.
      </p>
    </div>
  );
}

/** Amount, recipient, time left, other approvers, and earlier runs. */
function DecisionFacts({
  decision,
  isFrozen,
  earlier,
  now,
}: {
  decision: DecisionView;
  isFrozen: boolean;
  earlier: EarlierRuns;
  now: Date;
}) {
  return (
    <FactList>
      {hasAmountLine(decision) ? <AmountFact amount={decision.amount} /> : null}
      {hasRecipientLine(decision) ? <RecipientFact recipient={decision.recipient} /> : null}
      <TimeLeftFact createdAt={decision.createdAt} expiresAt={decision.expiresAt} now={now} width="first-half" isFrozen={isFrozen} />
      <AskedFact
        approverEmail={decision.approverEmail}
        askedEmails={decision.askedEmails}
        standsInFor={decision.standsInFor}
        takenOverFrom={decision.takenOverFrom}
        width="second-half"
      />
      {decision.approvals === null ? null : (
        <Fact label="Approvals">
          <ApprovalsProgress approvals={decision.approvals} waitingFor={decision.askedEmails} reader={decision.approverEmail} />
        </Fact>
      )}
      {decision.budgets.length === 0 ? null : (
        <Fact label="Budgets">
          <div className="-mx-4 text-base">
            <BudgetUses uses={decision.budgets} workspaceId={null} />
          </div>
        </Fact>
      )}
      {hasHistory(earlier) ? (
        <Fact label="Recent history">
          <div className="text-base">
            <EarlierRunsList
              history={{ ...decision, earlier, actionName: decision.action.name, actionTitle: decision.action.title }}
              runsPath={null}
            />
          </div>
        </Fact>
      ) : null}
    </FactList>
  );
}
