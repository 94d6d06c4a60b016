import type { Db } from "@/lib/db/transaction";
import type { Limits } from "@/lib/domain/access/limits";
import { type RateLimitState, rateLimitStates } from "./rate-limits";

/** How much of its rate limits an API key has used. Asks the database only if there are any. */
export async function readRateLimits(db: Db, apiKeyId: string, limits: Limits): Promise<RateLimitState[]> {
  if (limits.interceptsPerMinute === null && limits.interceptsPerDay === null) return [];
  const [row] = await db.$queryRaw<{ now: Date; minute: number; day: number }[]>`
    SELECT clock.now, coalesce(m.count, 0) AS minute, coalesce(d.count, 0) AS day
    FROM (SELECT clock_timestamp() AS now) clock
    LEFT JOIN usage_counters m ON m.scope = 'intercepts_per_minute' AND m.subject = ${apiKeyId}
      AND m.period_start = date_trunc('minute', clock.now, 'UTC')
    LEFT JOIN usage_counters d ON d.scope = 'intercepts_per_day' AND d.subject = ${apiKeyId}
      AND d.period_start = date_trunc('day', clock.now, 'UTC')`;
  return row ? rateLimitStates(limits, row, row.now) : [];
}
