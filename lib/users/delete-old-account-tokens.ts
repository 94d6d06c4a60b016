import { deleteInBatches } from "@/lib/db/delete-in-batches";
import { Prisma } from "@/lib/db/generated/client";
import type { SystemContext } from "@/lib/security/context";

/** How long a used or expired link is recognized as such. After that, it is unknown. */
const KEPT_DAYS = 30;

/** Deletes tokens and sessions that no longer work. The audit log has what they did. */
export async function deleteOldAccountTokens({ db }: SystemContext): Promise<void> {
  const tooOld = Prisma.sql`now() - make_interval(days => ${KEPT_DAYS}::int)`;
  await deleteInBatches(db, "account_tokens", Prisma.sql`expires_at < ${tooOld}`);
  await deleteInBatches(db, "sessions", Prisma.sql`least(expires_at, coalesce(revoked_at, expires_at)) < ${tooOld}`);
}
