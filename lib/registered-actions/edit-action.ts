import { isDeepStrictEqual } from "node:util";
import { droppedApprovers } from "@/lib/approvers/dropped-approvers";
import { endLostGrants } from "@/lib/approvers/end-lost-grants";
import { withdrawApprover } from "@/lib/approvers/withdraw-approver";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { ManagedBy } from "@/lib/contract/manage-actions";
import { inTransaction } from "@/lib/db/transaction";
import { actionChanges, changesForAudit } from "@/lib/domain/policy/action-changes";
import { changesDecisions } from "@/lib/domain/policy/policy-proposals";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import { publishChange } from "@/lib/live/publish-change";
import { type WorkspaceContext, withDb } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { managedByOf, writeActionDocument } from "./action-document";
import { actionState } from "./action-state";
import { endShadowInForce } from "./end-shadow";
import { runsOfAction } from "./get-dropped-approvers";
import { getAction } from "./list-actions";
import { asStored, type Confirmation, needsAnotherPerson, proposeChange } from "./propose-change";
import { refuseApproverChange } from "./refuse-approver-change";
import { refuseEditConflict } from "./refuse-edit-conflict";
import { refuseUnknownAction } from "./refuse-unknown-action";
import { actionSchema, type NewAction } from "./schema";
import { settingsOf } from "./settings-of";
import { stagesOfAction } from "./stages-of-action";
import { refuseNewEmptyGroup, withGroupMembers } from "./with-group-members";
import { writePolicyVersion } from "./write-policy-version";

interface EditOptions {
  /** What is confirmed by this edit. */
  confirms?: Confirmation;
  /** For who confirms it, if it needs a second person. */
  comment?: string | undefined;
  /** The file that it comes from, which a confirmation records. */
  managedBy?: ManagedBy | null | undefined;
}

/**
 * Replaces an action's settings. Another policy, or another number of approvals, becomes a new version; the runs that an older one decided keep pointing
 * at it. The name stays: agents call it. With `configVersion`, the edit is of that state of the action and of no other: who
 * saves second is told what was changed meanwhile, and by whom. Saving what is so already changes nothing. People who are no longer
 * named are no longer asked about pending runs either: their links end, and those who are named now are asked instead. Where only the members
 * of a group change, the action stays as its file says. Where the workspace asks for a second person, an edit that changes decisions is kept as a
 * proposal: `proposalId`.
 */
export function editAction(
  ctx: WorkspaceContext,
  { configVersion, ...input }: NewAction & { configVersion?: number | undefined },
  { confirms, comment, managedBy }: EditOptions = {},
): Promise<{ ok: true; policyVersion: number; proposalId: string | null } | Refusal> {
  const { name, ...given } = actionSchema.parse(input);
  return inTransaction(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    await requirePermission(inner, "action.manage");
    const filled = await withGroupMembers(inner, given, { mayBeEmpty: true });
    if ("ok" in filled) return filled;
    const { policy, ...settings } = filled;
    // Taking the row's lock first makes two edits follow each other, each with a version of its own.
    await tx.$executeRaw`
      SELECT FROM registered_actions WHERE workspace_id = ${ctx.workspaceId}::uuid AND name = ${name} FOR NO KEY UPDATE`;
    const current = await getAction(inner, name);
    if (!current) return refuseUnknownAction(name);
    if (configVersion !== undefined && current.configVersion !== configVersion) return refuseEditConflict(inner, current);
    const before = settingsOf(current);
    const changes = actionChanges(actionState(before), actionState(filled));
    const unchanged = { ok: true, policyVersion: current.policyVersion, proposalId: null } as const;
    if (changes.length === 0) return unchanged;
    const refusal = refuseNewEmptyGroup(before, settings) ?? (await refuseApproverChange(inner, before, filled));
    if (refusal) return refusal;
    const change = asStored({ ...filled, name });
    // A group that it newly asks may have other members by now than those who were confirmed.
    if (confirms?.settings && !isDeepStrictEqual(change, confirms.settings)) return refuseEditConflict(inner, current);
    if (!confirms && changesDecisions(changes) && (await needsAnotherPerson(inner))) {
      const proposalId = await proposeChange(inner, {
        kind: "edit",
        actionId: current.id,
        name,
        change: { settings: change, managedBy },
        base: String(current.configVersion),
        comment,
        differences: changesForAudit(changes),
      });
      return { ...unchanged, proposalId };
    }
    const isSamePolicy =
      isDeepStrictEqual(before.policy, policy) &&
      isDeepStrictEqual(before.ruleApprovers, settings.ruleApprovers) &&
      isDeepStrictEqual(stagesOfAction(before), stagesOfAction(settings));
    const policyVersion = isSamePolicy ? current.policyVersion : current.policyVersion + 1;
    if (!isSamePolicy) await writePolicyVersion(inner, { actionId: current.id, version: policyVersion, settings: filled, confirms });
    const nextVersion = current.configVersion + 1;
    const saysTheSame = isDeepStrictEqual(writeActionDocument(before), writeActionDocument({ ...filled, name }));
    const managed = managedByOf(current)?.is_current && saysTheSame ? { managedConfigVersion: nextVersion } : {};
    await tx.registeredAction.update({
      where: { id: current.id },
      data: { ...settings, policyVersion, configVersion: nextVersion, ...managed },
    });
    for (const email of droppedApprovers(before, settings)) {
      await withdrawApprover(inner, { email, reason: "replaced", of: runsOfAction(current.id) });
    }
    await endLostGrants(inner);
    await recordAuditEvent(inner, {
      verb: "action.edited",
      subjectType: "action",
      subjectId: current.id,
      data: { name, policy_version: policyVersion, ...(confirms && { proposed_by: confirms.proposedBy }), ...changesForAudit(changes) },
    });
    await endShadowInForce(inner, current, { ...filled, name });
    await publishChange(tx, ctx.workspaceId, "actions");
    return { ok: true, policyVersion, proposalId: null };
  });
}
