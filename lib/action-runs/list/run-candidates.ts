import { hasOpenClaim } from "@/lib/action-runs/status/claim-state-sql";
import { Prisma } from "@/lib/db/generated/client";
import { type RunSort, readCursor, type SortDirection } from "@/lib/domain/runs/run-search";
import { MINUTE_MS } from "@/lib/domain/time/units";
import type { OperatorContext, WorkspaceContext } from "@/lib/security/context";
import { isForRecipient } from "./recipient-sql";
import type { RunFilter } from "./run-filter";
import { idRange, idsFrom, idsUntil } from "./search-text";

type Sql = Prisma.Sql;

export interface RunOrder {
  readonly sort: RunSort;
  readonly direction: SortDirection;
}

/** Maximum difference between the clock that made an id and the database's, which set the time beside it. */
const CLOCK_SLACK_MS = 10 * MINUTE_MS;

/** Literals, not parameters: the planner uses a partial index only where it can see that the index covers the query. */
const STOPPED = {
  pending_approval: Prisma.sql`run.governance_status = 'pending_approval'`,
  rejected: Prisma.sql`run.governance_status = 'rejected'`,
  blocked: Prisma.sql`run.governance_status = 'blocked'`,
} as const;
const RARE_EXECUTIONS = {
  failed: Prisma.sql`run.execution_status = 'failed'`,
  in_doubt: hasOpenClaim,
} as const;

const LAPSED = Prisma.sql`run.governance_reason = 'approval_lapsed'`;

/** The columns a list is sorted by, shared by the query, its cursors and its index. */
const AMOUNT_KEY = Prisma.sql`coalesce(run.amount, -1)`;

export interface Walk {
  readonly cursor: string | null;
  readonly window: number;
  /** The filter's text is a prefix of ids, so only these match. */
  readonly isIdSearch: boolean;
  /** So few runs can match that reading first and sorting afterwards is cheaper. */
  readonly isFew: boolean;
}

/**
 * Selects at most `window` runs in the list's order from a cursor on, as the subquery `run`: read lazily from one index, so that only
 * scanned rows cost. Conditions the index doesn't cover are left to the caller. Callers must not sort again, which would make PostgreSQL
 * read the whole window.
 */
export function runCandidates(ctx: WorkspaceContext | OperatorContext, filter: RunFilter, { sort, direction }: RunOrder, walk: Walk): Sql {
  const { cursor, window, isIdSearch, isFew } = walk;
  const isByTime = sort === "created";
  const bounds = [
    ...scope(ctx),
    ...(isByTime || isFew ? timeBounds(filter) : amountBounds(filter)),
    ...(isIdSearch ? idBounds(filter) : []),
    ...(cursor === null ? [] : [beyond(cursor, { sort, direction })]),
  ];
  const order = orderBy({ sort, direction });
  if (isFew) {
    return Prisma.sql`(WITH few AS MATERIALIZED (${Prisma.join(inBranches(filter, bounds), " UNION ALL ")})
      SELECT run.* FROM few run ORDER BY ${order} LIMIT ${window}) run`;
  }
  const walks = (isByTime ? inBranches(filter, bounds) : [runsWhere(bounds)]).map(
    (runs) => Prisma.sql`(${runs} ORDER BY ${order} LIMIT ${window})`,
  );
  if (walks.length === 1) return Prisma.sql`${walks[0] ?? Prisma.empty} run`;
  return Prisma.sql`(SELECT run.* FROM (${Prisma.join(walks, " UNION ALL ")}) run ORDER BY ${order} LIMIT ${window}) run`;
}

/** Above this many matches, scanning the amount index is faster than sorting. */
const SORT_LIMIT = 5000;

/** Whether an index by time leaves so few runs that sorting them beats scanning all amounts. */
export async function isCheapToSort(ctx: WorkspaceContext | OperatorContext, filter: RunFilter): Promise<boolean> {
  const bounds = [...scope(ctx), ...timeBounds(filter)];
  if (branches(filter) === null && timeBounds(filter).length === 0) return false;
  const walks = inBranches(filter, bounds, Prisma.sql`1`).map((runs) => Prisma.sql`(${runs} LIMIT ${SORT_LIMIT + 1})`);
  const [counted] = await ctx.db.$queryRaw<{ runs: number }[]>`
    SELECT count(*)::int AS runs FROM (SELECT FROM (${Prisma.join(walks, " UNION ALL ")}) walks LIMIT ${SORT_LIMIT + 1}) few`;
  return counted !== undefined && counted.runs <= SORT_LIMIT;
}

