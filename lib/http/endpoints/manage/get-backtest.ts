import { type BacktestView, getBacktest } from "@/lib/backtests/get-backtest";
import type { BacktestAnswer } from "@/lib/contract/manage-backtests";
import type { BacktestDays, BacktestResult } from "@/lib/domain/backtests/backtest";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import { sdkRoute } from "@/lib/http/route";
import { answerChanges, BACKTEST_LIMITS, backtestSummary, changeText, fateText, notComparedTexts } from "@/lib/words/backtest-messages";

export const getManagedBacktest = sdkRoute({
  method: "GET",
  path: "/api/v1/manage/backtests/:id",
  scope: "management",
  needs: "backtests:run",
  async handler({ ctx, params: { id } }) {
    return backtestAnswer(await getBacktest(ctx, { backtestId: id }));
  },
});

export function backtestAnswer(read: { ok: true; backtest: BacktestView } | Refusal): { ok: true; answer: BacktestAnswer } | Refusal {
  if (!read.ok) return read;
  const { id, status, days, runsDone, runsTotal, finishedAt, result } = read.backtest;
  return {
    ok: true,
    answer: {
      backtest_id: id,
      status,
      // The database has a CHECK.
      days: days as BacktestDays,
      runs_done: runsDone,
      runs_total: runsTotal,
      finished_at: finishedAt,
      result: result && resultAnswer(result),
    },
  };
}

/** With the console's words. Without the runs' sentences: who compares policies needn't read payloads. */
function resultAnswer(result: BacktestResult): BacktestAnswer["result"] {
  const { compared, erased, undecided } = result;
  return {
    summary: backtestSummary(result),
    ...{ compared, erased, undecided },
    notes: [...notComparedTexts(result), BACKTEST_LIMITS],
    changes: answerChanges(result).map((change) => ({
      ...{ from: change.from, to: change.to, count: change.count, text: changeText(change) },
      parts: change.parts.map((part) => ({
        ...{ fate: part.fate, count: part.count, text: fateText(part) },
        runs: part.runs.map(({ id, reason, rule }) => ({ action_run_id: id, governance_reason: reason, policy_rule: rule })),
      })),
    })),
  };
}
