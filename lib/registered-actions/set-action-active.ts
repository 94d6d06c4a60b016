import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction, rollBack } from "@/lib/db/transaction";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import { countDown, FOREVER } from "@/lib/limits/count-up";
import { publishChange } from "@/lib/live/publish-change";
import { type WorkspaceContext, withDb } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { countActiveAction } from "./count-active-action";
import { refuseUnknownAction } from "./refuse-unknown-action";

/** Activates or deactivates an action; proposals of a deactivated one are blocked. Asking for what is so changes nothing. */
export function setActionActive(
  ctx: WorkspaceContext,
  { name, isActive }: { name: string; isActive: boolean },
): Promise<{ ok: true } | Refusal> {
  return inTransaction(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    await requirePermission(inner, "action.manage");
    const action = await tx.registeredAction.findUnique({ where: { workspaceId_name: { workspaceId: ctx.workspaceId, name } } });
    if (!action) return refuseUnknownAction(name);
    const { count } = await tx.registeredAction.updateMany({
      where: { id: action.id, isActive: !isActive },
      data: { isActive, configVersion: { increment: 1 } },
    });
    if (count === 0) return { ok: true };
    if (isActive) {
      const refusal = await countActiveAction(inner);
      if (refusal) return rollBack(refusal);
    } else {
      await countDown(tx, "active_actions", ctx.workspaceId, FOREVER);
    }
    await recordAuditEvent(inner, {
      verb: isActive ? "action.activated" : "action.deactivated",
      subjectType: "action",
      subjectId: action.id,
      data: { name, before: { is_active: !isActive }, after: { is_active: isActive } },
    });
    await publishChange(tx, ctx.workspaceId, "actions");
    return { ok: true };
  });
}
