"use client";

import { useRef, useState } from "react";
import { useLive } from "@/components/live/use-live";
import type { BacktestView } from "@/lib/backtests/get-backtest";
import { cancelOneBacktest, lookAtBacktest, runNewBacktest } from "@/lib/backtests/server-actions";
import type { BacktestDays } from "@/lib/domain/backtests/backtest";
import type { Draft } from "@/lib/registered-actions/schema";

const UNREACHABLE = "The console couldn’t be reached. Try again.";

/** The newest backtest that was started from this page, as far as it has come. */
export function useBacktest(workspaceId: string, name: string) {
  const [backtest, setBacktest] = useState<BacktestView | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isStarting, setIsStarting] = useState(false);
  /** The one to show: a late response about an earlier one is ignored. */
  const shown = useRef<string | null>(null);
  const isUnfinished = backtest?.status === "queued" || backtest?.status === "running";

  const look = async (backtestId: string) => {
    const outcome = await lookAtBacktest(workspaceId, { backtestId });
    if (shown.current !== backtestId) return;
    if (!outcome.ok) setRefusal(outcome.detail);
    // Responses may overtake each other, and what is finished stays so.
    else setBacktest((before) => (before?.id === backtestId && before.finishedAt !== null ? before : outcome.backtest));
  };

  useLive(
    ["backtests"],
    () => {
      if (isUnfinished) look(backtest.id).catch(() => undefined);
    },
    workspaceId,
  );

  const start = async (draft: Draft, days: BacktestDays) => {
    setIsStarting(true);
    setRefusal(null);
    try {
      const outcome = await runNewBacktest(workspaceId, { name, days, draft });
      if (!outcome.ok) return setRefusal(outcome.detail);
      shown.current = outcome.backtestId;
      await look(outcome.backtestId);
    } catch {
      setRefusal(UNREACHABLE);
    } finally {
      setIsStarting(false);
    }
  };

  const cancel = async () => {
    if (!backtest) return;
    await cancelOneBacktest(workspaceId, { backtestId: backtest.id })
      .then(() => look(backtest.id))
      .catch(() => setRefusal(UNREACHABLE));
  };

  return { backtest, refusal, isStarting, isUnfinished, start, cancel };
}
