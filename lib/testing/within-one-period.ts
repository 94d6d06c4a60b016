import { getDb } from "@/lib/db/client";

type Period = "minute" | "day" | "month";

/**
 * Runs a scenario that must not see the turn of the database's minute, day or month (UTC). When it was seen after all,
 * whatever came of the scenario is worth nothing, and it runs once more.
 */
export async function withinOnePeriod<T>(period: Period, scenario: () => Promise<T>): Promise<T> {
  for (;;) {
    const before = await currentPeriod(period);
    const [outcome] = await Promise.allSettled([scenario()]);
    if ((await currentPeriod(period)) !== before) continue;
    if (outcome.status === "rejected") throw outcome.reason;
    return outcome.value;
  }
}

async function currentPeriod(period: Period): Promise<string> {
  const [row] = await getDb().$queryRaw<{ start: string }[]>`SELECT date_trunc(${period}, clock_timestamp(), 'UTC')::text AS start`;
  return row?.start ?? "";
}
