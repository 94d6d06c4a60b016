import { setTimeout as sleep } from "node:timers/promises";
import { circumstancesOf } from "@/lib/action-runs/status/circumstances-of";
import { databaseNow } from "@/lib/db/transaction";
import type { BacktestDays, BacktestResult } from "@/lib/domain/backtests/backtest";
import { startComparison } from "@/lib/domain/backtests/compare-runs";
import { type RunFate, runFate } from "@/lib/domain/backtests/run-fate";
import type { JsonObject } from "@/lib/domain/json-value";
import { evaluatePolicy } from "@/lib/domain/policy/policies";
import type { Circumstances, PolicyOutcome } from "@/lib/domain/policy/policy";
import { evaluateDraft } from "@/lib/domain/policy/policy-draft";
import type { PolicyRule } from "@/lib/domain/policy/policy-types";
import { checked } from "@/lib/domain/runs/checked-texts";
import { firstIdAt } from "@/lib/domain/runs/first-id-at";
import { DAY_MS } from "@/lib/domain/time/units";
import { policyRuleOf } from "@/lib/registered-actions/policy-rule";
import type { Draft } from "@/lib/registered-actions/schema";
import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { countRecordedRuns, type RecordedRun, readRecordedRuns } from "./read-recorded-runs";

/** The newest ones; a longer history would keep the worker busy for minutes. */
export const MAX_BACKTEST_RUNS = 200_000;
/**
 * Proposals come first: a batch is some milliseconds of work, and takes at least so long with the rest after it. 100,000 runs take 13 seconds
 * then, and a tenth of two cores. On a busy machine a batch takes longer, and the rest is shorter.
 */
const BATCH = { runs: 250, ms: 32 };

export interface RequestedBacktest {
  readonly actionName: string;
  readonly draft: Draft;
  readonly days: BacktestDays;
}

/**
 * Lets a draft decide the action's recorded runs, by the code that decides proposals. Reads in short statements and holds no lock between
 * them.
 */
export async function compareRecordedRuns(
  ctx: WorkspaceContext,
  { actionName, draft, days }: RequestedBacktest,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<BacktestResult> {
  await requirePermission(ctx, "backtest.run");
  const since = new Date((await databaseNow(ctx.db)).getTime() - days * DAY_MS);
  const range = { workspaceId: ctx.workspaceId, actionName, sinceId: firstIdAt(since) };
  const total = await countRecordedRuns(ctx, range, MAX_BACKTEST_RUNS);
  const versions = await policyVersions(ctx, actionName);
  const comparison = startComparison();
  let beforeId: string | null = null;
  for (let done = 0; done < MAX_BACKTEST_RUNS; ) {
    onProgress(done, total);
    const startedAt = performance.now();
    const runs: RecordedRun[] = await readRecordedRuns(ctx, range, { beforeId, count: BATCH.runs });
    for (const run of runs) {
      const version = versions.get(run.policyVersionId ?? "");
      if (!version) comparison.leaveOut("undecided");
      else if (run.payloadText === null) comparison.leaveOut("erased");
      else {
        // The API checked it before it was recorded, so reading it again gives the same values.
        const payload = JSON.parse(run.payloadText) as JsonObject;
        const circumstances = circumstancesAt(run);
        const [before, after] = [answerBefore(run, payload, { version, circumstances }), evaluateDraft(draft, payload, circumstances)];
        comparison.add({ id: run.id, before, after, fate: fateOf(run) });
      }
    }
    const last = runs.at(-1);
    if (last === undefined || runs.length < BATCH.runs) break;
    beforeId = last.id;
    done += runs.length;
    await sleep(Math.max(0, BATCH.ms - (performance.now() - startedAt)));
  }
  return comparison.result();
}

async function policyVersions({ db, workspaceId }: WorkspaceContext, name: string): Promise<ReadonlyMap<string, PolicyRule>> {
  const versions = await db.policyVersion.findMany({ where: { workspaceId, action: { name } } });
  return new Map(versions.map((version) => [version.id, policyRuleOf(version)]));
}

/** What the policy in force answered, without the budgets and grants that had their say after it; null: none decided. */
function answerBefore(
  run: RecordedRun,
  payload: JsonObject,
  { version, circumstances }: { version: PolicyRule; circumstances: Circumstances },
): PolicyOutcome {
  const reason = run.askedReason ?? run.governanceReason;
  if (!/^(policy|rule)_/.test(reason)) return evaluatePolicy(version, payload, circumstances).outcome;
  if (run.askedReason !== null) return "pending_approval";
  return run.governanceStatus === "blocked" ? "blocked" : "allowed";
}

function circumstancesAt({ recipient, actor, sourceType, sourceRef, riskLevel, createdAt, keyName }: RecordedRun): Circumstances {
  return circumstancesOf({ recipient, actor, sourceType, sourceRef, riskLevel, createdAt: new Date(createdAt), apiKey: { name: keyName } });
}

function fateOf(run: RecordedRun): RunFate {
  const { governanceStatus, governanceReason, executionStatus, askedReason, wasGranted } = checked(run);
  return runFate({ governanceStatus, governanceReason, executionStatus, wasAsked: askedReason !== null, wasGranted });
}
