import type { PolicyProposal, Prisma, RegisteredAction } from "@/lib/db/generated/client";
import { isSamePerson } from "@/lib/domain/access/same-person";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { withMembers } from "@/lib/groups/group-base";
import { publishChange } from "@/lib/live/publish-change";
import { endPendingProposal, type ProposalEnding } from "@/lib/registered-actions/end-pending-proposal";
import { emailProposer } from "@/lib/registered-actions/policy-mail";
import type { MemberContext } from "@/lib/security/context";

export type ProposalWithSubject = PolicyProposal & {
  action: RegisteredAction | null;
  group: Prisma.ApproverGroupGetPayload<{ include: typeof withMembers }> | null;
};
export const withSubject = { action: true, group: { include: withMembers } } as const;

/** A pending proposal of the workspace, or why there is none to answer. */
export async function findPending({ db, workspaceId }: MemberContext, proposalId: string): Promise<ProposalWithSubject | Refusal> {
  const proposal = await db.policyProposal.findFirst({ where: { workspaceId, id: proposalId }, include: withSubject });
  if (!proposal) return refuse("not_found", "Proposal not found. The group that it would change may have been deleted.");
  return proposal.status === "pending" ? proposal : refuseEnded(proposal);
}

/** Whether this person proposed it, at the console or through a key of theirs. */
export function isOwnProposal({ proposedBy }: Pick<PolicyProposal, "proposedBy">, email: string): boolean {
  return proposedBy !== null && isSamePerson(proposedBy, email);
}

/** Ends it and tells who proposed it, unless someone else was faster. */
export async function endProposal(
  ctx: MemberContext,
  proposal: ProposalWithSubject,
  ending: Omit<ProposalEnding, "name">,
): Promise<{ ok: true } | Refusal> {
  const { db, workspaceId, actor } = ctx;
  const name = proposal.action?.name ?? proposal.group?.name ?? null;
  if (!(await endPendingProposal(ctx, proposal, { ...ending, name })))
    return refuseEnded(await db.policyProposal.findUniqueOrThrow({ where: { id: proposal.id } }));
  await emailProposer(ctx, proposal, actor.email);
  await publishChange(db, workspaceId, "actions", "workspace");
  return { ok: true };
}

const ENDED: Readonly<Record<string, string>> = {
  confirmed: "confirmed it",
  declined: "declined it",
  withdrawn: "withdrew it",
  replaced: "proposed another change in its place",
  stale: "looked at it after something else was changed, which ended it",
};

function refuseEnded({ status, endedBy }: PolicyProposal): Refusal {
  return refuse("proposal_ended", `This change is no longer pending: ${endedBy ?? "the operator"} ${ENDED[status] ?? "ended it"}.`);
}
