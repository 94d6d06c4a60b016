import { PERMISSIONS } from "@/lib/domain/access/permissions";
import type { ProposalKind } from "@/lib/domain/policy/policy-proposals";
import type { MemberContext, UserContext } from "@/lib/security/context";
import { isOwnProposal } from "./pending-proposal";

/** A policy change that this person can confirm or decline. */
export interface WaitingProposal {
  id: string;
  kind: ProposalKind;
  workspaceId: string;
  workspaceName: string;
  /** The action that it would change. */
  action: { id: string; name: string; title: string } | null;
  /** The group's name. */
  group: string | null;
  proposedBy: string | null;
  at: Date;
}

/** In the workspace of the context, or in all of the person's workspaces; the oldest first. */
export async function listWaitingProposals({ actor, workspaceId, db }: MemberContext | UserContext): Promise<WaitingProposal[]> {
  const confirmers = [...PERMISSIONS["policy_change.confirm"]];
  const proposals = await db.policyProposal.findMany({
    where: {
      status: "pending",
      workspace: { deletedAt: null, members: { some: { userId: actor.userId, role: { in: confirmers } } } },
      ...(workspaceId !== null && { workspaceId }),
    },
    include: { workspace: { select: { name: true } }, action: true, group: true },
    orderBy: { id: "asc" },
  });
  return proposals
    .filter((proposal) => !isOwnProposal(proposal, actor.email))
    .map(({ id, kind, workspace, action, group, proposedBy, createdAt, ...proposal }) => ({
      id,
      kind: kind as ProposalKind,
      workspaceId: proposal.workspaceId,
      workspaceName: workspace.name,
      action: action && { id: action.id, name: action.name, title: action.title },
      group: group?.name ?? null,
      proposedBy,
      at: createdAt,
    }));
}
