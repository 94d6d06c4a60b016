import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction, rollBack } from "@/lib/db/transaction";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import { countDown, FOREVER } from "@/lib/limits/count-up";
import { publishChange } from "@/lib/live/publish-change";
import { type WorkspaceContext, withDb } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { managedByOf } from "./action-document";
import { countActiveAction } from "./count-active-action";
import { getAction } from "./list-actions";
import { type Confirmation, needsAnotherPerson, proposeChange } from "./propose-change";
import { refuseEditConflict } from "./refuse-edit-conflict";
import { refuseUnknownAction } from "./refuse-unknown-action";

/**
 * Activates or deactivates an action; proposals of a deactivated one are blocked. Asking for what is so changes nothing. With `configVersion`, only in
 * that state of the action. A file doesn't say whether an action is active, so one that is as its file says stays so. Where
 * the workspace asks for a second person, an activation is kept as a proposal; a deactivation only makes decisions stricter, so it isn't.
 */
export function setActionActive(
  ctx: WorkspaceContext,
  { name, isActive, configVersion }: { name: string; isActive: boolean; configVersion?: number | undefined },
  { confirms }: { confirms?: Confirmation } = {},
): Promise<{ ok: true; proposalId: string | null } | Refusal> {
  return inTransaction(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    await requirePermission(inner, "action.manage");
    await tx.$executeRaw`
      SELECT FROM registered_actions WHERE workspace_id = ${ctx.workspaceId}::uuid AND name = ${name} FOR NO KEY UPDATE`;
    const action = await getAction(inner, name);
    if (!action) return refuseUnknownAction(name);
    if (configVersion !== undefined && action.configVersion !== configVersion) return refuseEditConflict(inner, action);
    if (action.isActive === isActive) return { ok: true, proposalId: null };
    if (isActive && !confirms && (await needsAnotherPerson(inner))) {
      const proposal = { kind: "activate", actionId: action.id, name, change: {}, base: String(action.configVersion) } as const;
      return { ok: true, proposalId: await proposeChange(inner, proposal) };
    }
    const nextVersion = action.configVersion + 1;
    const managed = managedByOf(action)?.is_current ? { managedConfigVersion: nextVersion } : {};
    await tx.registeredAction.update({ where: { id: action.id }, data: { isActive, configVersion: nextVersion, ...managed } });
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
      data: {
        name,
        before: { is_active: !isActive },
        after: { is_active: isActive },
        ...(confirms && { proposed_by: confirms.proposedBy }),
      },
    });
    await publishChange(tx, ctx.workspaceId, "actions");
    return { ok: true, proposalId: null };
  });
}
