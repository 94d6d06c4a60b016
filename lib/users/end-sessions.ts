import { type Db, databaseNow } from "@/lib/db/transaction";

/** Ends a person's active sessions, all or all but one, inside the caller's transaction. Returns how many. */
export async function endSessions(db: Db, { userId, exceptId }: { userId: string; exceptId?: string }): Promise<number> {
  const now = await databaseNow(db);
  const { count } = await db.session.updateMany({
    where: { userId, revokedAt: null, expiresAt: { gt: now }, ...(exceptId !== undefined && { id: { not: exceptId } }) },
    data: { revokedAt: now },
  });
  return count;
}
