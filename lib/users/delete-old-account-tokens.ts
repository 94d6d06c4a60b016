import { deleteInBatches } from "@/lib/db/delete-in-batches";
import { Prisma } from "@/lib/db/generated/client";
import type { SystemContext } from "@/lib/security/context";

/** So long, somebody who opens an old link is told that it was used or is too old; after it, that it is unknown. */
const KEPT_DAYS = 30;

/** Tokens and sessions that can do nothing any more. What they did stands in the audit log. */
export async function deleteOldAccountTokens({ db }: SystemContext): Promise<void> {
  const tooOld = Prisma.sql`now() - make_interval(days => ${KEPT_DAYS}::int)`;
  await deleteInBatches(db, "account_tokens", Prisma.sql`expires_at < ${tooOld}`);
  await deleteInBatches(db, "sessions", Prisma.sql`least(expires_at, coalesce(revoked_at, expires_at)) < ${tooOld}`);
}
