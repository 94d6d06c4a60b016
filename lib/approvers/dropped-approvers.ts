import type { Prisma } from "@/lib/db/generated/client";
import { isSamePerson } from "@/lib/domain/access/same-person";
import type { ApprovalStage } from "@/lib/domain/runs/approvals";
import type { WorkspaceContext } from "@/lib/security/context";
import { listAskedInstead } from "./list-asked-instead";
import { openRequests } from "./withdraw-approver";

interface Lists {
  readonly approverEmails: readonly string[];
  /** Only an action has any. */
  readonly laterStages?: readonly ApprovalStage[];
  readonly escalationEmails: readonly string[];
}

/** What ends for an approver whom lists no longer name, or whose role no longer decides. */
export interface DroppedApprover {
  readonly email: string;
  /** Pending runs about which they were asked. */
  readonly runs: number;
  readonly askedInstead: string[];
}

/** Whom the lists name before an edit, and not after it. */
export function droppedApprovers(before: Lists, after: Lists): string[] {
  const named = everyoneListed(after);
  return [...new Set(everyoneListed(before))].filter((email) => !named.includes(email));
}

function everyoneListed({ approverEmails, laterStages = [], escalationEmails }: Lists): string[] {
  return [...approverEmails, ...laterStages.flatMap(({ people }) => people), ...escalationEmails];
}

/**
 * Returns those of the dropped approvers who have pending requests, and who is asked instead. `of` says which runs the change is about, and
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
    const [row] = await db.$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count FROM (${open}) open`;
    if (!row || row.count === 0) continue;
    const asked = await listAskedInstead(db, open, email, saved);
    dropped.push({ email, runs: row.count, askedInstead: asked.filter((one) => !emails.some((other) => isSamePerson(one, other))) });
  }
  return dropped;
}
