import { PERMISSIONS } from "@/lib/domain/access/permissions";
import type { UserContext } from "@/lib/security/context";

/** A possible stand-in, with the workspaces that both belong to and in which their role may decide. */
export interface Colleague {
  readonly userId: string;
  readonly email: string;
  readonly name: string | null;
  readonly workspaces: readonly string[];
}

export function listColleagues({ actor, db }: UserContext): Promise<Colleague[]> {
  return db.$queryRaw<Colleague[]>`
    SELECT u.id AS "userId", u.email, u.name, array_agg(w.name ORDER BY lower(w.name)) AS workspaces
    FROM members mine
    JOIN workspaces w ON w.id = mine.workspace_id AND w.deleted_at IS NULL
    JOIN members theirs ON theirs.workspace_id = w.id AND theirs.user_id <> mine.user_id AND theirs.role = ANY(${[...PERMISSIONS["run.decide"]]}::text[])
    JOIN users u ON u.id = theirs.user_id
    WHERE mine.user_id = ${actor.userId}::uuid
    GROUP BY u.id ORDER BY lower(coalesce(u.name, u.email)), u.id LIMIT 200`;
}
