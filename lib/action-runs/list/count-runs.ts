import type { OperatorContext, WorkspaceContext } from "@/lib/security/context";
import { chooseWalk } from "./list-runs";
import { requireRunRead } from "./require-run-read";
import { type RunOrder, runCandidates } from "./run-candidates";
import { runConditions } from "./run-conditions";
import type { RunFilter } from "./run-filter";

const CHEAP_TO_COUNT = 2000;

/** How many runs there are, or null when counting them would take longer than reading a page. */
export async function countRuns(ctx: WorkspaceContext | OperatorContext, filter: RunFilter, order: RunOrder): Promise<number | null> {
  await requireRunRead(ctx);
  const window = CHEAP_TO_COUNT + 1;
  const candidates = runCandidates(ctx, filter, order, { cursor: null, window, ...(await chooseWalk(ctx, filter, order.sort)) });
  const [counted] = await ctx.db.$queryRaw<{ matches: number; looked_at: number }[]>`
    SELECT count(*) FILTER (WHERE ${runConditions(filter)})::int AS matches, count(*)::int AS looked_at FROM ${candidates}`;
  return counted && counted.looked_at < window ? counted.matches : null;
}

const MOST_NEW = 100;

/** How many runs that match came after this one, at most a hundred. */
export async function countNewerRuns(ctx: WorkspaceContext, filter: RunFilter, newestId: string): Promise<number> {
  await requireRunRead(ctx);
  const candidates = runCandidates(
    ctx,
    filter,
    { sort: "created", direction: "asc" },
    { cursor: newestId, window: CHEAP_TO_COUNT, isIdSearch: false, isFew: false },
  );
  const [counted] = await ctx.db.$queryRaw<{ matches: number }[]>`
    SELECT count(*)::int AS matches FROM (SELECT FROM ${candidates} WHERE ${runConditions(filter)} LIMIT ${MOST_NEW}) newer`;
  return counted?.matches ?? 0;
}
