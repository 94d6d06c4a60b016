import { getDb } from "@/lib/db/client";

/** So long, somebody who opens an old link is told that it was used or is too old; after it, that it is unknown. */
const KEPT_DAYS = 30;

/** Tokens and sessions that can do nothing any more. What they did stands in the audit log. */
export async function deleteOldAccountTokens(): Promise<void> {
  await getDb().$executeRaw`DELETE FROM account_tokens WHERE expires_at < now() - make_interval(days => ${KEPT_DAYS}::int)`;
  await getDb().$executeRaw`
    DELETE FROM sessions WHERE least(expires_at, coalesce(revoked_at, expires_at)) < now() - make_interval(days => ${KEPT_DAYS}::int)`;
}
