import { isDeepStrictEqual } from "node:util";
import { droppedApprovers } from "@/lib/approvers/dropped-approvers";
import { endLostGrants } from "@/lib/approvers/end-lost-grants";
import { withdrawApprover } from "@/lib/approvers/withdraw-approver";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction } from "@/lib/db/transaction";
import { actionChanges, changesForAudit } from "@/lib/domain/policy/action-changes";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { publishChange } from "@/lib/live/publish-change";
import { type WorkspaceContext, withDb } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { actionState } from "./action-state";
import { endShadowInForce } from "./end-shadow";
import { runsOfAction } from "./get-dropped-approvers";
import { getAction } from "./list-actions";
import { policySettingsOf, ruleApproversOf } from "./policy-rule";
import { type Confirmation, needsAnotherPerson, proposeChange } from "./propose-change";
import { refuseApproverChange } from "./refuse-approver-change";
import { refuseEditConflict } from "./refuse-edit-conflict";
import { refuseUnknownAction } from "./refuse-unknown-action";
import { draftOf } from "./schema";
import { settingsOf } from "./settings-of";
import { withGroupMembers } from "./with-group-members";
import { writePolicyVersion } from "./write-policy-version";

/**
 * Restores an old policy as a new version, with its rules' own approvers: the history only grows. Other settings stay as they are, the action's
 * approvers and approvals among them. Where the workspace asks for a second person, it is kept as a proposal.
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
    const before = settingsOf(action);
    const restored = { ...before, policy: policySettingsOf(old), ruleApprovers: ruleApproversOf(old) };
    const after = isDeepStrictEqual(before.ruleApprovers, restored.ruleApprovers) ? restored : await withGroupMembers(inner, restored);
    if ("ok" in after) return after;
    if (isDeepStrictEqual(draftOf(before), draftOf(after)))
      return refuse("validation_failed", `Version ${version} is the same as the policy in force.`);
    const refusal = await refuseApproverChange(inner, before, after);
    if (refusal) return refusal;
    const changes = changesForAudit(actionChanges(actionState(before), actionState(after)));
    if (!confirms && (await needsAnotherPerson(inner))) {
      const proposal = { kind: "restore", actionId: action.id, name, change: { version }, base: String(configVersion) } as const;
      const proposalId = await proposeChange(inner, { ...proposal, differences: changes });
      return { ok: true, policyVersion: action.policyVersion, proposalId };
    }
    const policyVersion = action.policyVersion + 1;
    await writePolicyVersion(inner, { actionId: action.id, version: policyVersion, settings: after, confirms });
    const { ruleApprovers } = after;
    await tx.registeredAction.update({
      where: { id: action.id },
      data: { ruleApprovers, policyVersion, configVersion: configVersion + 1 },
    });
    for (const email of droppedApprovers(before, after))
      await withdrawApprover(inner, { email, reason: "replaced", of: runsOfAction(action.id) });
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
    await endShadowInForce(inner, action, after);
    await publishChange(tx, ctx.workspaceId, "actions");
    return { ok: true, policyVersion, proposalId: null };
  });
}
