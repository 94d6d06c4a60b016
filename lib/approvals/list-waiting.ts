import type { UserContext } from "@/lib/context";
import { Prisma } from "@/lib/db/generated/client";
import { inspectText } from "@/lib/domain/hidden-characters";
import type { JsonObject } from "@/lib/domain/json-value";
import { payloadRows } from "@/lib/domain/payload-rows";
import { PERMISSIONS } from "@/lib/domain/permissions";
import { compareQueued } from "@/lib/domain/queue-order";
import { runLine } from "@/lib/domain/run-line";
import { requestView, requestWithRun, type RequestWithRun } from "./link-with-run";
import type { WaitingQueue, WaitingRun } from "./waiting-run";

/**
 * What waits for this person in all workspaces: runs that their role may decide, and runs about which they were asked at an
 * address that is theirs. The first `limit` of them in the queue's order; of one workspace if one is named.
 */
export async function listWaiting(
  ctx: UserContext,
  { workspaceId = null, limit }: { workspaceId?: string | null; limit: number },
): Promise<WaitingQueue> {
  const { db, actor } = ctx;
  const [ids, counts] = await Promise.all([waitingIds(ctx, workspaceId, limit), countByWorkspace(ctx)]);
  const requests = await db.approvalRequest.findMany({
    where: { runId: { in: ids }, run: { governanceStatus: "pending_approval" } },
    include: requestWithRun,
  });
  const runs = requests.flatMap((request) => waitingRun(request, actor.email) ?? []);
  return { runs: runs.sort(compareQueued), total: counts.reduce((sum, { count }) => sum + count, 0), workspaces: counts };
}

async function waitingIds(ctx: UserContext, workspaceId: string | null, limit: number): Promise<string[]> {
  const inWorkspace = workspaceId === null ? Prisma.empty : Prisma.sql`AND run.workspace_id = ${workspaceId}::uuid`;
  // Each workspace's first ones come straight from its index, however many wait there.
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    WITH ${deciding(ctx)}
    SELECT id FROM (
      SELECT run.* FROM deciding CROSS JOIN LATERAL (
        SELECT run.id, run.risk_level, run.expires_at FROM action_runs run
        WHERE run.workspace_id = deciding.id AND run.governance_status = 'pending_approval' AND run.expires_at > now() ${inWorkspace}
        ORDER BY daai_risk_rank(run.risk_level) DESC, run.expires_at, run.id LIMIT ${limit}) run
      UNION ALL
      SELECT run.id, run.risk_level, run.expires_at FROM asked JOIN action_runs run ON run.id = asked.run_id
      WHERE run.governance_status = 'pending_approval' AND run.expires_at > now() ${inWorkspace}
    ) run
    ORDER BY daai_risk_rank(risk_level) DESC, expires_at, id LIMIT ${limit}`;
  return rows.map(({ id }) => id);
}

async function countByWorkspace(ctx: UserContext): Promise<WaitingQueue["workspaces"]> {
  return ctx.db.$queryRaw<WaitingQueue["workspaces"]>`
    WITH ${deciding(ctx)}, waiting AS (
      SELECT run.workspace_id FROM deciding JOIN action_runs run ON run.workspace_id = deciding.id
      WHERE run.governance_status = 'pending_approval' AND run.expires_at > now()
      UNION ALL
      SELECT run.workspace_id FROM asked JOIN action_runs run ON run.id = asked.run_id
      WHERE run.governance_status = 'pending_approval' AND run.expires_at > now()
    )
    SELECT w.id, w.name, count(*)::int AS count FROM waiting JOIN workspaces w ON w.id = waiting.workspace_id
    GROUP BY w.id, w.name ORDER BY lower(w.name), w.id`;
}

/** `deciding`: workspaces in which the person's role may decide. `asked`: runs elsewhere that they were asked about. */
function deciding({ actor }: UserContext): Prisma.Sql {
  return Prisma.sql`deciding AS MATERIALIZED (
      SELECT w.id FROM members m JOIN workspaces w ON w.id = m.workspace_id AND w.deleted_at IS NULL
      WHERE m.user_id = ${actor.userId}::uuid AND m.role = ANY(${[...PERMISSIONS["run.decide"]]}::text[])
    ), asked AS (
      SELECT DISTINCT request.run_id FROM users u
      JOIN decision_links link ON link.approver_email = u.email AND link.expires_at > now()
      JOIN approval_requests request ON request.id = link.approval_request_id
      JOIN workspaces w ON w.id = link.workspace_id AND w.deleted_at IS NULL
      WHERE u.id = ${actor.userId}::uuid AND u.email_verified_at IS NOT NULL AND link.workspace_id NOT IN (SELECT id FROM deciding)
    )`;
}

function waitingRun(request: RequestWithRun, email: string): WaitingRun | null {
  const view = requestView(request, email);
  if (!view) return null;
  const { runId, action, amount, recipient, sentence, mayApprove, expiresAt, workspace } = view;
  return {
    runId,
    workspaceId: request.workspaceId,
    workspaceName: workspace.name,
    actionTitle: action.title,
    riskLevel: action.riskLevel,
    amount,
    recipient,
    sentence,
    line: runLine({ ...view, actionName: action.name }),
    warnings: warningsOf(view.payload, view.reasoning),
    requiresRejectComment: action.requiresRejectComment,
    mayApprove,
    createdAt: request.createdAt,
    expiresAt,
    openedAt: request.openedAt,
  };
}

function warningsOf(payload: JsonObject, reasoning: string | null): string[] {
  const texts = payloadRows(payload).flatMap(({ path, text }) => [path, text ?? ""]);
  return [...new Set([...texts, reasoning ?? ""].flatMap((text) => inspectText(text).warnings))];
}
