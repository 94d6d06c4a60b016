import type { Prisma } from "@/lib/db/generated/client";
import { isSamePerson } from "@/lib/domain/access/same-person";
import type { ApprovalStage } from "@/lib/domain/runs/approvals";
import type { WorkspaceContext } from "@/lib/security/context";
import { listAskedInstead } from "./list-asked-instead";
import { approvedRequests, openRequests } from "./withdraw-approver";

interface Lists {
  readonly approverEmails: readonly string[];
  /** Only an action has any. */
  readonly laterStages?: readonly ApprovalStage[];
  readonly ruleApprovers?: readonly ApprovalStage[];
  readonly escalationEmails: readonly string[];
}

/** What ends for an approver whom lists no longer name, or whose role no longer decides. */
export interface DroppedApprover {
  readonly email: string;
  /** Pending runs about which they were asked. */
  readonly runs: number;
  /** Pending runs which they have approved, and which need others too. */
  readonly approvals: number;
  readonly askedInstead: string[];
}

/** Whom the lists name before an edit, and not after it. */
export function droppedApprovers(before: Lists, after: Lists): string[] {
  const named = everyoneListed(after);
  return [...new Set(everyoneListed(before))].filter((email) => !named.includes(email));
}

function everyoneListed({ approverEmails, laterStages = [], ruleApprovers = [], escalationEmails }: Lists): string[] {
  return [...approverEmails, ...[...laterStages, ...ruleApprovers].flatMap(({ people }) => people), ...escalationEmails];
}

/**
 * Returns those of the dropped approvers who have pending requests, or have approved some, and who is asked instead. `of` says which runs the change is about, and
 * `saved` what the lists are after it.
 */
export async function listDroppedApprovers(
  { workspaceId, db }: WorkspaceContext,
  emails: readonly string[],
  of: (email: string) => Prisma.Sql,
  saved?: Parameters<typeof listAskedInstead>[3],
): Promise<DroppedApprover[]> {
  const dropped: DroppedApprover[] = [];
  for (const email of emails) {
    const open = openRequests(workspaceId, email, of(email));
    const [row] = await db.$queryRaw<{ runs: number; approvals: number }[]>`
      SELECT (SELECT count(*)::int FROM (${open}) open) AS runs,
        (SELECT count(*)::int FROM (${approvedRequests(workspaceId, email, of(email))}) approved) AS approvals`;
    if (!row || row.runs + row.approvals === 0) continue;
    const asked = row.runs === 0 ? [] : await listAskedInstead(db, open, email, saved);
    dropped.push({ email, ...row, askedInstead: asked.filter((one) => !emails.some((other) => isSamePerson(one, other))) });
  }
  return dropped;
}
