import type { Prisma } from "@/lib/db/generated/client";
import type { Db } from "@/lib/db/transaction";

export interface LiveManagementKey {
  id: string;
  name: string;
  scopes: string[];
  workspace_id: string;
  /** The owner it acts for. */
  user_id: string;
  email: string;
  last_used_at: Date | null;
  now: Date;
}

/** A management key `k` that works: it wasn't revoked, and the person who made it is still an owner of its workspace. */
export async function findManagementKey(db: Db, condition: Prisma.Sql): Promise<LiveManagementKey | null> {
  const [key] = await db.$queryRaw<LiveManagementKey[]>`
    SELECT k.id, k.name, k.scopes, k.workspace_id, k.owner_id AS user_id, u.email, k.last_used_at, clock_timestamp() AS now
    FROM management_keys k
    JOIN workspaces w ON w.id = k.workspace_id AND w.deleted_at IS NULL
    JOIN members m ON m.workspace_id = k.workspace_id AND m.user_id = k.owner_id AND m.role = 'owner'
    JOIN users u ON u.id = k.owner_id AND u.disabled_at IS NULL
    WHERE k.revoked_at IS NULL AND ${condition}`;
  return key ?? null;
}
