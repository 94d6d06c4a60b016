import type { Db } from "@/lib/db/transaction";

/** Resolves as soon as other connections to the test's database, so many, wait for locks. Not in a transaction, which sees the same activity until it ends. */
export async function untilWaiting(db: Db, count = 1): Promise<"waiting"> {
  for (;;) {
    const waiting = await db.$queryRaw<
      unknown[]
    >`SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    if (waiting.length >= count) return "waiting";
  }
}
