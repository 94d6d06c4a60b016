import type { ReactNode } from "react";
import { AgentWords } from "@/components/action-runs/agent-words";
import { GovernanceBadge } from "@/components/action-runs/governance-badge";
import { TextWarnings } from "@/components/action-runs/text-warnings";
import { AmountFact } from "./amount-fact";
import { CardHead } from "./card-head";
import { DeciderList } from "./decider-list";
import { OddNotice } from "./odd-notice";
import { PayloadCard } from "./payload-card";
import { restOfPayload } from "./payload-rest";
import { PolicyFields } from "./policy-reason";
import { RecipientFact } from "./recipient-fact";
import { RunHeadline } from "./run-headline";
import { SeenNotice } from "./seen-notice";
import { hasAmountLine, hasRecipientLine } from "./stakes";
import { TimeLeftFact } from "./time-left-fact";
import { FactList } from "@/components/ui/fact-list";
import type { OpenWaitingRun } from "@/lib/approvals/waiting-run";
import { isUnseen } from "@/lib/domain/runs/unseen";
import { timesThreshold } from "@/lib/domain/policy/times-threshold";

/** What the agent wants, at a glance and then in full: the card of a run that waits. */
export function WaitingCard({
  run,
  now,
  runHref,
  backHref,
  backLabel,
}: {
  run: OpenWaitingRun;
  now: Date;
  runHref: string | null;
  backHref: string;
  backLabel: string;
}) {
  const { decision, threshold, deciders, payloadBytes, mailNotSentReason, isApprovable } = run;
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
        <TimeLeftFact createdAt={decision.createdAt} expiresAt={decision.expiresAt} now={now} isLarge />
      </FactList>
      <div className="mt-3 grid gap-2 empty:hidden">
        <OddNotice decision={decision} />
        <SeenNotice
          deciders={deciders}
          mailNotSentReason={mailNotSentReason}
          isApprovable={isApprovable}
          isLate={isUnseen({ ...decision, openedAt: null }, now)}
        />
      </div>
      <Section title="Why the agent asks">
        <AgentWords actor={decision.actor} reasoning={decision.reasoning} source={decision.source} />
      </Section>
      <Section title={decision.policy.fields.length === 0 ? "Why a person is asked" : "Fields the policy used"}>
        <div className="overflow-hidden rounded-lg border border-line">
          <PolicyFields decision={decision} />
        </div>
      </Section>
      <PayloadCard rows={restOfPayload(decision)} payload={decision.payload} byteCount={payloadBytes} />
      <Section title="Who can decide">
        <DeciderList deciders={deciders} />
      </Section>
    </div>
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
