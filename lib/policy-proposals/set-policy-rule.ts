import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction } from "@/lib/db/transaction";
import { type Refusal, refuseField } from "@/lib/domain/refusals/refusal";
import { publishChange } from "@/lib/live/publish-change";
import { listConfirmers } from "@/lib/registered-actions/policy-mail";
import { type Confirmation, needsAnotherPerson, proposeChange } from "@/lib/registered-actions/propose-change";
import { type WorkspaceContext, withDb } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { lockWorkspace, refuseUnknownWorkspace } from "@/lib/workspaces/lock-workspace";

/**
 * Says whether policy changes wait for a second person. Turning it on is immediate, if there are two who could confirm. Turning it off is a change like
 * those that it guards, so it waits for a second person as well.
 */
export function setPolicyRule(
  ctx: WorkspaceContext,
  { policyChangeNeedsAnotherPerson: after }: { policyChangeNeedsAnotherPerson: boolean },
  { confirms }: { confirms?: Confirmation } = {},
): Promise<{ ok: true; proposalId: string | null } | Refusal> {
  return inTransaction<{ ok: true; proposalId: string | null } | Refusal>(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    await requirePermission(inner, confirms ? "policy_change.confirm" : "policy_rule.manage");
    if (!(await lockWorkspace(inner))) return refuseUnknownWorkspace();
    const before = await needsAnotherPerson(inner);
    if (before === after) return { ok: true, proposalId: null };
    if (after && (await listConfirmers(inner)).length < 2)
      return refuseField(
        "policyChangeNeedsAnotherPerson",
        "Two people must be owners or admins first. Invite one, or change a member’s role.",
      );
    if (!after && !confirms) {
      const proposalId = await proposeChange(inner, { kind: "rule", name: null, change: {}, base: "on" });
      await publishChange(tx, ctx.workspaceId, "workspace");
      return { ok: true, proposalId };
    }
    await tx.workspace.update({ where: { id: ctx.workspaceId }, data: { policyChangeNeedsAnotherPerson: after } });
    await recordAuditEvent(inner, {
      verb: "workspace.policy_rule_changed",
      subjectType: "workspace",
      subjectId: ctx.workspaceId,
      data: {
        before: { policy_change_needs_another_person: before },
        after: { policy_change_needs_another_person: after },
        ...(confirms && { proposed_by: confirms.proposedBy }),
      },
    });
    await publishChange(tx, ctx.workspaceId, "workspace", "actions");
    return { ok: true, proposalId: null };
  });
}
