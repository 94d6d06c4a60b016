import { parentPort, workerData } from "node:worker_threads";
import { systemContext } from "@/lib/auth/contexts";
import { compareRecordedRuns, type RequestedBacktest } from "@/lib/backtests/compare-recorded-runs";
import { disconnectDb } from "@/lib/db/client";
import type { BacktestResult } from "@/lib/domain/backtests/backtest";

/** What the thread reports: how far it is, and at last the result. */
export type ThreadMessage = { readonly done: number; readonly total: number } | { readonly result: BacktestResult };

// The entry of a thread of its own. It ends when it's done; whoever started it can end it sooner.
const { workspaceId, ...requested } = workerData as RequestedBacktest & { readonly workspaceId: string };
const report = (message: ThreadMessage) => parentPort?.postMessage(message);
try {
  report({ result: await compareRecordedRuns(systemContext(workspaceId), requested, (done, total) => report({ done, total })) });
} finally {
  await disconnectDb();
}
