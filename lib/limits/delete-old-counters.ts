import { deleteInBatches } from "@/lib/db/delete-in-batches";
import { Prisma } from "@/lib/db/generated/client";
import type { SystemContext } from "@/lib/security/context";

/** Longer than the longest period, a month, so that what is counted now is never touched. Those that never reset stay. */
const KEPT_DAYS = 62;

export async function deleteOldCounters({ db }: SystemContext): Promise<void> {
  await deleteInBatches(
    db,
    "usage_counters",
    Prisma.sql`period_start > 'epoch' AND period_start < now() - make_interval(days => ${KEPT_DAYS}::int)`,
  );
}
