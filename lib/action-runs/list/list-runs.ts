import { readRunClocks } from "@/lib/action-runs/status/run-clock-sql";
import { Prisma } from "@/lib/db/generated/client";
import { type ClaimState, claimState } from "@/lib/domain/runs/claim-state";
import type { OperatorContext, WorkspaceContext } from "@/lib/security/context";
import { requireRunRead } from "./require-run-read";
import { isCheapToSort, type RunOrder, runCandidates } from "./run-candidates";
import { runConditions } from "./run-conditions";
import type { RunFilter } from "./run-filter";
import { idRange } from "./search-text";

const columns = {
  id: true,
  workspaceId: true,
  actionName: true,
  idempotencyKey: true,
  attempt: true,
  previousRunId: true,
  governanceStatus: true,
  governanceReason: true,
  executionStatus: true,
  isTest: true,
  riskLevel: true,
  actor: true,
  amount: true,
  currency: true,
  recipient: true,
  actionTitle: true,
  sentence: true,
  createdAt: true,
  expiresAt: true,
  approvalValidUntil: true,
  decidedAt: true,
  decidedBy: true,
  decisionComment: true,
  executionReportedAt: true,
  payloadText: true,
  reasoning: true,
  action: { select: { autoReleasesClaims: true } },
  policyVersion: { select: { version: true } },
  receipts: { select: { id: true, kind: true } },
  /** The one that was approved. */
  payloadChanges: { where: { appliedAt: { not: null } }, select: { payloadText: true, reason: true } },
} satisfies Prisma.ActionRunSelect;

export type ListedRun = Prisma.ActionRunGetPayload<{ select: typeof columns }> & { claimState: ClaimState };

export interface RunListRequest extends RunOrder {
  readonly limit: number;
  /** Only runs after this place in the list, or those just before it. Neither: from the start. */
  readonly after?: string | null;
  readonly before?: string | null;
  /** How many runs may be scanned before the search pauses. */
  readonly window?: number;
}

export interface RunList {
  readonly runs: readonly ListedRun[];
  /** Cursors of the adjacent pages, or of where to continue the search; null where there is nothing more. */
  readonly next: string | null;
  readonly previous: string | null;
  /** Set when the page is not full because the scan limit was reached. */
  readonly searchedRuns: number | null;
}

/** Scan limit per page, so that any search stays fast. The page says when it was reached. */
const WINDOW = 10_000;
/** Higher limit for readers who chose to continue a search, since they expect to wait. */
const LATER_WINDOW = 100_000;

/** Lists a page of runs in the list's order. The operator may search all workspaces at once. */
export async function listRuns(ctx: WorkspaceContext | OperatorContext, filter: RunFilter, request: RunListRequest): Promise<RunList> {
  await requireRunRead(ctx);
  const { sort, direction, limit, after = null, before = null } = request;
  const isBackward = before !== null;
  const order: RunOrder = { sort, direction: isBackward ? (direction === "asc" ? "desc" : "asc") : direction };
  const window = request.window ?? ((after ?? before) === null ? WINDOW : LATER_WINDOW);
  const candidates = runCandidates(ctx, filter, order, { cursor: after ?? before, window, ...(await chooseWalk(ctx, filter, sort)) });
  const found = await ctx.db.$queryRaw<{ id: string }[]>`
    SELECT run.id FROM ${candidates} WHERE ${runConditions(filter)} LIMIT ${limit + 1}`;
  const hasMore = found.length > limit;
  const end = hasMore ? null : await endOfWindow(ctx, candidates, order, window);
  // Fewer runs than a page precede this place, so the first page is shown, in full.
  if (isBackward && !hasMore && end === null) return listRuns(ctx, filter, { ...request, before: null });
  const ids = found.slice(0, limit).map(({ id }) => id);
  const runs = await readRuns(ctx, isBackward ? ids.toReversed() : ids);
  const [first, last] = [runs[0], runs.at(-1)].map((run) => (run ? cursorOf(run, sort) : null));
  return {
    runs,
    next: isBackward ? (last ?? null) : hasMore ? (last ?? null) : end,
    previous: isBackward ? (hasMore ? (first ?? null) : end) : after === null ? null : (first ?? null),
    searchedRuns: end === null ? null : window,
  };
}

export async function chooseWalk(ctx: WorkspaceContext | OperatorContext, filter: RunFilter, sort: RunOrder["sort"]) {
  return { isIdSearch: await isIdSearch(ctx, filter), isFew: sort === "amount" && (await isCheapToSort(ctx, filter)) };
}

/** Whether the text is a prefix of existing ids. Then exactly these runs match, wherever they are in the list. */
async function isIdSearch({ workspaceId, db }: WorkspaceContext | OperatorContext, { text }: RunFilter): Promise<boolean> {
  const range = text ? idRange(text) : null;
  if (range === null) return false;
  const ids = { gte: range.from, lte: range.to };
  return (
    (await db.actionRun.findFirst({ where: { id: ids, ...(workspaceId !== null && { workspaceId }) }, select: { id: true } })) !== null
  );
}

/** The place of the window's last run; null when the window holds all remaining runs. */
async function endOfWindow(
  ctx: WorkspaceContext | OperatorContext,
  candidates: Prisma.Sql,
  order: RunOrder,
  window: number,
): Promise<string | null> {
  const amount = order.sort === "amount" ? Prisma.sql`run.amount` : Prisma.sql`NULL::numeric`;
  const [last] = await ctx.db.$queryRaw<{ id: string; amount: Prisma.Decimal | null }[]>`
    SELECT run.id, ${amount} AS amount FROM ${candidates} OFFSET ${window - 1} LIMIT 1`;
  return last ? cursorOf(last, order.sort) : null;
}

/** Returns these runs in this order, without those of other workspaces. */
export async function readRuns({ workspaceId, db }: WorkspaceContext | OperatorContext, ids: readonly string[]): Promise<ListedRun[]> {
  const clockOf = await readRunClocks(db, ids);
  const rows = await db.actionRun.findMany({
    select: { ...columns, claimExpiresAt: true },
    where: { id: { in: [...ids] }, ...(workspaceId !== null && { workspaceId }) },
  });
  const byId = new Map(
    rows.map(({ claimExpiresAt, ...run }) => [run.id, { ...run, claimState: claimState({ ...run, claimExpiresAt }, clockOf(run.id)) }]),
  );
  return ids.flatMap((id) => byId.get(id) ?? []);
}

function cursorOf({ id, amount }: Pick<ListedRun, "id" | "amount">, sort: RunOrder["sort"]): string {
  return sort === "amount" ? `${amount?.toFixed() ?? "none"}~${id}` : id;
}
