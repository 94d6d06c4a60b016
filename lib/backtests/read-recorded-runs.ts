import { Prisma } from "@/lib/db/generated/client";
import type { AnyContext } from "@/lib/security/context";

/** A run as it was recorded, with what its policy looked at. */
export interface RecordedRun {
  readonly id: string;
  /** null: erased. */
  readonly payloadText: string | null;
  readonly recipient: string | null;
  readonly actor: string | null;
  readonly sourceType: string | null;
  readonly sourceRef: string | null;
  readonly riskLevel: string | null;
  /** In milliseconds since 1970. */
  readonly createdAt: number;
  readonly keyName: string;
  readonly policyVersionId: string | null;
  readonly governanceStatus: string;
  readonly governanceReason: string;
  readonly executionStatus: string;
  /** Why a person was asked; null: nobody was. */
  readonly askedReason: string | null;
  readonly wasGranted: boolean;
}

/** Which runs: of an action, since an id of a time. Tests from the console never count. */
export interface RunRange {
  readonly workspaceId: string;
  readonly actionName: string;
  readonly sinceId: string;
}

interface Page {
  readonly beforeId: string | null;
  readonly count: number;
}

/** Runs newest first, before `beforeId`. Reads an index in its order and locks nothing. */
export function readRecordedRuns({ db }: AnyContext, range: RunRange, page: Page): Promise<RecordedRun[]> {
  return db.$queryRaw<RecordedRun[]>(recordedRunsQuery(range, page));
}

/**
 * The runs are chosen before anything is joined to them: a plan that is made for any parameters takes a range between two of them for a few
 * rows, and would join and sort all of it for each page.
 */
export function recordedRunsQuery({ workspaceId, actionName, sinceId }: RunRange, { beforeId, count }: Page): Prisma.Sql {
  const before = beforeId === null ? Prisma.empty : Prisma.sql`AND id < ${beforeId}::uuid`;
  return Prisma.sql`
    SELECT r.id, r.payload_text AS "payloadText", r.actor, r.source_type AS "sourceType", r.source_ref AS "sourceRef",
      r.risk_level AS "riskLevel", 1000 * extract(epoch FROM r.created_at)::float8 AS "createdAt", k.name AS "keyName", r.policy_version_id AS "policyVersionId",
      r.governance_status AS "governanceStatus", r.governance_reason AS "governanceReason", r.execution_status AS "executionStatus",
      q.policy_reason AS "askedReason", u.run_id IS NOT NULL AS "wasGranted",
      -- As proposed: an approval with a change replaces it.
      CASE WHEN r.approved_payload_hash IS NULL OR c.id IS NULL THEN r.recipient ELSE c.proposed_recipient END AS recipient
    FROM (SELECT * FROM action_runs
      WHERE workspace_id = ${workspaceId}::uuid AND action_name = ${actionName} AND NOT is_test AND id >= ${sinceId}::uuid ${before}
      ORDER BY id DESC LIMIT ${count}) r
    JOIN api_keys k ON k.id = r.api_key_id
    LEFT JOIN approval_requests q ON q.workspace_id = r.workspace_id AND q.run_id = r.id
    LEFT JOIN grant_uses u ON u.workspace_id = r.workspace_id AND u.run_id = r.id
    LEFT JOIN payload_changes c ON r.approved_payload_hash IS NOT NULL AND c.run_id = r.id AND c.applied_at IS NOT NULL
    ORDER BY r.id DESC`;
}

/** How many there are, up to `max`. */
export async function countRecordedRuns({ db }: AnyContext, range: RunRange, max: number): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT FROM action_runs r WHERE r.workspace_id = ${range.workspaceId}::uuid AND r.action_name = ${range.actionName}
        AND NOT r.is_test AND r.id >= ${range.sinceId}::uuid LIMIT ${max}) counted`;
  return row?.count ?? 0;
}
