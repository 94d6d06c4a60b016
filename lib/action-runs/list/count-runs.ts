import { GOVERNANCE_STATUSES, type GovernanceStatus } from "@/lib/domain/runs/statuses";
import type { OperatorContext, WorkspaceContext } from "@/lib/security/context";
import { chooseWalk } from "./list-runs";
import { requireRunRead } from "./require-run-read";
import { type RunOrder, runCandidates } from "./run-candidates";
import { runConditions } from "./run-conditions";
import type { RunFilter } from "./run-filter";

const CHEAP_TO_COUNT = 2000;

/** Counts runs. By status alone any number is exact; null when counting would take longer than reading a page. */
export async function countRuns(ctx: WorkspaceContext | OperatorContext, filter: RunFilter, order: RunOrder): Promise<number | null> {
  await requireRunRead(ctx);
  const statuses = statusesAlone(filter);
  if (statuses !== null && ctx.workspaceId !== null) return countByStatus(ctx, statuses);
  const window = CHEAP_TO_COUNT + 1;
  const candidates = runCandidates(ctx, filter, order, { cursor: null, window, ...(await chooseWalk(ctx, filter, order.sort)) });
  const [counted] = await ctx.db.$queryRaw<{ matches: number; looked_at: number }[]>`
    SELECT count(*) FILTER (WHERE ${runConditions(filter)})::int AS matches, count(*)::int AS looked_at FROM ${candidates}`;
  return counted && counted.looked_at < window ? counted.matches : null;
}

/** The statuses that a filter selects; null when it has other conditions as well. */
function statusesAlone({ governance = [], ...rest }: RunFilter): readonly GovernanceStatus[] | null {
  const isAlone = Object.values(rest).every((value) => value == null || (Array.isArray(value) && value.length === 0));
  return isAlone ? (governance.length > 0 ? governance : GOVERNANCE_STATUSES) : null;
}

/** Sums the hourly counts: a few thousand rows, however many runs there are. */
async function countByStatus(
  { db, workspaceId }: WorkspaceContext | OperatorContext,
  statuses: readonly GovernanceStatus[],
): Promise<number> {
  const { _sum: sums } = await db.runCount.aggregate({
    where: { workspaceId: workspaceId ?? undefined },
    _sum: { allowed: true, pendingApproval: true, approved: true, rejected: true, blocked: true },
  });
  const counts = { ...sums, pending_approval: sums.pendingApproval };
  return statuses.reduce((total, status) => total + (counts[status] ?? 0), 0);
}

const MAX_NEW = 100;

/** Counts the matching runs newer than this one, up to a hundred. */
export async function countNewerRuns(ctx: WorkspaceContext, filter: RunFilter, newestId: string): Promise<number> {
  await requireRunRead(ctx);
  const candidates = runCandidates(
    ctx,
    filter,
    { sort: "created", direction: "asc" },
    { cursor: newestId, window: CHEAP_TO_COUNT, isIdSearch: false, isFew: false },
  );
  const [counted] = await ctx.db.$queryRaw<{ matches: number }[]>`
    SELECT count(*)::int AS matches FROM (SELECT FROM ${candidates} WHERE ${runConditions(filter)} LIMIT ${MAX_NEW}) newer`;
  return counted?.matches ?? 0;
}
