import { databaseNow, inTransaction } from "@/lib/db/transaction";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { countDown, countUp, readCount } from "@/lib/limits/count-up";
import { dayStart, minuteStart, type RateLimitState } from "@/lib/limits/rate-limits";
import { readRateLimits } from "@/lib/limits/read-rate-limits";
import type { AnyContext } from "@/lib/security/context";
import type { DecisionSnapshot } from "./decision-snapshot";
import { refuseIntercept } from "./intercept-refusals";

type Unstorable = Refusal & { rateLimits: RateLimitState[] };

/**
 * Refuses a proposal whose JSON passed here but that PostgreSQL rejects. Its transaction rolled back its count, so it is counted again:
 * every request that costs a round trip counts toward the key's limit.
 */
export function refuseUnstorable({ db }: AnyContext, { apiKeyId, limits }: DecisionSnapshot): Promise<Unstorable> {
  return inTransaction(db, async (tx) => {
    const at = await databaseNow(tx);
    // In daai_intercept's lock order, to prevent deadlocks.
    const counters = [
      { scope: "intercepts_per_day", limit: limits.interceptsPerDay, start: dayStart(at), outcome: "rate_limit_day" },
      { scope: "intercepts_per_minute", limit: limits.interceptsPerMinute, start: minuteStart(at), outcome: "rate_limit_minute" },
    ] as const;
    for (const [place, { scope, limit, start, outcome }] of counters.entries()) {
      if (limit === null || (await countUp(tx, scope, apiKeyId, start, limit))) continue;
      for (const counted of counters.slice(0, place)) {
        if (counted.limit !== null) await countDown(tx, counted.scope, apiKeyId, counted.start);
      }
      const used = await readCount(tx, scope, apiKeyId, start);
      return { ...refuseIntercept({ outcome, decided_at: at, used }, limits), rateLimits: await readRateLimits(tx, apiKeyId, limits) };
    }
    const message = "The payload contains a number or text that can't be stored exactly. Send it as a string.";
    return {
      ...refuse("unsafe_number", message, { fields: { errors: [{ path: "payload", message }] } }),
      rateLimits: await readRateLimits(tx, apiKeyId, limits),
    };
  });
}
