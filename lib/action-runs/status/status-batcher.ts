import type { SdkCredentials } from "@/lib/api-keys/sdk-credentials";
import { batchQueue } from "@/lib/db/batch-queue";
import { failFastIfDatabaseDown } from "@/lib/db/fail-fast-if-database-down";
import type { VisitorContext } from "@/lib/security/context";
import { type RunRecord, runRecordColumns, runRecordJoins } from "./run-record";

/** What a status response is built from. With invalid keys, only `refusal` is meaningful. `id` null: no such run here. */
export type StatusRow = Omit<RunRecord, "id"> & {
  id: string | null;
  refusal: string | null;
  now: Date;
  last_used_at: Date | null;
  owner_id: string;
  plan: string | null;
  limit_overrides: unknown;
  minute: number;
  day: number;
};

interface StatusQuestion {
  readonly ctx: VisitorContext;
  readonly credentials: SdkCredentials;
  readonly runId: string;
}

/** Reads keys, run and rate limits, in one round trip for all concurrent requests. */
export const readStatusRow = batchQueue({ maxItems: 32, maxBatches: 2, run: readTogether });

function readTogether(questions: [StatusQuestion, ...StatusQuestion[]]): Promise<StatusRow[]> {
  // The process's own database handle, which all callers share.
  const { db } = questions[0].ctx;
  // OFFSET 0 stops the planner from joining the requests: each is answered by its own index lookups, however many there are.
  return failFastIfDatabaseDown(db.$queryRaw<StatusRow[]>`
    SELECT found.*
    FROM unnest(${questions.map(({ credentials }) => credentials.apiKeyHash)}::text[],
      ${questions.map(({ credentials }) => credentials.workspaceKeyHash)}::text[],
      ${questions.map(({ runId }) => runId)}::uuid[]) WITH ORDINALITY AS question (api_key_hash, workspace_key_hash, run_id, ordinal)
    CROSS JOIN LATERAL (
      SELECT k.refusal, statement_timestamp() AS now, k.last_used_at, k.owner_id, u.plan, u.limit_overrides,
        coalesce(m.count, 0) AS minute, coalesce(d.count, 0) AS day, ${runRecordColumns}
      FROM daai_check_keys(decode(question.api_key_hash, 'hex'), decode(question.workspace_key_hash, 'hex')) k
      LEFT JOIN users u ON u.id = k.owner_id
      LEFT JOIN usage_counters m ON m.scope = 'intercepts_per_minute' AND m.subject = k.api_key_id::text
        AND m.period_start = date_trunc('minute', statement_timestamp(), 'UTC')
      LEFT JOIN usage_counters d ON d.scope = 'intercepts_per_day' AND d.subject = k.api_key_id::text
        AND d.period_start = date_trunc('day', statement_timestamp(), 'UTC')
      LEFT JOIN action_runs run ON k.refusal IS NULL AND run.workspace_id = k.workspace_id AND run.id = question.run_id
      ${runRecordJoins}
      OFFSET 0) found
    ORDER BY question.ordinal`);
}
