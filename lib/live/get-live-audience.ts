import type { UserContext } from "@/lib/security/context";

export interface LiveAudience {
  readonly email: string;
  /** Members see every change of their workspaces. */
  readonly memberOf: ReadonlySet<string>;
  /** Approvers without a membership see changes of approvals, as long as they can still be asked. */
  readonly askedIn: ReadonlySet<string>;
}

/** The audiences a signed-in person currently belongs to. */
export async function getLiveAudience({ actor, db }: UserContext): Promise<LiveAudience> {
  const rows = await db.$queryRaw<{ workspace_id: string; is_member: boolean }[]>`
    SELECT m.workspace_id, true AS is_member FROM members m JOIN workspaces w ON w.id = m.workspace_id AND w.deleted_at IS NULL
    WHERE m.user_id = ${actor.userId}::uuid
    UNION ALL
    SELECT DISTINCT workspace_id, false FROM daai_asked_about(${actor.userId}::uuid)`;
  const ids = (isMember: boolean) => new Set(rows.filter((row) => row.is_member === isMember).map((row) => row.workspace_id));
  return { email: actor.email, memberOf: ids(true), askedIn: ids(false) };
}
