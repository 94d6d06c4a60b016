import { isActiveMember } from "@/lib/approvers/is-active-member";
import { systemContext } from "@/lib/auth/contexts";
import type { EmailDelivery } from "@/lib/db/generated/client";
import { isSamePerson } from "@/lib/domain/access/same-person";
import type { ProposalKind } from "@/lib/domain/policy/policy-proposals";
import { proposalPath } from "@/lib/domain/policy/proposal-path";
import type { MailProvider } from "@/lib/email/mail-provider";
import type { PolicyOutcome } from "@/lib/email/policy-change-messages";
import { renderAccountMail } from "@/lib/email/render-account-mail";
import { getEnv } from "@/lib/env";
import { groupState } from "@/lib/groups/group-base";
import { describeProposal } from "@/lib/policy-proposals/list-proposals";
import { type ProposalWithSubject, withSubject } from "@/lib/policy-proposals/pending-proposal";
import { listConfirmers } from "@/lib/registered-actions/policy-mail";
import type { SystemContext } from "@/lib/security/context";
import { actionChangesShown, groupChangesShown } from "@/lib/words/shown-changes";
import { deliverEmail, skipDelivery } from "./deliver-email";

/** Asks someone to confirm a policy change, as long as it waits for that and they can. */
export async function sendPolicyProposal(ctx: SystemContext, provider: MailProvider, delivery: EmailDelivery): Promise<void> {
  const proposal = await findProposal(ctx, delivery);
  const { toEmail } = delivery;
  if (proposal?.status !== "pending") return skipDelivery(ctx, delivery, "not_wanted");
  const workspace = systemContext(proposal.workspaceId, ctx.db);
  const confirmers = await listConfirmers(workspace);
  if (!confirmers.some((email) => isSamePerson(email, toEmail))) return skipDelivery(ctx, delivery, "not_wanted");
  const { changes, group } = await describeProposal(workspace, proposal);
  const mail = await renderAccountMail({
    kind: "policy_proposed",
    ...about(proposal, toEmail),
    proposedBy: proposal.proposedBy,
    comment: proposal.comment,
    differences: proposal.group && group ? groupChangesShown(groupState(proposal.group), group) : actionChangesShown(changes),
  });
  await deliverEmail(ctx, provider, delivery, mail);
}

/** Notifies who proposed a policy change what became of it, as long as they can open its page. */
export async function sendPolicyAnswer(ctx: SystemContext, provider: MailProvider, delivery: EmailDelivery): Promise<void> {
  const proposal = await findProposal(ctx, delivery);
  const { toEmail } = delivery;
  if (!proposal || !(await isActiveMember(systemContext(proposal.workspaceId, ctx.db), toEmail)))
    return skipDelivery(ctx, delivery, "not_wanted");
  const mail = await renderAccountMail({
    kind: "policy_answered",
    ...about(proposal, toEmail),
    // Queued with these endings alone.
    outcome: proposal.status as PolicyOutcome,
    endedBy: proposal.endedBy,
    comment: proposal.endComment,
  });
  await deliverEmail(ctx, provider, delivery, mail);
}

type FoundProposal = ProposalWithSubject & { workspace: { name: string } };

function findProposal({ db }: SystemContext, { aboutProposalId: id }: EmailDelivery): Promise<FoundProposal | null> {
  if (id === null) return Promise.resolve(null);
  return db.policyProposal.findFirst({
    where: { id, workspace: { deletedAt: null } },
    include: { ...withSubject, workspace: { select: { name: true } } },
  });
}

function about({ kind, workspaceId, workspace, action, group }: FoundProposal, email: string) {
  const change = { kind: kind as ProposalKind, action, group: group?.name ?? null };
  return { email, link: `${getEnv().DAAI_PUBLIC_URL}${proposalPath(workspaceId, change)}`, change, workspaceName: workspace.name };
}
