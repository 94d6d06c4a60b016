import { LateBacktestCard } from "@/components/backtests/late-backtest-card";
import type { PendingProposal } from "@/lib/policy-proposals/list-proposals";
import { actionChangesShown } from "@/lib/words/shown-changes";
import { ChangesTable } from "./changes-table";
import { ProposalCard } from "./proposal-card";

/** On an action's page: what is proposed of it, with its backtest beside it. */
export function ActionProposal({
  workspaceId,
  name,
  proposal,
  mayConfirm,
  mayBacktest,
}: {
  workspaceId: string;
  name: string;
  proposal: PendingProposal;
  mayConfirm: boolean;
  mayBacktest: boolean;
}) {
  const { changes, draft, version } = proposal;
  const title =
    proposal.kind === "activate" ? "Activation proposed" : version === null ? "Change proposed" : `Restoring version ${version} proposed`;
  const card = (
    <ProposalCard workspaceId={workspaceId} proposal={proposal} title={title} mayConfirm={mayConfirm}>
      {changes.length === 0 ? null : <ChangesTable changes={actionChangesShown(changes)} />}
    </ProposalCard>
  );
  return (
    <div className="mb-4 grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-[minmax(0,1fr)_320px]">
      {card}
      {draft === null || !mayBacktest ? null : <LateBacktestCard workspaceId={workspaceId} name={name} draft={draft} />}
    </div>
  );
}
