import { v7 as uuidv7 } from "uuid";
import type { z } from "zod";
import { jsonHash } from "@/lib/action-runs/status/payload-hash";
import { addJob } from "@/lib/db/add-job";
import { inTransaction } from "@/lib/db/transaction";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import { publishChange } from "@/lib/live/publish-change";
import { refuseUnknownAction } from "@/lib/registered-actions/refuse-unknown-action";
import { type ManagementContext, type MemberContext, withDb } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import type { newBacktestSchema } from "./schema";

/** How long the result of the same draft is shown again instead of computed again. */
const FRESH_MINUTES = 5;

/**
 * Has the worker compare a draft with the recorded runs of its action. It changes nothing that others see, so it is no audit event. Each
 * person and each key has one unfinished backtest of an action: another draft cancels it.
 */
export function startBacktest(
  ctx: MemberContext | ManagementContext,
  { name, days, draft }: z.output<typeof newBacktestSchema>,
): Promise<{ ok: true; backtestId: string } | Refusal> {
  return inTransaction<{ ok: true; backtestId: string } | Refusal>(ctx.db, async (tx) => {
    const inner = withDb<MemberContext | ManagementContext>(ctx, tx);
    const { workspaceId, actor } = inner;
    // A pipeline's drafts don't cancel those that its owner tries in the form.
    const requestedBy = actor.type === "management_key" ? actor.managementKeyId : actor.email;
    await requirePermission(inner, "backtest.run");
    const action = await tx.registeredAction.findUnique({ where: { workspaceId_name: { workspaceId, name } }, select: { id: true } });
    if (!action) return refuseUnknownAction(name);
    const draftHash = jsonHash(draft);
    const known = await tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM backtests
      WHERE workspace_id = ${workspaceId}::uuid AND action_id = ${action.id}::uuid AND draft_hash = ${draftHash} AND days = ${days}
        AND (status IN ('queued', 'running') AND requested_by = ${requestedBy} OR status = 'done' AND finished_at > now() - make_interval(mins => ${FRESH_MINUTES}::int))
      ORDER BY created_at DESC LIMIT 1`;
    if (known[0]) return { ok: true, backtestId: known[0].id };
    await tx.$executeRaw`
      UPDATE backtests SET status = 'canceled', finished_at = now()
      WHERE workspace_id = ${workspaceId}::uuid AND action_id = ${action.id}::uuid AND requested_by = ${requestedBy}
        AND status IN ('queued', 'running')`;
    const id = uuidv7();
    await tx.backtest.create({ data: { id, workspaceId, actionId: action.id, requestedBy, days, draft, draftHash } });
    await addJob(tx, "run-backtest", { backtestId: id });
    await publishChange(tx, workspaceId, "backtests");
    return { ok: true, backtestId: id };
  });
}
