import type { ReactNode } from "react";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Instant } from "@/components/ui/instant";
import { Quote } from "@/components/ui/quote";
import type { PendingProposal } from "@/lib/policy-proposals/list-proposals";
import { proposerText } from "@/lib/words/proposal-messages";
import { ProposalAnswers } from "./proposal-answers";

/** A change that waits for a second person: who proposed it and when, what it is (`children`), and what the reader can do about it. */
export function ProposalCard({
  workspaceId,
  proposal,
  title,
  mayConfirm,
  children,
}: {
  workspaceId: string;
  proposal: PendingProposal;
  title: string;
  mayConfirm: boolean;
  children?: ReactNode;
}) {
  const id = `proposal-${proposal.id}`;
  return (
    <Card className="border-wait-line" aria-labelledby={id}>
      <CardHeader
        title={title}
        id={id}
        actions={
          <ProposalAnswers
            workspaceId={workspaceId}
            proposalId={proposal.id}
            isOwn={proposal.isOwn}
            mayConfirm={mayConfirm}
            isStale={proposal.isStale}
          />
        }
      />
      <CardBody className="grid gap-3 p-4">
        <p className="text-muted">
          <strong className="font-medium wrap-anywhere text-ink">{proposerText(proposal.proposedBy)}</strong> proposed it{" "}
          <Instant at={proposal.at} format="short" />. {whatHappensNow(proposal, mayConfirm)}
        </p>
        {proposal.comment === null ? null : <Quote label="Comment">{proposal.comment}</Quote>}
      </CardBody>
      {children}
    </Card>
  );
}

function whatHappensNow({ isOwn, isStale, kind }: PendingProposal, mayConfirm: boolean): string {
  if (isStale)
    return `The ${kind === "group" ? "group" : "action"} was changed since, so this can no longer be confirmed. Propose the change again.`;
  if (isOwn) return "Nothing changes until another owner or admin confirms it.";
  return mayConfirm
    ? "Nothing changes until you or another owner or admin confirms it."
    : "Nothing changes until an owner or admin confirms it.";
}
