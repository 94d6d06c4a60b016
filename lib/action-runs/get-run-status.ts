import { isKeyRefusalCode, refuseKeys } from "@/lib/auth/key-refusals";
import type { SdkCredentials } from "@/lib/auth/sdk-credentials";
import type { StatusAnswer } from "@/lib/contract/status";
import { getDb } from "@/lib/db/client";
import { orDatabaseAway } from "@/lib/db/or-database-away";
import { refuse, type Refusal } from "@/lib/domain/refusal";
import { limitsOfOwner } from "@/lib/limits/limits-of-owner";
import { rateLimitStates, type RateLimitState } from "@/lib/limits/rate-limits";
import { isExecutableRecord, runRecordColumns, runRecordJoins, wireReceipt, type RunRecord } from "./run-record";

export type RunStatus = { ok: true; answer: StatusAnswer; rateLimits: RateLimitState[] };

type StatusRow = Omit<RunRecord, "id"> & {
  id: string | null;
  refusal: string | null;
  now: Date;
  plan: string | null;
  limit_overrides: unknown;
  minute: number;
  day: number;
};

/** Keys, run and rate limits in one round trip. A run of another workspace is refused like one that does not exist. */
export async function getRunStatus(
  { apiKeyHash, workspaceKeyHash }: SdkCredentials,
  runId: string,
): Promise<RunStatus | (Refusal & { rateLimits?: RateLimitState[] })> {
  const [row] = await orDatabaseAway(getDb().$queryRaw<StatusRow[]>`
    SELECT k.refusal, statement_timestamp() AS now, u.plan, u.limit_overrides,
      coalesce(m.count, 0) AS minute, coalesce(d.count, 0) AS day, ${runRecordColumns}
    FROM daai_check_keys(decode(${apiKeyHash}, 'hex'), decode(${workspaceKeyHash}, 'hex')) k
    LEFT JOIN users u ON u.id = k.owner_id
    LEFT JOIN usage_counters m ON m.scope = 'intercepts_per_minute' AND m.subject = k.api_key_id::text
      AND m.period_start = date_trunc('minute', statement_timestamp(), 'UTC')
    LEFT JOIN usage_counters d ON d.scope = 'intercepts_per_day' AND d.subject = k.api_key_id::text
      AND d.period_start = date_trunc('day', statement_timestamp(), 'UTC')
    LEFT JOIN action_runs run ON k.refusal IS NULL AND run.workspace_id = k.workspace_id AND run.id = ${runId}::uuid
    ${runRecordJoins}`);
  if (!row) throw new Error("daai_check_keys gave no row.");
  if (row.refusal !== null && isKeyRefusalCode(row.refusal)) return refuseKeys(row.refusal);
  const { limits } = limitsOfOwner({ plan: row.plan, limitOverrides: row.limit_overrides });
  const rateLimits = rateLimitStates(limits, row, row.now);
  if (row.id === null) return { ...refuseUnknownRun(), rateLimits };
  return { ok: true, answer: statusAnswer({ ...row, id: row.id }), rateLimits };
}

export function refuseUnknownRun(): Refusal {
  return refuse("run_not_found", "There is no such run in this workspace. Check the id and the keys.");
}

function statusAnswer(record: RunRecord): StatusAnswer {
  return {
    action_run_id: record.id,
    action: record.action_name,
    governance_status: record.governance_status,
    execution_status: record.execution_status,
    governance_reason: record.governance_reason,
    executable: isExecutableRecord(record),
    receipt: wireReceipt(record),
    created_at: record.created_at.toISOString(),
    decided_at: record.decided_at?.toISOString() ?? null,
    decided_by: record.decided_by,
    comment: record.decision_comment,
    expires_at: record.expires_at?.toISOString() ?? null,
    claimed: record.is_claimed,
    claim_expires_at: record.is_claimed ? (record.claim_expires_at?.toISOString() ?? null) : null,
    in_doubt: record.is_in_doubt,
    execution_error: record.execution_error,
    execution_reported_at: record.execution_reported_at?.toISOString() ?? null,
    mail: record.expires_at === null ? null : { queued: record.mails_queued, not_sent_reason: record.mail_not_sent_reason },
  };
}
