import { ChevronRight } from "lucide-react";
import { VisibleText } from "@/components/action-runs/visible-text";
import { Instant } from "@/components/ui/instant";
import type { BacktestView } from "@/lib/backtests/get-backtest";
import type { BacktestResult, ChangedRun, ChangedRuns } from "@/lib/domain/backtests/backtest";
import { inConsole } from "@/lib/net/base-path";
import { answerChanges, changeText, fateText, notComparedTexts } from "@/lib/words/backtest-messages";

/** What a draft changes: from what to what, what people had decided about it, and the runs to read. */
export function ComparedRuns({
  workspaceId,
  result,
  runs,
}: {
  workspaceId: string;
  result: BacktestResult;
  /** Those that the result lists. */
  runs: BacktestView["runs"];
}) {
  return (
    <>
      {notComparedTexts(result).map((text) => (
        <p className="text-xs text-muted" key={text}>
          {text}
        </p>
      ))}
      {answerChanges(result).map((change) => (
        <section className="grid gap-1" key={changeText(change)}>
          <h3 className="text-sm font-semibold">{changeText(change)}</h3>
          {change.parts.map((part) => (
            <Part key={part.fate} workspaceId={workspaceId} part={part} runs={runs} />
          ))}
        </section>
      ))}
    </>
  );
}

function Part({ workspaceId, part, runs }: { workspaceId: string; part: ChangedRuns; runs: BacktestView["runs"] }) {
  return (
    <details className="group/part">
      <summary className="flex min-h-8 cursor-pointer list-none items-center gap-1.5 rounded-md max-md:min-h-11 [&::-webkit-details-marker]:hidden">
        <ChevronRight className="size-3.5 flex-none text-subtle group-open/part:rotate-90" strokeWidth={2} aria-hidden="true" />
        {fateText(part)}
      </summary>
      <ul className="ml-5 grid gap-1 pb-2">
        {part.runs.map((run) => (
          <Run key={run.id} href={`/workspaces/${workspaceId}/runs/${run.id}`} run={run} recorded={runs[run.id]} />
        ))}
        {part.count > part.runs.length ? (
          <li className="text-xs text-muted">
            The newest {part.runs.length} of {part.count.toLocaleString("en-US")} are listed.
          </li>
        ) : null}
      </ul>
    </details>
  );
}

/** Opens in a tab of its own: the draft may not be saved, and the list stays open. */
function Run({ href, run, recorded }: { href: string; run: ChangedRun; recorded: BacktestView["runs"][string] | undefined }) {
  return (
    <li className="grid gap-0.5 border-t border-line py-1.5">
      <a className="wrap-anywhere text-link hover:underline" href={inConsole(href)} target="_blank" rel="noreferrer">
        {recorded?.sentence == null ? "Run" : <VisibleText text={recorded.sentence} />}
        <span className="sr-only"> (opens in a new tab)</span>
      </a>
      <span className="flex flex-wrap gap-x-2 text-xs text-muted">
        {recorded ? <Instant at={recorded.createdAt} format="short" /> : null}
        {run.rule === null ? (
          <code className="font-mono wrap-anywhere">{run.reason}</code>
        ) : (
          <span className="wrap-anywhere">by rule “{run.rule}”</span>
        )}
      </span>
    </li>
  );
}
