import { z } from "zod";
import { emailSchema } from "@/lib/domain/access/email-address";
import { INVITED_ROLES, ROLES } from "@/lib/domain/access/roles";
import { passwordSchema, personNameSchema } from "@/lib/users/schema";

export const inviteMemberSchema = z.strictObject({
  email: emailSchema,
  role: z.enum(INVITED_ROLES, { error: "must be one of the roles" }),
});
export const invitationIdSchema = z.strictObject({ invitationId: z.uuid() });
export const changeRoleSchema = z.strictObject({ userId: z.uuid(), role: z.enum(ROLES, { error: "must be one of the roles" }) });
export const memberIdSchema = z.strictObject({ userId: z.uuid() });
export const accountIdSchema = z.strictObject({ userId: z.uuid() });
/** What else ends with an account that is disabled or a membership, and who takes pending requests over. */
export const disableAccountSchema = z.strictObject({
  userId: z.uuid(),
  revokesKeys: z.boolean().optional(),
  revokesShares: z.boolean().optional(),
  reassignTo: emailSchema.optional(),
});
export const removeMemberSchema = disableAccountSchema;

const token = z.string().min(1).max(200);
export const acceptInvitationSchema = z.strictObject({ token });
export const joinSchema = z.strictObject({ token, name: personNameSchema, password: passwordSchema });

export type InviteMember = z.output<typeof inviteMemberSchema>;
export type ChangeRole = z.output<typeof changeRoleSchema>;
export type Join = z.output<typeof joinSchema>;
