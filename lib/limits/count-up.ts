import type { Db } from "@/lib/db/transaction";
import type { ThrottleName } from "@/lib/domain/access/throttles";

/** Limited actions of strangers, counted per client, per email address, and per pair of both. */
export type AttemptScope = `${ThrottleName}_${"client" | "address" | "each"}`;

/** The names under which usage is counted, with what `subject` is. Runs, intercepts and first mails are counted in daai_intercept, and refused
 * intercepts that it could not take beside it. */
export type CounterScope =
  | "active_workspaces"
  | "active_actions"
  | "emails_per_month"
  | "stranger_mails_per_hour"
  | "intercepts_per_day"
  | "intercepts_per_minute"
  | "management_per_minute"
  | AttemptScope;

/** A counter that never resets. */
export const FOREVER = new Date(0);

/**
 * Counts one up inside the caller's transaction and keeps the counter locked until it ends, so that the limit is exact
 * however many ask at once. False: the limit is reached and nothing was counted.
 */
export async function countUp(db: Db, scope: CounterScope, subject: string, periodStart: Date, limit: number | null): Promise<boolean> {
  const [row] = await db.$queryRaw<{ counted: number | null }[]>`
    SELECT daai_count_up(${scope}, ${subject}, ${periodStart}::timestamptz, ${limit}::int) AS counted`;
  return row !== undefined && row.counted !== null;
}

export async function countDown(db: Db, scope: CounterScope, subject: string, periodStart: Date): Promise<void> {
  await db.$executeRaw`SELECT daai_count_down(${scope}, ${subject}, ${periodStart}::timestamptz)`;
}

/** The counter's value. May exceed a limit that was lowered. */
export async function readCount(db: Db, scope: CounterScope, subject: string, periodStart: Date): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT daai_counted(${scope}, ${subject}, ${periodStart}::timestamptz) AS count`;
  return row?.count ?? 0;
}
