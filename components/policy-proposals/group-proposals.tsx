import type { ListedGroup } from "@/lib/groups/list-groups";
import type { PendingProposal } from "@/lib/policy-proposals/list-proposals";
import { groupChangesShown } from "@/lib/words/shown-changes";
import { ChangesTable } from "./changes-table";
import { ProposalCard } from "./proposal-card";

/** On the page of groups: what is proposed of them. */
export function GroupProposals({
  workspaceId,
  proposals,
  groups,
  mayConfirm,
}: {
  workspaceId: string;
  proposals: readonly PendingProposal[];
  groups: readonly ListedGroup[];
  mayConfirm: boolean;
}) {
  return proposals.map((proposal) => {
    const now = groups.find(({ id }) => id === proposal.groupId);
    if (!now || proposal.group === null) return null;
    const members = now.members.map(({ email }) => email);
    return (
      <ProposalCard
        key={proposal.id}
        workspaceId={workspaceId}
        proposal={proposal}
        title={`Change of ${now.name} proposed`}
        mayConfirm={mayConfirm}
      >
        <ChangesTable changes={groupChangesShown({ name: now.name, members }, proposal.group)} />
      </ProposalCard>
    );
  });
}
