"use server";

import { memberServerAction, operatorServerAction, publicServerAction, userServerAction } from "@/lib/auth/server-action";
import { nothingSchema } from "@/lib/users/schema";
import { acceptInvitation } from "./accept-invitation";
import { changeRole } from "./change-role";
import { disableAccount, enableAccount } from "./disable-account";
import { findInvitationLink as findLink } from "./find-invitation-link";
import { getMemberRights } from "./get-member-rights";
import { getRoleEndings } from "./get-role-endings";
import { inviteMember } from "./invite-member";
import { joinWithNewAccount } from "./join-with-new-account";
import { leaveWorkspace, removeMember } from "./remove-member";
import { renewInvitation } from "./renew-invitation";
import { revokeInvitation } from "./revoke-invitation";
import {
  acceptInvitationSchema,
  accountIdSchema,
  changeRoleSchema,
  disableAccountSchema,
  invitationIdSchema,
  inviteMemberSchema,
  joinSchema,
  memberIdSchema,
  removeMemberSchema,
} from "./schema";

export const submitInvitation = memberServerAction(inviteMemberSchema, inviteMember);
export const mailInvitationAgain = memberServerAction(invitationIdSchema, (ctx, { invitationId }) => renewInvitation(ctx, invitationId));
export const takeInvitationBack = memberServerAction(invitationIdSchema, (ctx, { invitationId }) => revokeInvitation(ctx, invitationId));
export const giveRole = memberServerAction(changeRoleSchema, changeRole);
/** Shows, before a role is given, whose pending requests it ends. */
export const lookAtRoleEndings = memberServerAction(changeRoleSchema, getRoleEndings);
export const takeMemberOut = memberServerAction(removeMemberSchema, (ctx, { userId, ...revokes }) => removeMember(ctx, userId, revokes));
export const lookAtMemberRights = memberServerAction(memberIdSchema, getMemberRights);
export const leave = memberServerAction(nothingSchema, leaveWorkspace);

export const findInvitationLink = operatorServerAction(invitationIdSchema, findLink);
export const disableUser = operatorServerAction(disableAccountSchema, disableAccount);
export const enableUser = operatorServerAction(accountIdSchema, enableAccount);

export const joinAsMe = userServerAction(acceptInvitationSchema, (ctx, { token }) => acceptInvitation(ctx, token));
export const joinAsNew = publicServerAction(joinSchema, ({ ctx }, input) => joinWithNewAccount(ctx, input));
