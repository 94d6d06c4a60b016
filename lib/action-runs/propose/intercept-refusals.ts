import type { RunRecord } from "@/lib/action-runs/status/run-record";
import { type Limits, WHO_RAISES_LIMITS } from "@/lib/domain/access/limits";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { MINUTE_MS } from "@/lib/domain/time/units";
import { DAY_SECONDS, MINUTE_SECONDS, nextMonth } from "@/lib/limits/rate-limits";
import type { InterceptVerdict } from "./intercept-batcher";

/** Explains why a proposal was not written: which limit, its size, and when it resets. */
export function refuseIntercept(
  { outcome, decided_at: at, used }: Pick<InterceptVerdict, "outcome" | "decided_at" | "used">,
  limits: Limits,
): Refusal {
  switch (outcome) {
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
    case "over_budget":
    case "other_budget":
      return refuse("database_unavailable", "What the action's budgets have left keeps changing. Try again.", { retryAfterSeconds: 1 });
    default:
      throw new Error(`daai_intercept answered an unknown outcome: ${outcome}`);
  }
}

/** The key's last run has another payload. */
export function refuseConflict(last: RunRecord): Refusal {
  return refuse("idempotency_conflict", `This idempotency key was used for this action with a different payload. ${adviceAfter(last)}`, {
    fields: { action_run_id: last.id, ask_again_at: last.ask_again_at?.toISOString() ?? null },
  });
}

function adviceAfter({ ask_again_at, governance_status, execution_status }: RunRecord): string {
  if (governance_status === "pending_approval")
    return "That run is pending approval. Withdraw it and send ask_again to propose this payload under the same key, or use a new key.";
  if (ask_again_at === null) return "Use a new key for a new proposal.";
  const state = execution_status === "failed" ? execution_status : governance_status;
  return `That run is ${state}. Send ask_again to propose this payload under the same key, or use a new key.`;
}

/** A person rejected the same a moment ago, and the action's cool-down isn't over. */
export function refuseTooSoon(earlier: RunRecord, { minutes, now }: { minutes: number; now: Date }): Refusal {
  const { id, decided_at, decided_by, decision_comment: comment, governance_reason } = earlier;
  const until = new Date((decided_at ?? now).getTime() + minutes * MINUTE_MS);
  const verb =
    governance_reason === "approval_revoked"
      ? "revoked their approval of"
      : governance_reason === "rejected_by_human"
        ? "rejected"
        : "blocked";
  const said = comment ? `: "${comment}"` : ".";
  return refuse(
    "ask_again_too_soon",
    `${decided_by} ${verb} this request${said} Nothing was executed. The action can be asked again at ${until.toISOString()}.`,
    {
      fields: { action_run_id: id, governance_reason, decided_by, comment, ask_again_at: until.toISOString() },
      retryAfterSeconds: Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1000)),
    },
  );
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
