"use server";

import { memberServerAction } from "@/lib/auth/server-action";
import { createGroup } from "./create-group";
import { deleteGroup } from "./delete-group";
import { editGroup } from "./edit-group";
import { getDroppedFromGroup } from "./get-dropped-from-group";
import { groupEditSchema, groupIdSchema, groupMembersSchema, newGroupSchema } from "./schema";

export const submitNewGroup = memberServerAction(newGroupSchema, (ctx, input) => createGroup(ctx, input));

export const submitEditedGroup = memberServerAction(groupEditSchema, (ctx, input) => editGroup(ctx, input));

/** Shows, before an edit is saved, whose pending requests it ends. */
export const lookAtDroppedFromGroup = memberServerAction(groupMembersSchema, (ctx, input) => getDroppedFromGroup(ctx, input));

export const removeGroup = memberServerAction(groupIdSchema, (ctx, { id }) => deleteGroup(ctx, id));
