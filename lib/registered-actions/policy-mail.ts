import { v7 as uuidv7 } from "uuid";
import { isActiveMember } from "@/lib/approvers/is-active-member";
import type { PolicyProposal } from "@/lib/db/generated/client";
import { PERMISSIONS } from "@/lib/domain/access/permissions";
import { isSamePerson } from "@/lib/domain/access/same-person";
import { queueEmail } from "@/lib/notifications/queue-email";
import type { WorkspaceContext } from "@/lib/security/context";

type Proposed = Pick<PolicyProposal, "id" | "proposedBy">;

/** The addresses of those who can confirm policy changes, the first of each person: two addresses of one mailbox are one. */
export async function listConfirmers({ db, workspaceId }: WorkspaceContext): Promise<string[]> {
  const members = await db.member.findMany({
    where: { workspaceId, role: { in: [...PERMISSIONS["policy_change.confirm"]] }, user: { disabledAt: null } },
    select: { user: { select: { email: true } } },
    orderBy: { createdAt: "asc" },
  });
  const emails = members.map(({ user }) => user.email);
  return emails.filter((email, index) => emails.findIndex((earlier) => isSamePerson(earlier, email)) === index);
}

/** Emails those who can confirm a proposed change, in the transaction that stores it. */
export async function emailConfirmers(ctx: WorkspaceContext, { id: aboutProposalId, proposedBy }: Proposed): Promise<void> {
  const { db, workspaceId } = ctx;
  for (const toEmail of await listConfirmers(ctx)) {
    if (proposedBy !== null && isSamePerson(proposedBy, toEmail)) continue;
    await queueEmail(db, { id: uuidv7(), workspaceId, kind: "policy_proposed", aboutProposalId, toEmail });
  }
}

/** Emails a member who proposed a change that someone else ended it, in the transaction that does. */
export async function emailProposer(
  ctx: WorkspaceContext,
  { id: aboutProposalId, proposedBy }: Proposed,
  endedBy: string | null,
): Promise<void> {
  const { db, workspaceId } = ctx;
  if (proposedBy === null || (endedBy !== null && isSamePerson(proposedBy, endedBy))) return;
  if (!(await isActiveMember(ctx, proposedBy))) return;
  await queueEmail(db, { id: uuidv7(), workspaceId, kind: "policy_answered", aboutProposalId, toEmail: proposedBy });
}
