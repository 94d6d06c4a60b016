import { KEY_KINDS } from "@/lib/api-keys/schema";
import { listAskedInstead } from "@/lib/approvers/list-asked-instead";
import { listSuccessors, type Successor } from "@/lib/approvers/list-successors";
import { approvedRequests, openRequests } from "@/lib/approvers/withdraw-approver";
import { Prisma } from "@/lib/db/generated/client";
import type { Db } from "@/lib/db/transaction";
import { databaseNow } from "@/lib/db/transaction";
import type { OperatorContext } from "@/lib/security/context";
import { liveKeysOf, liveSharesOf } from "./get-member-rights";

/** What disabling an account would end, across all workspaces. */
export interface AccountRights {
  readonly sessions: number;
  /** Actions and workspaces that name them among those who are asked. */
  readonly lists: number;
  /** Pending runs that they were asked about. */
  readonly runsWaiting: number;
  /** Pending runs which they have approved, and which need others too. */
  readonly approvalsGiven: number;
  /** Who decides these if nobody in particular takes them over. */
  readonly askedInstead: string[];
  /** Who can take these over, in one workspace or several. */
  readonly successors: Successor[];
  /** Active keys they created, each with its workspace's name. */
  readonly keys: string[];
  readonly shares: number;
  /** Workspaces without another owner, where no one would get owner emails. */
  readonly ownedAlone: string[];
}

export async function getAccountRights(ctx: OperatorContext, { userId }: { userId: string }): Promise<AccountRights> {
  const { db } = ctx;
  const { email } = await db.user.findUniqueOrThrow({ where: { id: userId }, select: { email: true } });
  const rights = {
    lists: 0,
    runsWaiting: 0,
    approvalsGiven: 0,
    askedInstead: [] as string[],
    successors: [] as Successor[],
    keys: [] as string[],
    shares: 0,
    ownedAlone: [] as string[],
  };
  const open: Prisma.Sql[] = [];
  for (const workspaceId of await workspacesOf(db, email)) {
    const inner = { ...ctx, workspaceId, db };
    const [row] = await db.$queryRaw<
      { name: string; lists: number; runs_waiting: number; approvals_given: number; is_owned_alone: boolean }[]
    >`
      SELECT w.name,
        (SELECT count(*)::int FROM registered_actions a WHERE a.workspace_id = w.id
          AND EXISTS (SELECT FROM unnest(a.approver_emails || daai_stage_people(a.later_stages || a.rule_approvers) || a.escalation_emails) listed WHERE daai_person(listed) = daai_person(${email})))
          + (EXISTS (SELECT FROM unnest(w.approver_emails || w.escalation_emails) listed WHERE daai_person(listed) = daai_person(${email})))::int AS lists,
        (SELECT count(*)::int FROM (${openRequests(workspaceId, email)}) open) AS runs_waiting,
        (SELECT count(*)::int FROM (${approvedRequests(workspaceId, email)}) approved) AS approvals_given,
        EXISTS (SELECT FROM members m WHERE m.workspace_id = w.id AND m.user_id = ${userId}::uuid AND m.role = 'owner')
          AND NOT EXISTS (SELECT FROM members m JOIN users u ON u.id = m.user_id AND u.disabled_at IS NULL
            WHERE m.workspace_id = w.id AND m.user_id <> ${userId}::uuid AND m.role = 'owner') AS is_owned_alone
      FROM workspaces w WHERE w.id = ${workspaceId}::uuid`;
    if (!row) continue;
    rights.lists += row.lists;
    rights.runsWaiting += row.runs_waiting;
    rights.approvalsGiven += row.approvals_given;
    if (row.runs_waiting > 0) open.push(openRequests(workspaceId, email));
    rights.keys.push(...(await liveKeysOf(inner, email)).map(({ name }) => `${row.name}: ${name}`));
    rights.shares += (await liveSharesOf(inner, email)).length;
    if (row.is_owned_alone) rights.ownedAlone.push(row.name);
  }
  if (open.length > 0) {
    const requests = Prisma.join(open, " UNION ALL ");
    rights.askedInstead = await listAskedInstead(db, requests, email);
    rights.successors = await listSuccessors(db, requests, email);
  }
  const sessions = await db.session.count({ where: { userId, revokedAt: null, expiresAt: { gt: await databaseNow(db) } } });
  return { sessions, ...rights };
}

/** The ids of workspaces where this person is a member or an approver, or has created something that still works. */
export async function workspacesOf(db: Db, email: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT w.id FROM workspaces w WHERE w.deleted_at IS NULL AND (
      EXISTS (SELECT FROM members m JOIN users u ON u.id = m.user_id WHERE m.workspace_id = w.id AND daai_person(u.email) = daai_person(${email}))
      OR EXISTS (SELECT FROM unnest(w.approver_emails || w.escalation_emails) listed WHERE daai_person(listed) = daai_person(${email}))
      OR EXISTS (SELECT FROM registered_actions a, unnest(a.approver_emails || daai_stage_people(a.later_stages || a.rule_approvers) || a.escalation_emails) listed
        WHERE a.workspace_id = w.id AND daai_person(listed) = daai_person(${email}))
      OR EXISTS (SELECT FROM action_runs run
        JOIN approval_requests q ON q.workspace_id = run.workspace_id AND q.run_id = run.id, unnest(q.approver_emails) asked
        WHERE run.workspace_id = w.id AND run.governance_status = 'pending_approval' AND daai_person(asked) = daai_person(${email}))
      OR EXISTS (SELECT FROM votes v JOIN action_runs run ON run.workspace_id = v.workspace_id AND run.id = v.run_id
        WHERE v.workspace_id = w.id AND v.revoked_at IS NULL AND run.governance_status = 'pending_approval' AND daai_person(v.voter) = daai_person(${email}))
      OR EXISTS (SELECT FROM api_keys k WHERE k.workspace_id = w.id AND k.kind = ANY (${KEY_KINDS}) AND k.revoked_at IS NULL AND daai_person(k.created_by) = daai_person(${email}))
      OR EXISTS (SELECT FROM receipt_shares s WHERE s.workspace_id = w.id AND s.revoked_at IS NULL AND daai_person(s.created_by) = daai_person(${email})))
    ORDER BY w.id`;
  return rows.map(({ id }) => id);
}
