import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { ManagedBy } from "@/lib/contract/manage-actions";
import { inTransaction, rollBack } from "@/lib/db/transaction";
import { actionChanges } from "@/lib/domain/policy/action-changes";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import { publishChange } from "@/lib/live/publish-change";
import { type WorkspaceContext, withDb } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { actionState } from "./action-state";
import { getAction } from "./list-actions";
import { refuseEditConflict } from "./refuse-edit-conflict";
import { refuseUnknownAction } from "./refuse-unknown-action";
import type { ActionSettings } from "./schema";
import { settingsOf } from "./settings-of";
import { withGroupMembers } from "./with-group-members";

/**
 * Records the file that an action was set from, or that none is. Only while the action is as the file says, so that the page never names a file for
 * what someone else saved. It decides nothing, so it raises no version. Recording what is recorded changes nothing.
 */
export function recordManagedBy(
  ctx: WorkspaceContext,
  { settings: given, managedBy }: { settings: ActionSettings; managedBy: ManagedBy | null },
): Promise<{ ok: true } | Refusal> {
  const { name } = given;
  return inTransaction<{ ok: true } | Refusal>(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    await requirePermission(inner, "action.manage");
    const settings = await withGroupMembers(inner, given, { mayBeEmpty: true });
    if ("ok" in settings) return settings;
    await tx.$executeRaw`
      SELECT FROM registered_actions WHERE workspace_id = ${ctx.workspaceId}::uuid AND name = ${name} FOR NO KEY UPDATE`;
    const action = await getAction(inner, name);
    if (!action) return refuseUnknownAction(name);
    if (actionChanges(actionState(settingsOf(action)), actionState(settings)).length > 0)
      return rollBack(await refuseEditConflict(inner, action));
    const managed = {
      managedFile: managedBy?.file ?? null,
      managedCommit: managedBy?.commit ?? null,
      managedConfigVersion: managedBy === null ? null : action.configVersion,
    };
    const isRecorded =
      action.managedFile === managed.managedFile &&
      action.managedCommit === managed.managedCommit &&
      action.managedConfigVersion === managed.managedConfigVersion;
    if (isRecorded) return { ok: true };
    await tx.registeredAction.update({ where: { id: action.id }, data: managed });
    await recordAuditEvent(inner, {
      verb: managedBy === null ? "action.released" : "action.managed",
      subjectType: "action",
      subjectId: action.id,
      data: { name, file: managedBy?.file ?? action.managedFile, commit: managedBy?.commit ?? null },
    });
    await publishChange(tx, ctx.workspaceId, "actions");
    return { ok: true };
  });
}
