import { textConditions } from "@/lib/action-runs/list/run-conditions";
import { readRunClocks } from "@/lib/action-runs/status/run-clock-sql";
import { Prisma } from "@/lib/db/generated/client";
import { DECIDERS } from "@/lib/domain/access/permissions";
import type { JsonObject } from "@/lib/domain/json-value";
import { payloadRows } from "@/lib/domain/policy/payload-rows";
import { type QueueOrder, type QueueSearch, type QueueSort, queueOrder, WHOLE_QUEUE } from "@/lib/domain/runs/queue-order";
import type { RunClock } from "@/lib/domain/runs/run-clock";
import { runLine } from "@/lib/domain/runs/run-line";
import { inspectText } from "@/lib/domain/text/hidden-characters";
import type { UserContext } from "@/lib/security/context";
import { findIdentical, identity } from "./identical-requests";
import { type RequestWithRun, requestView, requestWithRun } from "./link-with-run";
import type { WaitingQueue, WaitingRun } from "./waiting-run";

/**
 * Lists the pending runs of this person in all workspaces: those their role may decide, and those they were asked about at their own
 * address. The first `limit` that match the search, in its order.
 */
export async function listWaiting(ctx: UserContext, { limit, ...wanted }: { limit: number } & Partial<QueueSearch>): Promise<WaitingQueue> {
  const { db, actor } = ctx;
  const search: QueueSearch = { ...WHOLE_QUEUE, ...wanted };
  const [ids, counts, groups] = await Promise.all([
    waitingIds(ctx, search, limit),
    countByWorkspace(ctx),
    search.isGrouped || search.text !== null ? countByAction(ctx, search) : null,
  ]);
  const requests = await db.approvalRequest.findMany({
    where: { runId: { in: ids }, run: { governanceStatus: "pending_approval" } },
    include: requestWithRun,
  });
  const identical = await findIdentical(ctx, ids);
  const clockOf = await readRunClocks(db, ids);
  const runs = requests.flatMap(
    (request) =>
      waitingRun(request, actor.email, { identicalIds: identical.get(request.runId) ?? [], clock: clockOf(request.runId) }) ?? [],
  );
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  const { workspaceId } = search;
  const inScope = workspaceId === null ? total : (counts.find(({ id }) => id === workspaceId)?.count ?? 0);
  return {
    runs: runs.sort(queueOrder(search)),
    total,
    matches: groups === null ? inScope : groups.reduce((sum, { count }) => sum + count, 0),
    groups: search.isGrouped ? (groups ?? []) : [],
    workspaces: counts,
  };
}

/** Must match `queueOrder`, which sorts in the application. */
const SORTS: Readonly<Record<QueueSort, Prisma.Sql>> = {
  risk: Prisma.sql`daai_risk_rank(run.risk_level) DESC, run.expires_at, run.id`,
  deadline: Prisma.sql`run.expires_at, run.id`,
  // As its line shows it: of what it was changed to.
  amount: Prisma.sql`CASE WHEN run.accepts_changes THEN (
    SELECT CASE WHEN change.id IS NULL THEN run.amount ELSE change.amount END
    FROM (VALUES (1)) one LEFT JOIN LATERAL daai_current_change(run) change ON true) ELSE run.amount END DESC NULLS LAST, run.expires_at, run.id`,
  oldest: Prisma.sql`run.id`,
};

function queueOrderSql({ sort, isGrouped }: QueueOrder): Prisma.Sql {
  return isGrouped ? Prisma.sql`run.action_name COLLATE "C", run.workspace_id, ${SORTS[sort]}` : SORTS[sort];
}

