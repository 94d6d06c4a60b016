import { type Limits, WHO_RAISES_LIMITS } from "@/lib/domain/access/limits";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { DAY_SECONDS, MINUTE_SECONDS, nextMonth } from "@/lib/limits/rate-limits";
import type { InterceptVerdict } from "./intercept-batcher";

/** Explains why a proposal was not written: which limit, its size, and when it resets. */
export function refuseIntercept(
  { outcome, decided_at: at, used }: Pick<InterceptVerdict, "outcome" | "decided_at" | "used">,
  limits: Limits,
): Refusal {
  switch (outcome) {
    case "idempotency_conflict":
      return refuse(outcome, "This idempotency key was used for this action with a different payload. Use a new key for a new proposal.");
    case "monthly_run_limit": {
      const limit = limits.runsPerMonth ?? 0;
      const resetsAt = nextMonth(at).toISOString();
      return refuse(
        outcome,
        `The owner reached this month's limit of ${limit} action runs. It resets at ${resetsAt}. ${WHO_RAISES_LIMITS}`,
        {
          fields: { limit, used, resets_at: resetsAt },
        },
      );
    }
    case "rate_limit_minute":
      return refuseRate(outcome, "minute", { limit: limits.interceptsPerMinute, used, at, windowSeconds: MINUTE_SECONDS });
    case "rate_limit_day":
      return refuseRate(outcome, "day", { limit: limits.interceptsPerDay, used, at, windowSeconds: DAY_SECONDS });
    case "stale":
      return refuse("database_unavailable", "The action's configuration keeps changing. Try again.", { retryAfterSeconds: 1 });
    default:
      throw new Error(`daai_intercept answered an unknown outcome: ${outcome}`);
  }
}

function refuseRate(
  code: "rate_limit_minute" | "rate_limit_day",
  window: string,
  { limit, used, at, windowSeconds }: { limit: number | null; used: number | null; at: Date; windowSeconds: number },
): Refusal {
  const retryAfterSeconds = windowSeconds - Math.floor((at.getTime() / 1000) % windowSeconds);
  const resetsAt = new Date(Math.floor(at.getTime() / 1000 + retryAfterSeconds) * 1000).toISOString();
  return refuse(
    code,
    `This API key reached its limit of ${limit} intercepts per ${window}. Try again in ${retryAfterSeconds} seconds. ${WHO_RAISES_LIMITS}`,
    { fields: { limit, used, resets_at: resetsAt }, retryAfterSeconds },
  );
}
