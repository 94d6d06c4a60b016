import type { BacktestResult, BacktestStatus } from "@/lib/domain/backtests/backtest";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";

export interface BacktestView {
  readonly id: string;
  readonly status: BacktestStatus;
  readonly days: number;
  readonly runsDone: number;
  /** null: not counted yet. */
  readonly runsTotal: number | null;
  readonly finishedAt: string | null;
  readonly result: BacktestResult | null;
  /** The runs that the result lists, by id. */
  readonly runs: Readonly<Record<string, { readonly sentence: string | null; readonly createdAt: string }>>;
}

export async function getBacktest(
  ctx: WorkspaceContext,
  { backtestId }: { backtestId: string },
): Promise<{ ok: true; backtest: BacktestView } | Refusal> {
  await requirePermission(ctx, "backtest.run");
  const backtest = await ctx.db.backtest.findFirst({ where: { workspaceId: ctx.workspaceId, id: backtestId } });
  if (!backtest) return refuse("not_found", "Backtest not found. Run it again.");
  const { id, days, runsDone, runsTotal, finishedAt } = backtest;
  // Written by this application alone.
  const result = backtest.result as unknown as BacktestResult | null;
  return {
    ok: true,
    backtest: {
      id,
      status: backtest.status as BacktestStatus,
      days,
      runsDone,
      runsTotal,
      finishedAt: finishedAt?.toISOString() ?? null,
      result,
      runs: result === null ? {} : await listedRuns(ctx, result),
    },
  };
}

/** The runs that a result lists, as they are now. */
export async function listedRuns({ db, workspaceId }: WorkspaceContext, { changed }: BacktestResult): Promise<BacktestView["runs"]> {
  const ids = changed.flatMap(({ runs }) => runs.map(({ id }) => id));
  const runs = await db.actionRun.findMany({
    where: { workspaceId, id: { in: ids } },
    select: { id: true, sentence: true, createdAt: true },
  });
  return Object.fromEntries(runs.map(({ id, sentence, createdAt }) => [id, { sentence, createdAt: createdAt.toISOString() }]));
}
