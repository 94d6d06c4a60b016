import { inTransaction } from "@/lib/db/transaction";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import { publishChange } from "@/lib/live/publish-change";
import { type ActionWithPolicy, getAction } from "@/lib/registered-actions/list-actions";
import { refuseUnknownAction } from "@/lib/registered-actions/refuse-unknown-action";
import { type WorkspaceContext, withDb } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { lockWorkspace, refuseUnknownWorkspace } from "@/lib/workspaces/lock-workspace";

/**
 * The transaction in which a shadow policy is started or stopped, one after the other. A proposal that is being decided beside another one
 * is decided again, so none keeps the answer of a shadow policy that had ended before it. The action itself stays as it is: whoever edits it
 * or confirms a change of it isn't disturbed.
 */
export function changeShadow<Done extends { ok: true }>(
  ctx: WorkspaceContext,
  name: string,
  change: (inner: WorkspaceContext, action: ActionWithPolicy) => Promise<Done | Refusal>,
): Promise<Done | Refusal> {
  return inTransaction<Done | Refusal>(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    await requirePermission(inner, "action.manage");
    if (!(await lockWorkspace(inner))) return refuseUnknownWorkspace();
    await tx.$executeRaw`
      SELECT FROM registered_actions WHERE workspace_id = ${ctx.workspaceId}::uuid AND name = ${name} FOR NO KEY UPDATE`;
    const action = await getAction(inner, name);
    if (!action) return refuseUnknownAction(name);
    const changed = await change(inner, action);
    if (!changed.ok) return changed;
    await tx.workspace.update({ where: { id: ctx.workspaceId }, data: { configVersion: { increment: 1 } } });
    await publishChange(tx, ctx.workspaceId, "actions");
    return changed;
  });
}
