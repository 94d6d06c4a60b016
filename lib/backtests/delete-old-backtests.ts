import { deleteInBatches } from "@/lib/db/delete-in-batches";
import { Prisma } from "@/lib/db/generated/client";
import type { SystemContext } from "@/lib/security/context";

/** Longer than anyone looks at a draft before saving it. */
const KEPT_DAYS = 7;

export async function deleteOldBacktests({ db }: SystemContext): Promise<void> {
  await deleteInBatches(db, "backtests", Prisma.sql`created_at < now() - make_interval(days => ${KEPT_DAYS}::int)`);
}
