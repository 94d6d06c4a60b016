import { inTransaction } from "@/lib/db/transaction";
import { publishChange } from "@/lib/live/publish-change";
import { type WorkspaceContext, withDb } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";

/** Canceling a finished backtest changes nothing. The worker stops at its next batch. */
export function cancelBacktest(ctx: WorkspaceContext, { backtestId }: { backtestId: string }): Promise<{ ok: true }> {
  return inTransaction(ctx.db, async (tx) => {
    const { workspaceId } = ctx;
    await requirePermission(withDb(ctx, tx), "backtest.run");
    await tx.$executeRaw`
      UPDATE backtests SET status = 'canceled', finished_at = now()
      WHERE workspace_id = ${workspaceId}::uuid AND id = ${backtestId}::uuid AND status IN ('queued', 'running')`;
    await publishChange(tx, workspaceId, "backtests");
    return { ok: true };
  });
}
