import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { endPendingProposal } from "@/lib/registered-actions/end-pending-proposal";
import type { WorkspaceContext } from "@/lib/security/context";
import { type ChangedGroup, changeGroups, lockGroup, refuseUnknownGroup } from "./change-groups";
import { listAskingActions } from "./list-asking-actions";

/** Deletes a group that no action asks. */
export function deleteGroup(ctx: WorkspaceContext, id: string): Promise<ChangedGroup | Refusal> {
  return changeGroups(ctx, async (inner) => {
    const { db, workspaceId } = inner;
    await lockGroup(inner, id);
    const group = await db.approverGroup.findFirst({ where: { workspaceId, id } });
    if (!group) return refuseUnknownGroup();
    const asking = await listAskingActions(inner, group.name);
    if (asking.length > 0) {
      const titles = asking.map(({ title }) => title).join(", ");
      return refuse("validation_failed", `Actions ask this group: ${titles}. Name other approvers for them first.`, {
        fields: { actions: asking.map(({ name }) => name) },
      });
    }
    // Before it goes with the group, and any email about it: webhooks and the activity have that it ended.
    const pending = await db.policyProposal.findFirst({ where: { workspaceId, groupId: id, status: "pending" } });
    if (pending) await endPendingProposal(inner, pending, { as: "stale", name: group.name });
    await db.approverGroup.delete({ where: { id } });
    return { id, event: { verb: "group.deleted", data: { name: group.name } } };
  });
}
