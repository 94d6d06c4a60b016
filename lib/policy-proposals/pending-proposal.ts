import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { PolicyProposal, Prisma, RegisteredAction } from "@/lib/db/generated/client";
import { databaseNow } from "@/lib/db/transaction";
import { isSamePerson } from "@/lib/domain/access/same-person";
import type { ProposalStatus } from "@/lib/domain/policy/policy-proposals";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { withMembers } from "@/lib/groups/group-base";
import { publishChange } from "@/lib/live/publish-change";
import { emailProposer } from "@/lib/registered-actions/policy-mail";
import { proposalSubject } from "@/lib/registered-actions/propose-change";
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

const ENDINGS = {
  confirmed: "proposal.confirmed",
  declined: "proposal.declined",
  withdrawn: "proposal.withdrawn",
  stale: "proposal.ended",
} as const satisfies Partial<Record<ProposalStatus, string>>;

/** Ends it, unless someone else was faster. */
export async function endProposal(
  ctx: MemberContext,
  proposal: ProposalWithSubject,
  { as: status, comment = null }: { as: keyof typeof ENDINGS; comment?: string | null },
): Promise<{ ok: true } | Refusal> {
  const { db, workspaceId, actor } = ctx;
  const { count } = await db.policyProposal.updateMany({
    where: { id: proposal.id, status: "pending" },
    data: { status, endedBy: actor.email, endedAt: await databaseNow(db), endComment: comment },
  });
  if (count === 0) return refuseEnded(await db.policyProposal.findUniqueOrThrow({ where: { id: proposal.id } }));
  await recordAuditEvent(ctx, {
    verb: ENDINGS[status],
    ...proposalSubject(proposal),
    data: {
      kind: proposal.kind,
      name: proposal.action?.name ?? proposal.group?.name ?? null,
      proposal_id: proposal.id,
      proposed_by: proposal.proposedBy,
      ...(status === "stale" && { reason: status }),
      ...(comment !== null && { comment }),
    },
  });
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