function scope({ workspaceId }: WorkspaceContext | OperatorContext): Sql[] {
  return workspaceId === null ? [] : [Prisma.sql`run.workspace_id = ${workspaceId}::uuid`];
}

function inBranches(filter: RunFilter, bounds: readonly Sql[], columns = Prisma.sql`run.*`): Sql[] {
  return (branches(filter) ?? [Prisma.sql`true`]).map((branch) => runsWhere([...bounds, branch], columns));
}

function runsWhere(conditions: readonly Sql[], columns = Prisma.sql`run.*`): Sql {
  return Prisma.sql`SELECT ${columns} FROM action_runs run WHERE ${conditions.length === 0 ? Prisma.sql`true` : Prisma.join([...conditions], " AND ")}`;
}

function orderBy({ sort, direction }: RunOrder): Sql {
  const way = direction === "asc" ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  return sort === "amount" ? Prisma.sql`${AMOUNT_KEY} ${way}, run.id ${way}` : Prisma.sql`run.id ${way}`;
}

/** The one condition that an index is sorted for, split by its values, each of which is a separate index scan. */
function branches({ governance = [], execution = [], endings = [], actions = [], recipient }: RunFilter): Sql[] | null {
  if (recipient && actions.length > 0)
    return actions.map((action) => Prisma.sql`run.action_name = ${action} AND ${isForRecipient(recipient)}`);
  const rareExecutions = execution.filter((word) => word === "failed" || word === "in_doubt");
  if (execution.length > 0 && rareExecutions.length === execution.length) return rareExecutions.map((word) => RARE_EXECUTIONS[word]);
  if (endings.length > 0) return endings.every((ending) => ending === "approval_lapsed") ? [LAPSED] : [STOPPED.rejected];
  const stopped = governance.filter((status) => status in STOPPED) as (keyof typeof STOPPED)[];
  if (governance.length > 0 && stopped.length === governance.length) return stopped.map((status) => STOPPED[status]);
  if (actions.length > 0) return actions.map((action) => Prisma.sql`run.action_name = ${action}`);
  return null;
}

function timeBounds({ createdFrom, createdBefore }: RunFilter): Sql[] {
  return [
    ...(createdFrom ? [Prisma.sql`run.id >= ${idsFrom(createdFrom, CLOCK_SLACK_MS)}::uuid`] : []),
    ...(createdBefore ? [Prisma.sql`run.id <= ${idsUntil(createdBefore, CLOCK_SLACK_MS)}::uuid`] : []),
  ];
}

function amountBounds({ amountMin, amountMax }: RunFilter): Sql[] {
  return [
    ...(amountMin ? [Prisma.sql`${AMOUNT_KEY} >= ${amountMin}::numeric`] : []),
    ...(amountMax ? [Prisma.sql`${AMOUNT_KEY} BETWEEN 0 AND ${amountMax}::numeric`] : []),
  ];
}

function idBounds({ text }: RunFilter): Sql[] {
  const range = text ? idRange(text) : null;
  return range ? [Prisma.sql`run.id BETWEEN ${range.from}::uuid AND ${range.to}::uuid`] : [];
}

function beyond(cursor: string, { sort, direction }: RunOrder): Sql {
  const place = readCursor(cursor);
  const than = direction === "asc" ? Prisma.sql`>` : Prisma.sql`<`;
  if (place === null) return Prisma.sql`true`;
  if (sort === "created") return Prisma.sql`run.id ${than} ${place.id}::uuid`;
  const amount = place.value === null || place.value === "none" ? "-1" : place.value;
  return Prisma.sql`(${AMOUNT_KEY}, run.id) ${than} (${amount}::numeric, ${place.id}::uuid)`;
}
