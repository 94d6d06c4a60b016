"use client";

import { History } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { RefusalNotice } from "@/components/ui/refusal-notice";
import { Segmented } from "@/components/ui/segmented";
import type { BacktestView } from "@/lib/backtests/get-backtest";
import { BACKTEST_DAYS, type BacktestDays } from "@/lib/domain/backtests/backtest";
import type { Draft } from "@/lib/registered-actions/schema";
import { BACKTEST_LIMITS } from "@/lib/words/backtest-messages";
import { BacktestOutcome } from "./backtest-outcome";
import { useBacktest } from "./use-backtest";

const OPTIONS = BACKTEST_DAYS.map((days) => ({ value: String(days), label: `${days} days` }));

/** What a draft would have decided about the runs that the action has had. */
export function BacktestCard({
  workspaceId,
  name,
  draft,
}: {
  workspaceId: string;
  name: string;
  /** As it is typed; null while it isn't complete. */
  draft: Draft | null;
}) {
  const [days, setDays] = useState<BacktestDays>(30);
  const [started, setStarted] = useState<string | null>(null);
  const { backtest, refusal, isStarting, isUnfinished, start, cancel } = useBacktest(workspaceId, name);
  const typed = JSON.stringify(draft);
  return (
    <Card aria-labelledby="backtest">
      <CardHeader title="Backtest" id="backtest" note="nothing is saved" />
      <CardBody className="grid gap-3 p-4">
        <p className="text-muted">See what this draft would have decided about recorded runs.</p>
        <div className="flex flex-wrap items-center gap-2">
          <Segmented
            label="How far back"
            options={OPTIONS}
            value={String(days)}
            onChange={(value) => setDays(BACKTEST_DAYS.find((one) => String(one) === value) ?? days)}
          />
          <Button
            icon={<History />}
            isBusy={isStarting}
            busyLabel="Starting"
            disabled={draft === null}
            onClick={() => {
              if (!draft) return;
              setStarted(typed);
              void start(draft, days);
            }}
          >
            Run backtest
          </Button>
        </div>
        {draft === null ? (
          <p className="text-xs text-muted">Complete the policy first. One of its fields is empty or isn’t valid.</p>
        ) : null}
        {refusal === null ? null : <RefusalNotice detail={refusal} />}
        {isUnfinished && backtest ? <Progress {...backtest} onCancel={cancel} /> : null}
        {backtest?.status === "canceled" ? <p role="status">Backtest canceled.</p> : null}
        {backtest?.status === "failed" ? (
          <RefusalNotice detail="The backtest failed. Run it again, or ask an operator to check the log." />
        ) : null}
      </CardBody>
      {backtest?.result ? (
        <BacktestOutcome workspaceId={workspaceId} backtest={backtest} result={backtest.result} isStale={started !== typed} />
      ) : null}
      <p className="border-t border-line px-4 py-3 text-xs text-muted">{BACKTEST_LIMITS}</p>
    </Card>
  );
}

function Progress({ runsDone, runsTotal, onCancel }: BacktestView & { onCancel: () => void }) {
  const count = (value: number) => value.toLocaleString("en-US");
  return (
    <div className="grid gap-2">
      <progress
        className="h-1.5 w-full appearance-none overflow-hidden rounded-full bg-pressed [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-pressed [&::-webkit-progress-value]:bg-accent"
        aria-label="Backtest progress"
        max={Math.max(1, runsTotal ?? 1)}
        value={runsDone}
      />
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="text-xs text-muted tabular-nums">
          {runsTotal === null ? "Waiting for the worker" : `${count(runsDone)} of ${count(runsTotal)} runs`}
        </p>
        <Button size="sm" onClick={onCancel}>
          Cancel backtest
        </Button>
      </div>
    </div>
  );
}
