import { databaseNow } from "@/lib/db/transaction";
import type { UserContext } from "@/lib/security/context";

export interface Account {
  email: string;
  name: string | null;
  hasPassword: boolean;
  isEmailVerified: boolean;
  createdAt: Date;
  sessions: AccountSession[];
}

export interface AccountSession {
  id: string;
  method: string;
  userAgent: string | null;
  clientAddress: string | null;
  createdAt: Date;
  lastSeenAt: Date;
  isThisOne: boolean;
}

/** Returns a person's own account with its active sessions, this one first, then by last use. */
export async function getAccount({ actor, db }: UserContext, sessionId: string): Promise<Account> {
  const now = await databaseNow(db);
  const user = await db.user.findUniqueOrThrow({ where: { id: actor.userId } });
  const sessions = await db.session.findMany({
    where: { userId: user.id, sessionVersion: user.sessionVersion, revokedAt: null, expiresAt: { gt: now } },
    orderBy: [{ lastSeenAt: "desc" }, { id: "desc" }],
    take: 100,
  });
  const shown = sessions.map(({ id, method, userAgent, clientAddress, createdAt, lastSeenAt }) => ({
    id,
    method,
    userAgent,
    clientAddress,
    createdAt,
    lastSeenAt,
    isThisOne: id === sessionId,
  }));
  return {
    email: user.email,
    name: user.name,
    hasPassword: user.passwordHash !== null,
    isEmailVerified: user.emailVerifiedAt !== null,
    createdAt: user.createdAt,
    sessions: [...shown.filter(({ isThisOne }) => isThisOne), ...shown.filter(({ isThisOne }) => !isThisOne)],
  };
}
