import type { Db } from "@/lib/db/transaction";

/** Resolves as soon as another connection to the test's database waits for a lock. Not in a transaction, which sees the same activity until it ends. */
export async function untilWaiting(db: Db): Promise<"waiting"> {
  for (;;) {
    const waiting = await db.$queryRaw<
      unknown[]
    >`SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    if (waiting.length > 0) return "waiting";
  }
}
