import { readlinkSync } from "node:fs";
import { setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import type { RequestedBacktest } from "@/lib/backtests/compare-recorded-runs";
import type { BacktestResult } from "@/lib/domain/backtests/backtest";

/** What the thread reports: how far it is, and at last the result. */
export type ThreadMessage = { readonly done: number; readonly total: number } | { readonly result: BacktestResult };

/** nice(1), the lowest: others go first, and a hundredth or so of a busy core is left. */
const NICENESS = 19;

// The entry of a thread of its own. It ends when it's done; whoever started it can end it sooner.
const { workspaceId, ...requested } = workerData as RequestedBacktest & { readonly workspaceId: string };
const report = (message: ThreadMessage) => parentPort?.postMessage(message);
try {
  // Only Linux has priorities of threads; elsewhere it would be the process's, which answers proposals.
  if (process.platform === "linux") setPriority(Number(readlinkSync("/proc/thread-self").split("/").at(-1)), NICENESS);
} catch {
  // No /proc, or a sandbox that forbids it: the result is the same at the priority of others.
}
// Only now: loading them is as much work as comparing about 10,000 runs.
const [{ systemContext }, { compareRecordedRuns }, { disconnectDb }] = await Promise.all([
  import("@/lib/auth/contexts"),
  import("@/lib/backtests/compare-recorded-runs"),
  import("@/lib/db/client"),
]);
try {
  report({ result: await compareRecordedRuns(systemContext(workspaceId), requested, (done, total) => report({ done, total })) });
} finally {
  await disconnectDb();
}
