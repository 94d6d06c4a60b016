import type { BacktestDays, BacktestResult } from "@/lib/domain/backtests/backtest";
import { publishChange } from "@/lib/live/publish-change";
import { draftSchema } from "@/lib/registered-actions/schema";
import type { SystemContext, WorkspaceContext } from "@/lib/security/context";
import type { RequestedBacktest } from "./compare-recorded-runs";

/** Minimum time between two reports of progress. */
const MIN_REPORT_INTERVAL_MS = 400;

/** Compares somewhere, until it is ended. */
export type Compare = (
  requested: RequestedBacktest & { readonly workspaceId: string },
  watcher: { readonly onProgress: (done: number, total: number) => void; readonly signal: AbortSignal },
) => Promise<BacktestResult>;

/**
 * Computes a queued backtest in its workspace, from the start if an earlier attempt ended halfway. It stops at the next report of progress
 * once it is canceled, and at once when `stop` is aborted.
 */
export async function runBacktest(
  ctx: SystemContext & WorkspaceContext,
  backtestId: string,
  { compare, stop = null }: { compare: Compare; stop?: AbortSignal | null },
): Promise<void> {
  const backtest = await ctx.db.backtest.findUnique({ where: { id: backtestId }, include: { action: { select: { name: true } } } });
  if (!backtest || !(await reportProgress(ctx, backtestId, 0, null))) return;
  const end = new AbortController();
  let isCanceled = false;
  let reportedAt = performance.now();
  try {
    const result = await compare(
      {
        workspaceId: ctx.workspaceId,
        actionName: backtest.action.name,
        draft: draftSchema.parse(backtest.draft),
        // The database has a CHECK.
        days: backtest.days as BacktestDays,
      },
      {
        signal: stop ? AbortSignal.any([stop, end.signal]) : end.signal,
        onProgress(done, total) {
          if (done > 0 && performance.now() - reportedAt < MIN_REPORT_INTERVAL_MS) return;
          reportedAt = performance.now();
          reportProgress(ctx, backtestId, done, total).then(
            (isWanted) => {
              isCanceled = !isWanted;
              if (isCanceled) end.abort();
            },
            (error: unknown) => end.abort(error),
          );
        },
      },
    );
    await finish(ctx, backtestId, { status: "done", result });
  } catch (error) {
    if (!isCanceled) throw error;
  }
}

/** `false`: it is canceled. */
async function reportProgress(
  { db, workspaceId }: WorkspaceContext,
  backtestId: string,
  done: number,
  total: number | null,
): Promise<boolean> {
  const updated = await db.$executeRaw`
    UPDATE backtests SET status = 'running', runs_done = ${done}, runs_total = ${total}::int
    WHERE id = ${backtestId}::uuid AND status IN ('queued', 'running')`;
  if (updated > 0) await publishChange(db, workspaceId, "backtests");
  return updated > 0;
}

/** For a backtest whose attempts all failed. */
export function markBacktestFailed(ctx: WorkspaceContext, backtestId: string): Promise<void> {
  return finish(ctx, backtestId, { status: "failed", result: null });
}

async function finish(
  { db, workspaceId }: WorkspaceContext,
  backtestId: string,
  { status, result }: { status: "done"; result: BacktestResult } | { status: "failed"; result: null },
): Promise<void> {
  await db.$executeRaw`
    UPDATE backtests SET status = ${status}, finished_at = now(), result = ${result && JSON.stringify(result)}::jsonb
    WHERE id = ${backtestId}::uuid AND status IN ('queued', 'running')`;
  await publishChange(db, workspaceId, "backtests");
}
