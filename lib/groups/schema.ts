import { z } from "zod";
import { MAX_APPROVERS } from "@/lib/domain/access/limits";
import { displayNameSchema } from "@/lib/domain/text/display-name";

export const GROUP_NAME_MAX_LENGTH = 80;

export const newGroupSchema = z.strictObject({
  name: displayNameSchema(GROUP_NAME_MAX_LENGTH),
  /** Addresses of members of the workspace. */
  members: z
    .array(z.string())
    .min(1, { error: "choose at least one member" })
    .max(MAX_APPROVERS, { error: `must be at most ${MAX_APPROVERS} members` })
    .transform((emails) => [...new Set(emails)].sort()),
});
export type NewGroup = z.output<typeof newGroupSchema>;

export const groupEditSchema = newGroupSchema.extend({ id: z.uuid() });
export type GroupEdit = z.output<typeof groupEditSchema>;

/** What would end if a group had these members. */
export const groupMembersSchema = z.strictObject({ id: z.uuid(), members: z.array(z.string()).max(MAX_APPROVERS) });

export const groupIdSchema = z.strictObject({ id: z.uuid() });
