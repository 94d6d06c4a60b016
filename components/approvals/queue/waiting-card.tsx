import type { ReactNode } from "react";
import { AgentWords } from "@/components/action-runs/agent-words";
import { ApprovalsProgress } from "@/components/action-runs/approvals-progress";
import { EarlierRunsList, hasHistory } from "@/components/action-runs/earlier-runs-list";
import { GovernanceBadge } from "@/components/action-runs/governance-badge";
import { PreviousAttemptNotice } from "@/components/action-runs/previous-attempt-notice";
import { TextWarnings } from "@/components/action-runs/text-warnings";
import { AmountFact } from "@/components/approvals/amount-fact";
import { checkedLabel } from "@/components/approvals/approve-labels";
import { changeAnswer } from "@/components/approvals/change/change-answer";
import { ChangeRequestButton } from "@/components/approvals/change/change-request-button";
import { ChangedNotice } from "@/components/approvals/change/changed-notice";
import { currentValues } from "@/components/approvals/change/current-values";
import { IdenticalNotice } from "@/components/approvals/identical-notice";
import { MailState } from "@/components/approvals/mail-state";
import { restOfPayload } from "@/components/approvals/payload-rest";
import { PolicyFields } from "@/components/approvals/policy-reason";
import { ReassignRunButton } from "@/components/approvals/reassign-run-button";
import { RecipientFact } from "@/components/approvals/recipient-fact";
import { RunHeadline } from "@/components/approvals/run-headline";
import { hasAmountLine, hasRecipientLine } from "@/components/approvals/stakes";
import { TimeLeftFact } from "@/components/approvals/time-left-fact";
import { BudgetUses } from "@/components/budgets/budget-uses";
import { Avatar } from "@/components/ui/avatar";
import { FactList } from "@/components/ui/fact-list";
import { Instant } from "@/components/ui/instant";
import { Tag } from "@/components/ui/tag";
import type { Decider, OpenWaitingRun } from "@/lib/approvals/waiting-run";
import { timesThreshold } from "@/lib/domain/policy/times-threshold";
import { isUnseen } from "@/lib/domain/runs/unseen";
import { CardHead } from "./card-head";
import { PayloadCard } from "./payload-card";
import { SeenNotice } from "./seen-notice";
import { SuspiciousTextNotice } from "./suspicious-text-notice";

/** The card of a pending run: what the agent wants, first in brief, then in full. */
export function WaitingCard({
  run,
  now,
  isOperator,
  runHref,
  backHref,
  backLabel,
}: {
  run: OpenWaitingRun;
  now: Date;
  /** They can read the emails that the console stored instead of sending. */
  isOperator: boolean;
  runHref: string | null;
  backHref: string;
  backLabel: string;
}) {
  const { decision, threshold, deciders, earlier, payloadBytes, mailNotSentReason, isApprovable } = run;
  return (
    <div className="mx-auto max-w-[864px] px-8 pt-5 pb-8 max-xl:px-5 max-md:px-4 max-md:pt-1 max-md:pb-6">
      <CardHead
        decision={decision}
        badge={<GovernanceBadge status="pending_approval" />}
        runHref={runHref}
        backHref={backHref}
        backLabel={backLabel}
      />
      <div className="mt-2.5 mb-4 max-w-[34em]">
        <RunHeadline actor={decision.actor} sentence={decision.sentence} amount={decision.amount} level="h2" id="wanted" />
        <TextWarnings text={decision.actor ?? ""} />
      </div>
      <FactList layout="row">
        {hasAmountLine(decision) ? (
          <AmountFact amount={decision.amount} note={timesThreshold(decision.amount?.decimal ?? null, threshold)} />
        ) : null}
        {hasRecipientLine(decision) ? <RecipientFact recipient={decision.recipient} /> : null}
        <TimeLeftFact createdAt={decision.createdAt} expiresAt={decision.expiresAt} now={now} isLarge isFrozen={run.frozen !== null} />
      </FactList>
      <div className="mt-3 grid gap-2 empty:hidden">
        <IdenticalNotice runIds={run.identicalIds} runsPath={run.isMember ? `/workspaces/${run.workspaceId}/runs` : null} />
        <PreviousAttemptNotice
          previous={decision.previous}
          reader={decision.approverEmail}
          runHref={run.isMember && decision.previous !== null ? `/workspaces/${run.workspaceId}/runs/${decision.previous.runId}` : null}
        />
        <ChangedNotice decision={decision} />
        <SuspiciousTextNotice decision={decision} />
        {run.closed === null ? (
          <SeenNotice
            deciders={deciders}
            mailNotSentReason={mailNotSentReason}
            isApprovable={isApprovable}
            isLate={isUnseen({ ...decision, openedAt: null }, now)}
          />
        ) : null}
      </div>
      <Section title="Why the agent asks">
        <AgentWords actor={decision.actor} reasoning={decision.reasoning} source={decision.source} />
      </Section>
      {decision.budgets.length === 0 ? null : (
        <Section title="Budgets">
          <div className="overflow-hidden rounded-lg border border-line">
            <BudgetUses uses={decision.budgets} workspaceId={run.isMember ? run.workspaceId : null} />
          </div>
        </Section>
      )}
      {hasHistory(earlier) ? (
        <Section title="Recent history">
          <EarlierRunsList
            history={{ ...decision, earlier, actionName: decision.action.name, actionTitle: decision.action.title }}
            runsPath={run.isMember ? `/workspaces/${run.workspaceId}/runs` : null}
          />
        </Section>
      ) : null}
      <Section title={decision.policy.fields.length === 0 ? "Why approval is required" : "Fields the policy used"}>
        <div className="overflow-hidden rounded-lg border border-line">
          <PolicyFields decision={decision} />
        </div>
      </Section>
      <PayloadCard rows={restOfPayload(decision)} payload={decision.payload} byteCount={payloadBytes} />
      <ChangeSection run={run} />
      {decision.approvals === null ? null : (
        <Section title="Approvals">
          <div className="rounded-lg border border-line px-4 py-3">
            <ApprovalsProgress approvals={decision.approvals} waitingFor={decision.askedEmails} reader={decision.approverEmail} />
          </div>
        </Section>
      )}
      <Section title="Who can decide">
        <DeciderList deciders={deciders} isOperator={isOperator} />
        {run.canReassign ? (
          <div className="mt-2">
            <ReassignRunButton workspaceId={run.workspaceId} runId={decision.runId} identicalIds={run.identicalIds} />
          </div>
        ) : null}
      </Section>
    </div>
  );
}