async function waitingIds({ db, actor }: UserContext, search: QueueSearch, limit: number): Promise<string[]> {
  const { workspaceId, text, sort, isGrouped } = search;
  const isWhole = text === null && sort === "risk" && !isGrouped;
  // The default order is that of an index, so the rest of the queue isn't read. Other orders sort all pending runs.
  const first = isWhole
    ? await db.$queryRaw<{ run_id: string; identity: string }[]>`
        SELECT run.id AS run_id, ${identity} AS identity
        FROM daai_waiting_for(${actor.userId}::uuid, ${DECIDERS}, ${limit}::int) waiting JOIN action_runs run ON run.id = waiting.run_id
        WHERE ${workspaceId}::uuid IS NULL OR run.workspace_id = ${workspaceId}::uuid
        ORDER BY daai_risk_rank(run.risk_level) DESC, run.expires_at, run.id LIMIT ${limit}`
    : null;
  const distinct = first && [...new Map(first.toReversed().map((row) => [row.identity, row.run_id])).values()].toReversed();
  // Identical requests take one line, so others that are not read yet may follow.
  if (first && distinct && (distinct.length === first.length || first.length < limit)) return distinct;
  const order = queueOrderSql(search);
  const rows = await db.$queryRaw<{ run_id: string }[]>`
    SELECT run_id FROM (
      SELECT run.id AS run_id, row_number() OVER (ORDER BY ${order}) AS place,
        row_number() OVER (PARTITION BY ${identity} ORDER BY ${order}) AS nth
      ${foundIn(actor.userId, search)}) found
    WHERE nth = 1 ORDER BY place LIMIT ${limit}`;
  return rows.map((row) => row.run_id);
}

/** A person's pending runs that match a search, as `run`. */
function foundIn(userId: string, { workspaceId, text }: QueueSearch): Prisma.Sql {
  const conditions = [
    ...(workspaceId === null ? [] : [Prisma.sql`run.workspace_id = ${workspaceId}::uuid`]),
    ...(text === null ? [] : textConditions(text)),
  ];
  return Prisma.sql`
    FROM daai_waiting_for(${userId}::uuid, ${DECIDERS}, NULL) waiting JOIN action_runs run ON run.id = waiting.run_id
    WHERE ${conditions.length === 0 ? Prisma.sql`true` : Prisma.join(conditions, " AND ")}`;
}

function countByAction({ db, actor }: UserContext, search: QueueSearch): Promise<WaitingQueue["groups"][number][]> {
  return db.$queryRaw<WaitingQueue["groups"][number][]>`
    SELECT run.workspace_id AS "workspaceId", run.action_name AS "actionName", count(*)::int AS count
    ${foundIn(actor.userId, search)} GROUP BY run.workspace_id, run.action_name`;
}

async function countByWorkspace({ db, actor }: UserContext): Promise<WaitingQueue["workspaces"]> {
  return db.$queryRaw<WaitingQueue["workspaces"]>`
    SELECT w.id, w.name, count(*)::int AS count
    FROM daai_waiting_for(${actor.userId}::uuid, ${DECIDERS}, NULL) waiting JOIN workspaces w ON w.id = waiting.workspace_id
    GROUP BY w.id, w.name ORDER BY lower(w.name), w.id`;
}

function waitingRun(
  request: RequestWithRun,
  email: string,
  { identicalIds, clock: { now, frozenSince } }: { identicalIds: readonly string[]; clock: RunClock },
): WaitingRun | null {
  const view = requestView(request, email, now);
  if (!view) return null;
  const { runId, isTest, action, amount, recipient, sentence, mayApprove, approvals, expiresAt, workspace } = view;
  return {
    runId,
    isTest,
    workspaceId: request.workspaceId,
    workspaceName: workspace.name,
    actionName: action.name,
    actionTitle: action.title,
    riskLevel: action.riskLevel,
    amount,
    recipient,
    sentence,
    line: runLine(view),
    warnings: warningsOf(view.payload, view.reasoning),
    requiresRejectComment: action.requiresRejectComment,
    mayApprove: mayApprove && frozenSince === null,
    isFrozen: frozenSince !== null,
    approvals,
    createdAt: request.createdAt,
    expiresAt,
    openedAt: request.openedAt,
    identicalIds,
  };
}

function warningsOf(payload: JsonObject, reasoning: string | null): string[] {
  const texts = payloadRows(payload).flatMap(({ path, text }) => [path, text ?? ""]);
  return [...new Set([...texts, reasoning ?? ""].flatMap((text) => inspectText(text).warnings))];
}
