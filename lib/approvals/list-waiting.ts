import { DECIDERS } from "@/lib/domain/access/permissions";
import type { JsonObject } from "@/lib/domain/json-value";
import { payloadRows } from "@/lib/domain/policy/payload-rows";
import { compareQueued } from "@/lib/domain/runs/queue-order";
import { runLine } from "@/lib/domain/runs/run-line";
import { inspectText } from "@/lib/domain/text/hidden-characters";
import type { UserContext } from "@/lib/security/context";
import { type RequestWithRun, requestView, requestWithRun } from "./link-with-run";
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

async function waitingIds({ db, actor }: UserContext, workspaceId: string | null, limit: number): Promise<string[]> {
  const rows = await db.$queryRaw<{ run_id: string }[]>`
    SELECT run_id FROM daai_waiting_for(${actor.userId}::uuid, ${DECIDERS}, ${limit}::int)
    WHERE ${workspaceId}::uuid IS NULL OR workspace_id = ${workspaceId}::uuid
    ORDER BY daai_risk_rank(risk_level) DESC, expires_at, run_id LIMIT ${limit}`;
  return rows.map((row) => row.run_id);
}

async function countByWorkspace({ db, actor }: UserContext): Promise<WaitingQueue["workspaces"]> {
  return db.$queryRaw<WaitingQueue["workspaces"]>`
    SELECT w.id, w.name, count(*)::int AS count
    FROM daai_waiting_for(${actor.userId}::uuid, ${DECIDERS}, NULL) waiting JOIN workspaces w ON w.id = waiting.workspace_id
    GROUP BY w.id, w.name ORDER BY lower(w.name), w.id`;
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
    line: runLine(view),
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
