import { lockMembers } from "@/lib/approvers/lock-members";
import { type AuditVerb, recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction } from "@/lib/db/transaction";
import type { JsonObject } from "@/lib/domain/json-value";
import { type Refusal, refuse, refuseField } from "@/lib/domain/refusals/refusal";
import { publishChange } from "@/lib/live/publish-change";
import { type WorkspaceContext, withDb } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";

interface GroupChange {
  id: string;
  /** The change waits for a second person. */
  proposalId?: string;
  /** null: nothing was changed. */
  event: { verb: Extract<AuditVerb, `group.${string}`>; data: JsonObject } | null;
}

export interface ChangedGroup {
  ok: true;
  id: string;
  /** null: it was changed. */
  proposalId: string | null;
}

/** The transaction of every change of a workspace's groups, one after the other, and none while its members change. */
export function changeGroups(
  ctx: WorkspaceContext,
  change: (inner: WorkspaceContext) => Promise<GroupChange | Refusal>,
): Promise<ChangedGroup | Refusal> {
  return inTransaction<ChangedGroup | Refusal>(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    await requirePermission(inner, "approver.manage");
    await lockMembers(inner);
    if ((await tx.workspace.count({ where: { id: ctx.workspaceId, deletedAt: null } })) === 0)
      return refuse("not_found", "Workspace not found. It may have been deleted.");
    const changed = await change(inner);
    if ("ok" in changed) return changed;
    const { id, event, proposalId = null } = changed;
    if (event === null) return { ok: true, id, proposalId };
    await recordAuditEvent(inner, { ...event, subjectType: "group", subjectId: id });
    await publishChange(tx, ctx.workspaceId, "actions");
    return { ok: true, id, proposalId };
  });
}

/** Before its actions are read: those that are just being saved with the group are among them then. */
export async function lockGroup({ db, workspaceId }: WorkspaceContext, id: string): Promise<void> {
  await db.$executeRaw`SELECT FROM approver_groups WHERE workspace_id = ${workspaceId}::uuid AND id = ${id}::uuid FOR UPDATE`;
}

/** The user ids of these members; or a refusal for the first who is none, or can't sign in anymore. */
export async function findMembers({ db, workspaceId }: WorkspaceContext, emails: readonly string[]): Promise<string[] | Refusal> {
  const members = await db.member.findMany({
    where: { workspaceId, user: { email: { in: [...emails] }, disabledAt: null } },
    include: { user: true },
  });
  const missing = emails.find((email) => !members.some(({ user }) => user.email === email));
  if (missing === undefined) return members.map(({ userId }) => userId);
  return refuseField("members", `${missing} isn’t a member of this workspace, or their account is disabled. Invite them first.`);
}

export async function refuseTakenName({ db, workspaceId }: WorkspaceContext, name: string, id: string | null): Promise<Refusal | null> {
  const same = await db.approverGroup.findFirst({ where: { workspaceId, name, ...(id !== null && { id: { not: id } }) } });
  return same ? refuseField("name", `This workspace already has a group named “${name}”.`) : null;
}

export function refuseUnknownGroup(): Refusal {
  return refuse("not_found", "Group not found. It may have been deleted.");
}
