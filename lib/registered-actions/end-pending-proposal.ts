import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { PolicyProposal } from "@/lib/db/generated/client";
import { databaseNow } from "@/lib/db/transaction";
import type { ProposalStatus } from "@/lib/domain/policy/policy-proposals";
import type { WorkspaceContext } from "@/lib/security/context";
import { personActing } from "./person-acting";

const ENDINGS = {
  confirmed: "proposal.confirmed",
  declined: "proposal.declined",
  withdrawn: "proposal.withdrawn",
  replaced: "proposal.ended",
  stale: "proposal.ended",
} as const satisfies Record<Exclude<ProposalStatus, "pending">, string>;

/** How a proposal ends, with the name of what it would change. */
export interface ProposalEnding {
  readonly as: keyof typeof ENDINGS;
  readonly name: string | null;
  readonly comment?: string | null;
}

/** Ends a proposal that is pending, with its entry in the activity; a trigger queues the webhooks. False: it had ended. */
export async function endPendingProposal(
  ctx: WorkspaceContext,
  proposal: PolicyProposal,
  { as: status, name, comment = null }: ProposalEnding,
): Promise<boolean> {
  const { db } = ctx;
  const { count } = await db.policyProposal.updateMany({
    where: { id: proposal.id, status: "pending" },
    data: { status, endedBy: personActing(ctx), endedAt: await databaseNow(db), endComment: comment },
  });
  if (count === 0) return false;
  await recordAuditEvent(ctx, {
    verb: ENDINGS[status],
    ...proposalSubject(proposal),
    data: {
      kind: proposal.kind,
      name,
      proposal_id: proposal.id,
      proposed_by: proposal.proposedBy,
      ...(ENDINGS[status] === "proposal.ended" && { reason: status }),
      ...(comment !== null && { comment }),
    },
  });
  return true;
}

/** What events about a proposal are about. */
export function proposalSubject({
  workspaceId,
  actionId,
  groupId,
}: {
  workspaceId: string;
  actionId: string | null;
  groupId: string | null;
}): { subjectType: string; subjectId: string } {
  if (actionId !== null) return { subjectType: "action", subjectId: actionId };
  if (groupId !== null) return { subjectType: "group", subjectId: groupId };
  return { subjectType: "workspace", subjectId: workspaceId };
}
