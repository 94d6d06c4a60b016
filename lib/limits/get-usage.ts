import type { LimitName } from "@/lib/domain/access/limits";
import { DAY_MS, MINUTE_MS } from "@/lib/domain/time/units";
import type { OperatorContext } from "@/lib/security/context";
import { FOREVER } from "./count-up";
import { nextMonth } from "./rate-limits";

export interface Usage {
  limit: LimitName;
  /** The workspace or key that is counted, for limits that each has of its own; null when it is the owner. */
  subject: { id: string; name: string } | null;
  used: number;
  /** null: it does not reset. */
  resetsAt: Date | null;
}

interface CounterRow {
  scope: keyof typeof LIMIT_OF_SCOPE;
  subject_id: string | null;
  subject_name: string | null;
  count: number;
  now: Date;
}

const LIMIT_OF_SCOPE = {
  active_workspaces: "activeWorkspaces",
  active_actions: "activeActionsPerWorkspace",
  runs_per_month: "runsPerMonth",
  emails_per_month: "emailsPerMonth",
  intercepts_per_minute: "interceptsPerMinute",
  intercepts_per_day: "interceptsPerDay",
} as const satisfies Record<string, LimitName>;

/** What an owner, and each of their workspaces and API keys, has used of the limits in the periods that run now. */
export async function getUsage({ db }: OperatorContext, ownerId: string): Promise<Usage[]> {
  const rows = await db.$queryRaw<CounterRow[]>`
    WITH clock AS (SELECT statement_timestamp() AS now),
    subject AS (
      SELECT unnest(ARRAY['active_workspaces', 'runs_per_month', 'emails_per_month']) AS scope, ${ownerId} AS subject, NULL AS id, NULL AS name
      UNION ALL
      SELECT 'active_actions', w.id::text, w.id::text, w.name FROM workspaces w WHERE w.owner_id = ${ownerId}::uuid AND w.deleted_at IS NULL
      UNION ALL
      SELECT s.scope, k.id::text, k.id::text, k.name || ' ' || k.hint
      FROM workspaces w JOIN api_keys k ON k.workspace_id = w.id AND k.kind = 'api' AND k.revoked_at IS NULL,
        unnest(ARRAY['intercepts_per_minute', 'intercepts_per_day']) AS s(scope)
      WHERE w.owner_id = ${ownerId}::uuid AND w.deleted_at IS NULL)
    SELECT s.scope, s.id AS subject_id, s.name AS subject_name, coalesce(c.count, 0) AS count, clock.now
    FROM subject s CROSS JOIN clock LEFT JOIN usage_counters c ON c.scope = s.scope AND c.subject = s.subject
      AND c.period_start = CASE s.scope WHEN 'runs_per_month' THEN date_trunc('month', clock.now, 'UTC')
        WHEN 'emails_per_month' THEN date_trunc('month', clock.now, 'UTC')
        WHEN 'intercepts_per_minute' THEN date_trunc('minute', clock.now, 'UTC')
        WHEN 'intercepts_per_day' THEN date_trunc('day', clock.now, 'UTC') ELSE ${FOREVER}::timestamptz END
    ORDER BY s.scope, s.id`;
  return rows.map((row) => ({
    limit: LIMIT_OF_SCOPE[row.scope],
    subject: row.subject_id === null ? null : { id: row.subject_id, name: row.subject_name ?? "" },
    used: row.count,
    resetsAt: resetOf(row),
  }));
}

function resetOf({ scope, now }: CounterRow): Date | null {
  switch (scope) {
    case "active_workspaces":
    case "active_actions":
      return null;
    case "runs_per_month":
    case "emails_per_month":
      return nextMonth(now);
    case "intercepts_per_minute":
      return periodEnd(now, MINUTE_MS);
    case "intercepts_per_day":
      return periodEnd(now, DAY_MS);
  }
}

function periodEnd(now: Date, periodMs: number): Date {
  return new Date((Math.floor(now.getTime() / periodMs) + 1) * periodMs);
}
