import { Prisma } from "@/lib/db/generated/client";
import type { Db } from "@/lib/db/transaction";
import type { LiveTopic } from "./live-topics";

export const LIVE_CHANNEL = "daai_changed";

/**
 * Notifies the workspace's open pages when the transaction commits. Call it in the transaction of the change. PostgreSQL drops
 * duplicate notifications within a transaction. A person's address instead of a workspace's id notifies only that person's pages.
 */
export async function publishChange(db: Db, audience: string, ...topics: LiveTopic[]): Promise<void> {
  await db.$executeRaw(changeNotice(audience, ...topics));
}

/** The same as the end of a statement that writes more. */
export function changeNotice(audience: string, ...topics: LiveTopic[]): Prisma.Sql {
  return Prisma.sql`SELECT pg_notify(${LIVE_CHANNEL}, ${audience} || ' ' || topic) FROM unnest(${topics}::text[]) AS topic`;
}

/** The same for the open pages of every workspace. */
export async function publishChangeEverywhere(db: Db, ...topics: LiveTopic[]): Promise<void> {
  await db.$executeRaw`
    SELECT pg_notify(${LIVE_CHANNEL}, w.id || ' ' || topic) FROM workspaces w, unnest(${topics}::text[]) AS topic WHERE w.deleted_at IS NULL`;
}
