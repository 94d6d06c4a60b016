import { getDb } from "@/lib/db/client";
import { failFastIfDatabaseDown } from "@/lib/db/fail-fast-if-database-down";
import { getEnv } from "@/lib/env";

export interface SessionUser {
  readonly sessionId: string;
  readonly userId: string;
  readonly email: string;
  readonly name: string | null;
  readonly isOperator: boolean;
}

interface SessionRow {
  user_id: string;
  email: string;
  name: string | null;
  is_operator: boolean;
  is_stale: boolean;
}

/** Returns whose session it is; null when it was revoked or has expired. Read on every request, so a revocation takes effect immediately. */
export async function findSession(sessionId: string): Promise<SessionUser | null> {
  const db = getDb();
  const [row] = await failFastIfDatabaseDown(db.$queryRaw<SessionRow[]>`
    SELECT u.id AS user_id, u.email, u.name, u.is_operator, s.last_seen_at < now() - interval '5 minutes' AS is_stale
    FROM sessions s JOIN users u ON u.id = s.user_id AND u.session_version = s.session_version
    WHERE s.id = ${sessionId}::uuid AND s.revoked_at IS NULL AND s.expires_at > now() AND u.disabled_at IS NULL`);
  if (!row) return null;
  if (row.is_stale) await db.$executeRaw`UPDATE sessions SET last_seen_at = now() WHERE id = ${sessionId}::uuid`;
  return {
    sessionId,
    userId: row.user_id,
    email: row.email,
    name: row.name,
    isOperator: row.is_operator || getEnv().DAAI_ADMIN_EMAILS.includes(row.email),
  };
}
