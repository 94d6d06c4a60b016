import { getDb } from "@/lib/db/client";

type Period = "minute" | "day" | "month";

/**
 * Runs a scenario that must not see the turn of the database's minute, day or month (UTC). When it was seen after all,
 * whatever came of the scenario is worth nothing, and it runs once more.
 */
export function withinOnePeriod<T>(period: Period, scenario: () => Promise<T>): Promise<T> {
  return withinOne(() => currentPeriod(period), scenario);
}

/** The same for windows of so many minutes. */
export function withinOneWindow<T>(minutes: number, scenario: () => Promise<T>): Promise<T> {
  return withinOne(() => currentWindow(minutes), scenario);
}

async function withinOne<T>(current: () => Promise<string>, scenario: () => Promise<T>): Promise<T> {
  for (;;) {
    const before = await current();
    const [outcome] = await Promise.allSettled([scenario()]);
    if ((await current()) !== before) continue;
    if (outcome.status === "rejected") throw outcome.reason;
    return outcome.value;
  }
}

async function currentWindow(minutes: number): Promise<string> {
  const [row] = await getDb().$queryRaw<
    { start: string }[]
  >`SELECT floor(extract(epoch FROM clock_timestamp()) / ${minutes * 60}::int)::text AS start`;
  return row?.start ?? "";
}

async function currentPeriod(period: Period): Promise<string> {
  const [row] = await getDb().$queryRaw<{ start: string }[]>`SELECT date_trunc(${period}, clock_timestamp(), 'UTC')::text AS start`;
  return row?.start ?? "";
}
