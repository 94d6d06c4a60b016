import { isDeepStrictEqual } from "node:util";
import { endLostGrants } from "@/lib/approvers/end-lost-grants";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction } from "@/lib/db/transaction";
import { actionChanges, changesForAudit } from "@/lib/domain/policy/action-changes";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { publishChange } from "@/lib/live/publish-change";
import { type WorkspaceContext, withDb } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { actionState } from "./action-state";
import { endShadowInForce } from "./end-shadow";
import { getAction } from "./list-actions";
import { policySettingsOf } from "./policy-rule";
import { type Confirmation, needsAnotherPerson, proposeChange } from "./propose-change";
import { refuseEditConflict } from "./refuse-edit-conflict";
import { refuseUnknownAction } from "./refuse-unknown-action";
import { settingsOf } from "./settings-of";
import { writePolicyVersion } from "./write-policy-version";

/**
 * Restores an old policy as a new version: the history only grows. Other settings stay as they are, approvers and approvals among them. Where the
 * workspace asks for a second person, it is kept as a proposal.
 */
export function restorePolicy(
  ctx: WorkspaceContext,
  { name, version, configVersion }: { name: string; version: number; configVersion: number },
  { confirms }: { confirms?: Confirmation } = {},
): Promise<{ ok: true; policyVersion: number; proposalId: string | null } | Refusal> {
  return inTransaction(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    await requirePermission(inner, "action.manage");
    await tx.$executeRaw`
      SELECT FROM registered_actions WHERE workspace_id = ${ctx.workspaceId}::uuid AND name = ${name} FOR NO KEY UPDATE`;
    const action = await getAction(inner, name);
    if (!action) return refuseUnknownAction(name);
    if (action.configVersion !== configVersion) return refuseEditConflict(inner, action);
    const old = await tx.policyVersion.findUnique({ where: { actionId_version: { actionId: action.id, version } } });
    if (!old) return refuse("not_found", `The policy of ${name} has no version ${version}.`);
    const [before, policy] = [settingsOf(action), policySettingsOf(old)];
    if (isDeepStrictEqual(before.policy, policy))
      return refuse("validation_failed", `Version ${version} is the same as the policy in force.`);
    const changes = changesForAudit(actionChanges(actionState(before), actionState({ ...before, policy })));
    if (!confirms && (await needsAnotherPerson(inner))) {
      const proposal = { kind: "restore", actionId: action.id, name, change: { version }, base: String(configVersion) } as const;
      const proposalId = await proposeChange(inner, { ...proposal, differences: changes });
      return { ok: true, policyVersion: action.policyVersion, proposalId };
    }
    const policyVersion = action.policyVersion + 1;
    await writePolicyVersion(inner, { actionId: action.id, version: policyVersion, settings: { ...before, policy }, confirms });
    await tx.registeredAction.update({ where: { id: action.id }, data: { policyVersion, configVersion: configVersion + 1 } });
    await endLostGrants(inner);
    await recordAuditEvent(inner, {
      verb: "action.edited",
      subjectType: "action",
      subjectId: action.id,
      data: {
        name,
        policy_version: policyVersion,
        restored_version: version,
        ...(confirms && { proposed_by: confirms.proposedBy }),
        ...changes,
      },
    });
    await endShadowInForce(inner, action, { ...before, policy });
    await publishChange(tx, ctx.workspaceId, "actions");
    return { ok: true, policyVersion, proposalId: null };
  });
}
