import type { UserContext } from "@/lib/security/context";

export interface LiveAudience {
  readonly email: string;
  /** Members hear everything of their workspaces. */
  readonly memberOf: ReadonlySet<string>;
  /** Who was only asked about a run hears of approvals there, as long as they can still be asked for. */
  readonly askedIn: ReadonlySet<string>;
}

/** What a signed-in person may be told of, as it is now. */
export async function getLiveAudience({ actor, db }: UserContext): Promise<LiveAudience> {
  const rows = await db.$queryRaw<{ workspace_id: string; is_member: boolean }[]>`
    SELECT m.workspace_id, true AS is_member FROM members m JOIN workspaces w ON w.id = m.workspace_id AND w.deleted_at IS NULL
    WHERE m.user_id = ${actor.userId}::uuid
    UNION ALL
    SELECT DISTINCT workspace_id, false FROM daai_asked_about(${actor.userId}::uuid)`;
  const ids = (isMember: boolean) => new Set(rows.filter((row) => row.is_member === isMember).map((row) => row.workspace_id));
  return { email: actor.email, memberOf: ids(true), askedIn: ids(false) };
}
