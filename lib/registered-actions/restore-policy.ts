import { isDeepStrictEqual } from "node:util";
import { endLostGrants } from "@/lib/approvers/end-lost-grants";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction, rollBack } from "@/lib/db/transaction";
import { actionChanges, changesForAudit } from "@/lib/domain/policy/action-changes";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { publishChange } from "@/lib/live/publish-change";
import { type WorkspaceContext, withDb } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { actionState } from "./action-state";
import { getAction } from "./list-actions";
import { policySettingsOf } from "./policy-rule";
import { refuseEditConflict } from "./refuse-edit-conflict";
import { refuseUnknownAction } from "./refuse-unknown-action";
import { settingsOf } from "./settings-of";
import { writePolicyVersion } from "./write-policy-version";

/** Restores an old policy as a new version: the history only grows. Other settings stay as they are, approvers and approvals among them. */
export function restorePolicy(
  ctx: WorkspaceContext,
  { name, version, configVersion }: { name: string; version: number; configVersion: number },
): Promise<{ ok: true; policyVersion: number } | Refusal> {
  return inTransaction(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    await requirePermission(inner, "action.manage");
    const { count } = await tx.registeredAction.updateMany({
      where: { workspaceId: ctx.workspaceId, name, configVersion },
      data: { configVersion: { increment: 1 } },
    });
    const action = await getAction(inner, name);
    if (!action) return refuseUnknownAction(name);
    if (count === 0) return refuseEditConflict(inner, action);
    const old = await tx.policyVersion.findUnique({ where: { actionId_version: { actionId: action.id, version } } });
    if (!old) return rollBack(refuse("not_found", `The policy of ${name} has no version ${version}.`));
    const [before, policy] = [settingsOf(action), policySettingsOf(old)];
    if (isDeepStrictEqual(before.policy, policy))
      return rollBack(refuse("validation_failed", `Version ${version} is the same as the policy in force.`));
    const policyVersion = action.policyVersion + 1;
    await writePolicyVersion(inner, { actionId: action.id, version: policyVersion, settings: { ...before, policy } });
    await tx.registeredAction.update({ where: { id: action.id }, data: { policyVersion } });
    await endLostGrants(inner);
    const changes = changesForAudit(actionChanges(actionState(before), actionState({ ...before, policy })));
    await recordAuditEvent(inner, {
      verb: "action.edited",
      subjectType: "action",
      subjectId: action.id,
      data: { name, policy_version: policyVersion, restored_version: version, ...changes },
    });
    await publishChange(tx, ctx.workspaceId, "actions");
    return { ok: true, policyVersion };
  });
}
