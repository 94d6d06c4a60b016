import { Money } from "@/components/action-runs/money";
import { RiskMark } from "@/components/action-runs/risk-mark";
import { VisibleText } from "@/components/action-runs/visible-text";
import { Card, CardFooter, CardHeader } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import { ShortId } from "@/components/ui/short-id";
import type { WaitingQueue, WaitingRun } from "@/lib/approvals/waiting-run";
import { lookAlikes } from "@/lib/domain/runs/run-line";
import { isLastHour, timeLeft } from "@/lib/domain/time/time-left";

/** The first of the queue, in its order. Nothing is decided here: a decision needs the whole card. */
export function WaitingList({ queue, now }: { queue: WaitingQueue; now: Date }) {
  const alike = lookAlikes(queue.runs, ({ line }) => line);
  return (
    <Card aria-labelledby="waiting-title">
      <CardHeader
        title="Waiting for you"
        id="waiting-title"
        note={queue.total === 1 ? "1 run" : `${queue.total.toLocaleString("en-US")} runs`}
      />
      <ul>
        {queue.runs.map((run) => (
          <WaitingRow key={run.runId} run={run} isAlike={alike.has(run.runId)} now={now} />
        ))}
      </ul>
      <CardFooter>
        <Link className="text-xs text-link" href="/approvals">
          {queue.total > queue.runs.length
            ? `Open the queue: ${(queue.total - queue.runs.length).toLocaleString("en-US")} more`
            : "Open the queue"}
        </Link>
      </CardFooter>
    </Card>
  );
}

function WaitingRow({ run, isAlike, now }: { run: WaitingRun; isAlike: boolean; now: Date }) {
  const { amount, line, riskLevel, workspaceName, actionTitle, expiresAt, isFrozen } = run;
  return (
    <li className="relative grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4 border-t border-line px-4 py-2.5 transition-colors first:border-t-0 hover:bg-hover">
      <Link
        className="min-w-0 truncate font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus max-md:line-clamp-2 max-md:whitespace-normal"
        href={`/approvals?run=${run.runId}`}
      >
        <VisibleText text={line} />
      </Link>
      <span className="max-w-[min(18rem,42vw)] text-right font-semibold tabular-nums">
        {amount === null ? null : <Money amount={amount} />}
      </span>
      <span className="flex min-w-0 flex-wrap items-center gap-x-3 text-xs text-muted">
        <RiskMark level={riskLevel} />
        <span className="min-w-0 truncate" title={`${actionTitle}, ${workspaceName}`}>
          {actionTitle}, {workspaceName}
        </span>
        {isAlike ? <ShortId id={run.runId} /> : null}
      </span>
      <span
        className={`text-right text-xs whitespace-nowrap tabular-nums ${!isFrozen && isLastHour(expiresAt, now) ? "text-stop" : "text-muted"}`}
      >
        {isFrozen ? "frozen" : `${timeLeft(expiresAt, now)} left`}
      </span>
    </li>
  );
}
