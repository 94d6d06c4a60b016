import { v7 as uuidv7 } from "uuid";
import { MAX_GROUPS } from "@/lib/domain/access/limits";
import { type Refusal, refuseField } from "@/lib/domain/refusals/refusal";
import { actorName } from "@/lib/members/actor-name";
import type { WorkspaceContext } from "@/lib/security/context";
import { type ChangedGroup, changeGroups, findMembers, refuseTakenName } from "./change-groups";
import type { NewGroup } from "./schema";

/** Creates a group of members, whom actions can ask by its name. */
export function createGroup(ctx: WorkspaceContext, { name, members }: NewGroup): Promise<ChangedGroup | Refusal> {
  return changeGroups(ctx, async (inner) => {
    const { db, workspaceId } = inner;
    const taken = await refuseTakenName(inner, name, null);
    if (taken) return taken;
    if ((await db.approverGroup.count({ where: { workspaceId } })) >= MAX_GROUPS)
      return refuseField("name", `A workspace can have ${MAX_GROUPS} groups. Delete one first.`);
    const userIds = await findMembers(inner, members);
    if ("ok" in userIds) return userIds;
    const id = uuidv7();
    await db.approverGroup.create({ data: { id, workspaceId, name, createdBy: actorName(inner) } });
    await db.approverGroupMember.createMany({ data: userIds.map((userId) => ({ workspaceId, groupId: id, userId })) });
    return { id, event: { verb: "group.created", data: { name, members } } };
  });
}
