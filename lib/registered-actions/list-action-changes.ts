import { isJsonObject } from "@/lib/domain/json-value";
import { type ActionChange, changesFromAudit } from "@/lib/domain/policy/action-changes";
import { managedByText } from "@/lib/domain/policy/managed-by-text";
import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";

const ACTION_VERBS = [
  "action.registered",
  "action.edited",
  "action.activated",
  "action.deactivated",
  "action.managed",
  "action.released",
  "proposal.made",
  "proposal.declined",
  "proposal.withdrawn",
  "proposal.ended",
] as const;

export interface ActionHistoryEntry {
  id: string;
  verb: (typeof ACTION_VERBS)[number];
  at: Date;
  /** The person's name or mail address, or a management key's name; "The operator" when the command line acted for nobody. */
  by: string;
  policyVersion: number | null;
  /** The version that was taken up again, if it was. */
  restoredVersion: number | null;
  /** The file that it was set from, or is no longer managed by: "policies/refund.yaml at 3f2c1ab90d12". */
  file: string | null;
  /** Who proposed what a second person confirmed, declined or ended; "the operator" at the command line. null: nobody. */
  proposedBy: string | null;
  comment: string | null;
  /** Empty for what a registration began with. */
  changes: ActionChange[];
}

/** Lists an action's changes, newest first. */
export async function listActionChanges(
  ctx: WorkspaceContext,
  actionId: string,
  { limit }: { limit: number },
): Promise<ActionHistoryEntry[]> {
  await requirePermission(ctx, "action.read");
  const { workspaceId, db } = ctx;
  const events = await db.auditEvent.findMany({
    where: { workspaceId, subjectId: actionId, verb: { in: [...ACTION_VERBS] } },
    orderBy: { id: "desc" },
    take: limit,
  });
  const userIds = events.flatMap(({ actorType, actorId }) => (actorType === "user" && actorId !== null ? [actorId] : []));
  const users = await db.user.findMany({ where: { id: { in: userIds } }, select: { id: true, name: true, email: true } });
  const keyIds = events.flatMap(({ actorType, actorId }) => (actorType === "management_key" && actorId !== null ? [actorId] : []));
  const keys = await db.managementKey.findMany({ where: { workspaceId, id: { in: keyIds } }, select: { id: true, name: true } });
  const names = new Map([
    ...users.map(({ id, name, email }) => [id, name ?? email] as const),
    ...keys.map(({ id, name }) => [id, `The key ${name}`] as const),
  ]);
  return events.map(({ id, verb, createdAt, actorId, data }) => {
    const said = isJsonObject(data) ? data : {};
    const { before, after } = said;
    return {
      id,
      verb: verb as ActionHistoryEntry["verb"],
      at: createdAt,
      by: (actorId === null ? undefined : (names.get(actorId) ?? actorId)) ?? "The operator",
      policyVersion: numberOrNull(said.policy_version),
      restoredVersion: numberOrNull(said.restored_version),
      file: typeof said.file === "string" ? managedByText({ file: said.file, commit: textOrNull(said.commit) }) : null,
      proposedBy: said.proposed_by === undefined ? null : (textOrNull(said.proposed_by) ?? "the operator"),
      comment: textOrNull(said.comment),
      changes: isJsonObject(before) && isJsonObject(after) ? changesFromAudit(before, after) : [],
    };
  });
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function numberOrNull(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}
