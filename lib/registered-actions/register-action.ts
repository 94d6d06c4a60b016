import { v7 as uuidv7 } from "uuid";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction, rollBack } from "@/lib/db/transaction";
import { type Refusal, refuseField } from "@/lib/domain/refusals/refusal";
import { publishChange } from "@/lib/live/publish-change";
import { type WorkspaceContext, withDb } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { actionState } from "./action-state";
import { countActiveAction } from "./count-active-action";
import { NO_APPROVERS, refuseApproverChange } from "./refuse-approver-change";
import { actionSchema, type NewAction } from "./schema";
import { withGroupMembers } from "./with-group-members";
import { writePolicyVersion } from "./write-policy-version";

/** Registers an action, active immediately, with version 1 of its policy. The name is unique in the workspace. */
export function registerAction(ctx: WorkspaceContext, input: NewAction): Promise<{ ok: true; actionId: string } | Refusal> {
  const given = actionSchema.parse(input);
  return inTransaction(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    await requirePermission(inner, "action.manage");
    const filled = await withGroupMembers(inner, given);
    if ("ok" in filled) return filled;
    const { policy: _, ...settings } = filled;
    const refusal = (await refuseApproverChange(inner, NO_APPROVERS, filled)) ?? (await countActiveAction(inner));
    if (refusal) return refusal;
    const id = uuidv7();
    const { count } = await tx.registeredAction.createMany({
      data: [{ id, workspaceId: ctx.workspaceId, ...settings, policyVersion: 1 }],
      skipDuplicates: true,
    });
    if (count === 0) return rollBack(refuseTakenName(settings.name));
    await writePolicyVersion(inner, { actionId: id, version: 1, settings: filled });
    await recordAuditEvent(inner, {
      verb: "action.registered",
      subjectType: "action",
      subjectId: id,
      data: { name: settings.name, policy_version: 1, after: actionState(filled) },
    });
    await publishChange(tx, ctx.workspaceId, "actions");
    return { ok: true, actionId: id };
  });
}

function refuseTakenName(name: string): Refusal {
  const message = `An action named ${name} already exists in this workspace.`;
  return refuseField("name", message);
}