/** Where the action lets people change fields: with an approval, or as a proposal if the app doesn't take changes. */
function ChangeSection({ run: { decision, closed, frozen, identicalIds } }: { run: OpenWaitingRun }) {
  const answer = closed === null ? changeAnswer(decision, frozen !== null) : null;
  if (answer === null) return null;
  return (
    <Section title="Change the request">
      <div className="grid justify-items-start gap-2 rounded-lg border border-line px-4 py-3">
        <p className="text-sm text-muted">
          {answer === "approve"
            ? "You can approve this with other values, within the bounds of the action."
            : "The app that proposed this doesn’t take changes. You can reject it with the values that you would accept."}
          {identicalIds.length === 0 ? "" : " This decides this request only. The identical ones stay pending."}
        </p>
        <ChangeRequestButton
          key={decision.payloadHash}
          runId={decision.runId}
          title={decision.action.title}
          answer={answer}
          fields={decision.changeable}
          current={currentValues(decision)}
          payloadHash={decision.payloadHash}
          checkedLabel={checkedLabel(decision)}
        />
      </div>
    </Section>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mt-5">
      <h3 className="mb-2 text-sm">{title}</h3>
      {children}
    </section>
  );
}

/** Who can decide, the reader first, and the status of each email. */
function DeciderList({ deciders, isOperator }: { deciders: readonly Decider[]; isOperator: boolean }) {
  return (
    <ul className="divide-y divide-line rounded-lg border border-line">
      {deciders.map(({ email, name, isReader, standsInFor, takenOverFrom, mail }) => (
        <li className="flex flex-wrap items-center gap-x-2.5 gap-y-0.5 px-4 py-2" key={email}>
          <Avatar name={name ?? email} />
          <span className="flex min-w-0 flex-1 basis-40 flex-wrap items-center gap-x-2 wrap-anywhere" title={email}>
            <span className="font-medium">{name ?? email}</span>
            {isReader ? <Tag>you</Tag> : null}
            {standsInFor === null ? null : (
              <span className="basis-full text-xs text-muted">
                on behalf of {standsInFor.email}, who is out of office until <Instant at={standsInFor.until} format="minute" />
              </span>
            )}
            {takenOverFrom === null ? null : <span className="basis-full text-xs text-muted">reassigned from {takenOverFrom}</span>}
          </span>
          <MailState mail={mail} mailboxOf={isOperator ? email : null} />
        </li>
      ))}
    </ul>
  );
}
