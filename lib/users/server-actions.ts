"use server";

import { getUser } from "@/lib/auth/get-user";
import { publicServerAction, userServerAction } from "@/lib/auth/server-action";
import { changePassword } from "./change-password";
import { confirmSignUp } from "./confirm-sign-up";
import { endAbsence } from "./end-absence";
import { renameUser } from "./rename-user";
import { requestAccountLink } from "./request-account-link";
import { resetPassword } from "./reset-password";
import { revokeAllSessions, revokeSession } from "./revoke-session";
import {
  absenceSchema,
  changePasswordSchema,
  confirmSignUpSchema,
  mailLinkSchema,
  nothingSchema,
  renameSchema,
  resetPasswordSchema,
  sessionIdSchema,
  signUpSchema,
} from "./schema";
import { setAbsence } from "./set-absence";
import { signUp } from "./sign-up";

export const submitSignUp = publicServerAction(signUpSchema, ({ ctx, ...request }, input) => signUp(ctx, input, request));
export const submitSignUpConfirmation = publicServerAction(confirmSignUpSchema, ({ ctx, ...request }, input) =>
  confirmSignUp(ctx, input, request),
);
export const mailSignInLink = publicServerAction(mailLinkSchema, ({ ctx, ...request }, input) =>
  requestAccountLink(ctx, "sign_in", input, request),
);
export const mailPasswordReset = publicServerAction(mailLinkSchema, ({ ctx, ...request }, input) =>
  requestAccountLink(ctx, "reset_password", input, request),
);
export const submitNewPassword = publicServerAction(resetPasswordSchema, ({ ctx }, input) => resetPassword(ctx, input));

export const renameMe = userServerAction(renameSchema, renameUser);
export const changeMyPassword = userServerAction(changePasswordSchema, async (ctx, input) =>
  changePassword(ctx, { ...input, sessionId: await ownSessionId() }),
);
export const revokeMySession = userServerAction(sessionIdSchema, (ctx, { sessionId }) => revokeSession(ctx, sessionId));
export const setMyAbsence = userServerAction(absenceSchema, setAbsence);
export const endMyAbsence = userServerAction(nothingSchema, endAbsence);
export const signMeOutEverywhere = userServerAction(nothingSchema, revokeAllSessions);

async function ownSessionId(): Promise<string> {
  const user = await getUser();
  if (!user) throw new Error("The session ended while the request was being handled.");
  return user.sessionId;
}
