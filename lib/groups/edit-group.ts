import { isDeepStrictEqual } from "node:util";
import { rollBack } from "@/lib/db/transaction";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { editAction } from "@/lib/registered-actions/edit-action";
import { type Confirmation, needsAnotherPerson, proposeChange } from "@/lib/registered-actions/propose-change";
import { settingsOf } from "@/lib/registered-actions/settings-of";
import { refuseStages } from "@/lib/registered-actions/with-group-members";
import type { WorkspaceContext } from "@/lib/security/context";
import { type ChangedGroup, changeGroups, findMembers, lockGroup, refuseTakenName, refuseUnknownGroup } from "./change-groups";
import { groupBase, groupState, withMembers } from "./group-base";
import { listAskingActions, lockAskingActions } from "./list-asking-actions";
import type { GroupEdit } from "./schema";

/**
 * Changes a group's name and members. Every action that asks it is saved again, as if its approvers had been edited: people who leave the group
 * are no longer asked about pending runs, and others are asked in their place. Where an action would have too few people, or one twice,
 * nothing is changed. Where the workspace asks for a second person, a change of a group that actions ask is kept as a proposal.
 */
export function editGroup(
  ctx: WorkspaceContext,
  { id, name, members }: GroupEdit,
  { confirms, base }: { confirms?: Confirmation; base?: string } = {},
): Promise<ChangedGroup | Refusal> {
  return changeGroups(ctx, async (inner) => {
    const { db, workspaceId } = inner;
    await lockGroup(inner, id);
    const group = await db.approverGroup.findFirst({
      where: { workspaceId, id },
      include: withMembers,
    });
    if (!group) return refuseUnknownGroup();
    const before = groupState(group);
    if (base !== undefined && base !== groupBase(before))
      return refuse("edit_conflict", `The group “${group.name}” was changed meanwhile, so nothing was saved.`);
    const taken = await refuseTakenName(inner, name, id);
    if (taken) return taken;
    const userIds = await findMembers(inner, members);
    if ("ok" in userIds) return userIds;
    if (isDeepStrictEqual(before, { name, members })) return { id, event: null };
    await lockAskingActions(inner, group.name);
    const asking = await listAskingActions(inner, group.name);
    const after = { name, members };
    if (asking.length > 0 && !confirms && (await needsAnotherPerson(inner))) {
      const proposal = { kind: "group", groupId: id, name: group.name, change: after, base: groupBase(before) } as const;
      return { id, event: null, proposalId: await proposeChange(inner, { ...proposal, differences: { before, after } }) };
    }
    await db.approverGroup.update({ where: { id }, data: { name } });
    await db.approverGroupMember.deleteMany({ where: { groupId: id } });
    await db.approverGroupMember.createMany({ data: userIds.map((userId) => ({ workspaceId, groupId: id, userId })) });
    for (const action of asking) {
      const { approverGroup, laterStages, ruleApprovers, ...settings } = settingsOf(action);
      const renamed = <Stage extends { group?: string }>(stage: Stage) => (stage.group === group.name ? { ...stage, group: name } : stage);
      const edited = {
        ...settings,
        approverGroup: approverGroup === group.name ? name : approverGroup,
        laterStages: laterStages.map(renamed),
        ruleApprovers: ruleApprovers.map(renamed),
      };
      // Of people who are named one by one, too few may be left.
      const outcome = refuseStages(edited) ?? (await editAction(inner, edited, confirms && { confirms }));
      if (!outcome.ok) return rollBack(refuse(outcome.code, `${action.title} asks this group. ${outcome.detail}`));
    }
    const proposedBy = confirms && { proposed_by: confirms.proposedBy };
    return { id, event: { verb: "group.edited", data: { name, before, after, ...proposedBy } } };
  });
}
