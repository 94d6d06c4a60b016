import { getDb } from "@/lib/db/client";

/** Longer than the longest period, a month, so that what is counted now is never touched. Those that never reset stay. */
const KEPT_DAYS = 62;

export async function deleteOldCounters(): Promise<void> {
  await getDb().$executeRaw`
    DELETE FROM usage_counters WHERE period_start > 'epoch' AND period_start < now() - make_interval(days => ${KEPT_DAYS}::int)`;
}
