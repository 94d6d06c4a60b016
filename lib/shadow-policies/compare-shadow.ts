import { MAX_BACKTEST_RUNS } from "@/lib/backtests/compare-recorded-runs";
import { type BacktestView, listedRuns } from "@/lib/backtests/get-backtest";
import { Prisma } from "@/lib/db/generated/client";
import type { BacktestResult, ChangedRun } from "@/lib/domain/backtests/backtest";
import { MAX_LISTED, startComparison } from "@/lib/domain/backtests/compare-runs";
import { runFate } from "@/lib/domain/backtests/run-fate";
import type { PolicyOutcome } from "@/lib/domain/policy/policy";
import type { ExecutionStatus, GovernanceStatus } from "@/lib/domain/runs/statuses";
import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";

export interface ShadowComparison {
  readonly result: BacktestResult;
  /** Runs that the draft couldn't be evaluated for. */
  readonly failed: number;
  /** The runs that the result lists, by id. */
  readonly runs: BacktestView["runs"];
}

/** Runs that are alike in what both policies answered and in what became of them. */
interface AlikeRuns {
  readonly before: PolicyOutcome | null;
  readonly after: PolicyOutcome | null;
  readonly isErased: boolean;
  readonly count: number;
  /** null where both answers are the same: what became of those isn't looked up. */
  readonly governanceStatus: GovernanceStatus | null;
  readonly governanceReason: string;
  readonly executionStatus: ExecutionStatus;
  readonly wasAsked: boolean;
  readonly wasGranted: boolean;
  readonly newest: readonly ChangedRun[] | null;
}

const ALIKE = Prisma.sql`before, after, "isErased", "governanceStatus", "governanceReason", "executionStatus", "wasAsked", "wasGranted"`;

/** The same comparison as a backtest's, of what a shadow policy has answered since it began. */
export async function compareShadow(ctx: WorkspaceContext, shadowId: string): Promise<ShadowComparison> {
  await requirePermission(ctx, "action.read");
  const comparison = startComparison();
  let failed = 0;
  for (const { before, after, isErased, count, newest, governanceStatus, ...run } of await readAnswers(ctx, shadowId)) {
    if (isErased) comparison.leaveOut("erased", count);
    else if (before === null) comparison.leaveOut("undecided", count);
    else if (after === null) failed += count;
    else {
      const fate = governanceStatus === null ? "nobody" : runFate({ ...run, governanceStatus });
      comparison.addCounted({ from: before, to: after, fate, count, runs: newest ?? [] });
    }
  }
  const result = comparison.result();
  return { result, failed, runs: await listedRuns(ctx, result) };
}

/** The newest of each group are found before any is written as JSON: the other answers are only counted. */
function readAnswers({ db, workspaceId }: WorkspaceContext, shadowId: string): Promise<AlikeRuns[]> {
  return db.$queryRaw<AlikeRuns[]>`
    WITH answers AS (
      SELECT a.policy_outcome AS before, a.outcome AS after, a.is_erased AS "isErased",
        r.governance_status AS "governanceStatus", r.governance_reason AS "governanceReason", r.execution_status AS "executionStatus",
        q.run_id IS NOT NULL AS "wasAsked", u.run_id IS NOT NULL AS "wasGranted", r.id, a.reason, a.rule
      FROM (SELECT * FROM shadow_answers WHERE workspace_id = ${workspaceId}::uuid AND shadow_id = ${shadowId}::uuid
        ORDER BY run_id DESC LIMIT ${MAX_BACKTEST_RUNS}) a
      LEFT JOIN action_runs r ON a.outcome <> a.policy_outcome AND r.workspace_id = a.workspace_id AND r.id = a.run_id
      LEFT JOIN approval_requests q ON q.workspace_id = r.workspace_id AND q.run_id = r.id
      LEFT JOIN grant_uses u ON u.workspace_id = r.workspace_id AND u.run_id = r.id
    ), placed AS (
      SELECT *, row_number() OVER (PARTITION BY ${ALIKE} ORDER BY id DESC) AS place FROM answers
    )
    SELECT ${ALIKE}, count(*)::int AS count,
      json_agg(json_build_object('id', id, 'reason', reason, 'rule', rule) ORDER BY id DESC)
        FILTER (WHERE id IS NOT NULL AND place <= ${MAX_LISTED}) AS newest
    FROM placed GROUP BY ${ALIKE}`;
}
