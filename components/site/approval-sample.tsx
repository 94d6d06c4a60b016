"use client";

import { Ban, Check, RotateCcw, Scale, X } from "lucide-react";
import { useState } from "react";
import { AgentWords } from "@/components/action-runs/agent-words";
import { GovernanceBadge } from "@/components/action-runs/governance-badge";
import { RiskMark } from "@/components/action-runs/risk-mark";
import { buttonStyle } from "@/components/ui/button-style";
import { type Decision, decisionEffect, type GovernanceStatus } from "@/lib/domain/runs/statuses";

const SENTENCES: Readonly<Record<Decision, string>> = {
  approve: "Your app may now run it once. It then reports the outcome, which completes the receipt.",
  reject: "Nothing runs. The agent sees the rejection and can propose something else.",
  block: "Nothing runs. The agent sees that it shouldn’t have proposed this.",
};

/** An approval as an approver sees it, to be tried out. It is drawn with the console's own parts and changes nothing. */
export function ApprovalSample() {
  const [decision, setDecision] = useState<Decision>();
  const status: GovernanceStatus = decision === undefined ? "pending_approval" : decisionEffect(decision).governanceStatus;
  return (
    <figure className="w-full max-w-[480px]">
      <article className="overflow-hidden rounded-xl border border-line-strong bg-surface shadow-pop" aria-label="Example of an approval">
        <div className="grid gap-4 p-4 sm:p-5">
          <div className="flex items-center justify-between gap-2">
            <GovernanceBadge status={status} />
            <RiskMark level="high" />
          </div>
          <p className="text-xl font-semibold tracking-title text-balance">
            finance_agent wants to refund 1,840.00{"\u00a0"}EUR to Nordlicht Café GmbH
          </p>
          <Facts isOpen={decision === undefined} />
          <AgentWords
            actor="finance_agent"
            reasoning="Order SO-88214 was charged twice on 16 November. I propose to refund the second charge."
            source={null}
          />
          <p className="flex gap-2 text-sm text-muted">
            <Scale className="mt-0.5 size-4 flex-none" strokeWidth={1.75} aria-hidden="true" />
            <span>
              <span className="text-ink">1,840.00 is above the threshold of 250.00</span>, so a person decides. Policy version 4.
            </span>
          </p>
        </div>
        <div className="flex min-h-[76px] items-center border-t border-line bg-inset px-4 py-3 sm:px-5" aria-live="polite">
          {decision === undefined ? (
            <Buttons onDecide={setDecision} />
          ) : (
            <Outcome text={SENTENCES[decision]} onAgain={() => setDecision(undefined)} />
          )}
        </div>
      </article>
      <figcaption className="mt-2.5 text-center text-xs text-subtle">An example to try. Nothing leaves this page.</figcaption>
    </figure>
  );
}

function Facts({ isOpen }: { isOpen: boolean }) {
  return (
    <dl className="grid grid-cols-[1.3fr_1fr] overflow-hidden rounded-lg border border-line">
      <div className="px-3.5 py-2.5">
        <dt className="text-xs text-muted">Amount</dt>
        <dd className="text-amount font-semibold tracking-display whitespace-nowrap tabular-nums">
          1,840.00 <span className="text-md font-medium tracking-normal text-muted">EUR</span>
        </dd>
        <dd className="text-xs text-muted">7.4 times the threshold</dd>
      </div>
      <div className="border-l border-line px-3.5 py-2.5">
        <dt className="text-xs text-muted">Time left</dt>
        <dd className="text-lg leading-8 font-semibold">{isOpen ? "5 h 04 min" : "decided"}</dd>
        <dd className="text-xs text-muted">{isOpen ? "then rejected" : "by you, just now"}</dd>
      </div>
    </dl>
  );
}

function Buttons({ onDecide }: { onDecide: (decision: Decision) => void }) {
  return (
    <div className="grid w-full grid-cols-[1.4fr_1fr_1fr] gap-2">
      <button className={buttonStyle("primary", "md")} type="button" onClick={() => onDecide("approve")}>
        <Check className="size-4" strokeWidth={1.75} aria-hidden="true" />
        Approve
      </button>
      <button className={buttonStyle("plain", "md")} type="button" onClick={() => onDecide("reject")}>
        <X className="size-4" strokeWidth={1.75} aria-hidden="true" />
        Reject
      </button>
      <button className={buttonStyle("danger", "md")} type="button" onClick={() => onDecide("block")}>
        <Ban className="size-4" strokeWidth={1.75} aria-hidden="true" />
        Block
      </button>
    </div>
  );
}

function Outcome({ text, onAgain }: { text: string; onAgain: () => void }) {
  return (
    <div className="flex w-full items-center gap-3">
      <p className="grow text-md">{text}</p>
      <button
        className="grid size-10 flex-none cursor-pointer place-items-center rounded-lg text-muted hover:bg-pressed hover:text-ink"
        type="button"
        aria-label="Reset the example"
        onClick={onAgain}
      >
        <RotateCcw className="size-4" strokeWidth={1.75} aria-hidden="true" />
      </button>
    </div>
  );
}
