import type { Db } from "@/lib/db/transaction";
import type { LiveTopic } from "./live-topics";

export const LIVE_CHANNEL = "daai_changed";

/**
 * Tells every open page that shows something of the workspace, when the transaction commits. Called in the transaction of
 * the change; the same change announced twice in one transaction is told once. With a person's address instead of a
 * workspace's id, that person's pages alone are told.
 */
export async function announceChange(db: Db, audience: string, ...topics: LiveTopic[]): Promise<void> {
  await db.$executeRaw`SELECT pg_notify(${LIVE_CHANNEL}, ${audience} || ' ' || topic) FROM unnest(${topics}::text[]) AS topic`;
}
