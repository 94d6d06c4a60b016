import { KEY_KINDS } from "@/lib/api-keys/schema";
import { listAskedInstead } from "@/lib/approvers/list-asked-instead";
import { listSuccessors, type Successor } from "@/lib/approvers/list-successors";
import { approvedRequests, openRequests } from "@/lib/approvers/withdraw-approver";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";

/** What removing a member would end. */
export interface MemberRights {
  /** Actions that name them as approvers or escalation contacts. */
  readonly actions: number;
  /** The workspace's own lists name them. */
  readonly isWorkspaceApprover: boolean;
  /** Runs that wait and about which they were asked. */
  readonly runsWaiting: number;
  /** Pending runs which they have approved, and which need others too. */
  readonly approvalsGiven: number;
  /** Who decides these if nobody in particular takes them over. */
  readonly askedInstead: string[];
  /** Who can take these over. */
  readonly successors: Successor[];
  /** Keys and links that they made and that work. */
  readonly keys: string[];
  readonly shares: number;
  /** Management keys, which act for them as an owner and stop working. */
  readonly managementKeys: string[];
}

export async function getMemberRights(
  ctx: WorkspaceContext,
  { userId }: { userId: string },
): Promise<{ ok: true; rights: MemberRights } | Refusal> {
  await requirePermission(ctx, "member.manage");
  const { db, workspaceId } = ctx;
  const member = await db.member.findUnique({ where: { workspaceId_userId: { workspaceId, userId } }, include: { user: true } });
  if (!member) return refuse("not_found", "This person is no longer a member of the workspace.");
  const { email } = member.user;
  const [row] = await db.$queryRaw<{ actions: number; is_workspace_approver: boolean; runs_waiting: number; approvals_given: number }[]>`
    SELECT
      (SELECT count(*)::int FROM registered_actions a WHERE a.workspace_id = w.id
        AND EXISTS (SELECT FROM unnest(a.approver_emails || daai_stage_people(a.later_stages || a.rule_approvers) || a.escalation_emails) listed WHERE daai_person(listed) = daai_person(${email}))) AS actions,
      EXISTS (SELECT FROM unnest(w.approver_emails || w.escalation_emails) listed WHERE daai_person(listed) = daai_person(${email})) AS is_workspace_approver,
      (SELECT count(*)::int FROM (${openRequests(workspaceId, email)}) open) AS runs_waiting,
      (SELECT count(*)::int FROM (${approvedRequests(workspaceId, email)}) approved) AS approvals_given
    FROM workspaces w WHERE w.id = ${workspaceId}::uuid`;
  if (!row) return refuse("not_found", "This workspace no longer exists.");
  const [keys, shares] = [await liveKeysOf(ctx, email), await liveSharesOf(ctx, email)];
  const managementKeys = await db.managementKey.findMany({
    where: { workspaceId, ownerId: userId, revokedAt: null },
    select: { name: true },
    orderBy: { id: "asc" },
  });
  return {
    ok: true,
    rights: {
      actions: row.actions,
      isWorkspaceApprover: row.is_workspace_approver,
      runsWaiting: row.runs_waiting,
      approvalsGiven: row.approvals_given,
      askedInstead: row.runs_waiting === 0 ? [] : await listAskedInstead(db, openRequests(workspaceId, email), email),
      successors: row.runs_waiting === 0 ? [] : await listSuccessors(db, openRequests(workspaceId, email), email),
      keys: keys.map(({ name }) => name),
      shares: shares.length,
      managementKeys: managementKeys.map(({ name }) => name),
    },
  };
}

/** Keys made by this person, at whichever of their addresses, that work or will work on for a while. */
export function liveKeysOf({ db, workspaceId }: WorkspaceContext, email: string): Promise<{ id: string; name: string }[]> {
  return db.$queryRaw`
    SELECT id, name FROM api_keys WHERE workspace_id = ${workspaceId}::uuid AND kind = ANY (${KEY_KINDS}) AND revoked_at IS NULL
      AND (expires_at IS NULL OR expires_at > clock_timestamp()) AND daai_person(created_by) = daai_person(${email}) ORDER BY id`;
}

/** Links to receipts that they made and that still open. */
export function liveSharesOf({ db, workspaceId }: WorkspaceContext, email: string): Promise<{ id: string }[]> {
  return db.$queryRaw`
    SELECT id FROM receipt_shares WHERE workspace_id = ${workspaceId}::uuid AND revoked_at IS NULL
      AND (expires_at IS NULL OR expires_at > clock_timestamp()) AND daai_person(created_by) = daai_person(${email}) ORDER BY id`;
}
