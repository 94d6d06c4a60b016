import { Instant } from "@/components/ui/instant";
import type { BacktestView } from "@/lib/backtests/get-backtest";
import type { BacktestResult } from "@/lib/domain/backtests/backtest";
import { backtestSummary } from "@/lib/words/backtest-messages";
import { ComparedRuns } from "./compared-runs";

/** What a draft would change: how many runs, from what to what, what people had decided about them, and the runs to read. */
export function BacktestOutcome({
  workspaceId,
  backtest,
  result,
  isStale,
}: {
  workspaceId: string;
  backtest: BacktestView;
  result: BacktestResult;
  /** The draft was changed after it. */
  isStale: boolean;
}) {
  return (
    <div className="grid gap-3 border-t border-line p-4">
      {isStale ? <p className="text-wait">The draft has changed since. Run the backtest again.</p> : null}
      <p role="status">
        <strong className="font-semibold">{backtestSummary(result)}</strong>{" "}
        <span className="text-muted">
          In the last {backtest.days} days
          {backtest.finishedAt === null ? null : (
            <>
              , as of <Instant at={backtest.finishedAt} format="short" />
            </>
          )}
          .
        </span>
      </p>
      <ComparedRuns workspaceId={workspaceId} result={result} runs={backtest.runs} />
    </div>
  );
}
