import { accountContext, operatorContext, visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { acceptInvitation } from "@/lib/members/accept-invitation";
import { changeRole } from "@/lib/members/change-role";
import { disableAccount, enableAccount } from "@/lib/members/disable-account";
import { inviteMember } from "@/lib/members/invite-member";
import { leaveWorkspace, removeMember } from "@/lib/members/remove-member";
import { renewInvitation } from "@/lib/members/renew-invitation";
import { revokeInvitation } from "@/lib/members/revoke-invitation";
import { hashPassword } from "@/lib/security/hash-password";
import { changePassword } from "@/lib/users/change-password";
import { confirmSignUp } from "@/lib/users/confirm-sign-up";
import { issueAccountToken } from "@/lib/users/issue-account-token";
import { makeResetLink } from "@/lib/users/make-reset-link";
import { renameUser } from "@/lib/users/rename-user";
import { resetPassword } from "@/lib/users/reset-password";
import { revokeAllSessions, revokeSession } from "@/lib/users/revoke-session";
import { signInWithPassword } from "@/lib/users/sign-in-with-password";
import { mailedToken } from "./drain-jobs";
import { expectOk, makePerson, makeWorkspace, type TestWorkspace } from "./factories";

const PASSWORD = "toads wander over roads";
const REQUEST = { userAgent: "Test browser", clientAddress: "192.0.2.1" };

let made = 0;
const newEmail = () => `account-${++made}@example.com`;

async function account(workspace: TestWorkspace) {
  const { email, ctx } = await makePerson(workspace, null);
  const { userId: id } = ctx.actor;
  await getDb().user.update({ where: { id }, data: { passwordHash: await hashPassword(PASSWORD) } });
  const signIn = async () => expectOk(await signInWithPassword(visitorContext(), { email, password: PASSWORD }, REQUEST)).sessionId;
  return { id, email, ctx: accountContext({ id, email }, getDb()), signIn };
}

async function invitation(workspace: TestWorkspace, email = newEmail()) {
  const { invitationId } = expectOk(await inviteMember(workspace.ctx, { email, role: "viewer" }));
  return { invitationId, email };
}

/** What people do to accounts and members, each ready to go, with who does it and what of it is written down. */
export function accountCommands(workspaceOf: () => TestWorkspace) {
  const person = () => account(workspaceOf());
  return [
    [
      "user.signed_up",
      "user",
      async () => {
        const email = newEmail();
        const payload = { name: "Ada", password_hash: await hashPassword(PASSWORD) };
        const { token } = await issueAccountToken(getDb(), { kind: "sign_up", email, userId: null, payload });
        return { run: () => confirmSignUp(visitorContext(), { token, password: PASSWORD }, REQUEST), data: { email, is_operator: false } };
      },
    ],
    [
      "user.signed_in",
      "user",
      async () => {
        const { id, email } = await person();
        return {
          run: () => signInWithPassword(visitorContext(), { email, password: PASSWORD }, REQUEST),
          subjectId: id,
          data: { method: "password" },
        };
      },
    ],
    [
      "user.renamed",
      "user",
      async () => {
        const { id, ctx } = await person();
        return { run: () => renameUser(ctx, { name: "Ada" }), subjectId: id, data: { before: null, after: "Ada" } };
      },
    ],
    [
      "user.password_changed",
      "user",
      async () => {
        const { id, ctx, signIn } = await person();
        const sessionId = await signIn();
        return {
          run: () => changePassword(ctx, { currentPassword: PASSWORD, password: `${PASSWORD} again`, sessionId }),
          subjectId: id,
          data: { was_first: false, sessions_ended: 0 },
        };
      },
    ],
    [
      "user.password_reset",
      "user",
      async () => {
        const { id, email, signIn } = await person();
        await signIn();
        const { token } = await issueAccountToken(getDb(), { kind: "reset_password", email, userId: id });
        return { run: () => resetPassword(visitorContext(), { token, password: PASSWORD }), subjectId: id, data: { sessions_ended: 1 } };
      },
    ],
    [
      "user.reset_link_made",
      "operator",
      async () => {
        const { id, email } = await person();
        return { run: () => makeResetLink(operatorContext(null, "root@example.com"), email), subjectId: id, data: { email } };
      },
    ],
    [
      "user.disabled",
      "operator",
      async () => {
        const { id, email, signIn } = await person();
        await signIn();
        const ended = { sessions: 1, actions: 0, runs: 0, keys: 0, shares: 0 };
        return {
          run: () => disableAccount(operatorContext(null, "root@example.com"), { userId: id }),
          subjectId: id,
          data: { email, ended },
        };
      },
    ],
    [
      "user.enabled",
      "operator",
      async () => {
        const { id, email } = await person();
        expectOk(await disableAccount(operatorContext(null, "root@example.com"), { userId: id }));
        return { run: () => enableAccount(operatorContext(null, "root@example.com"), { userId: id }), subjectId: id, data: { email } };
      },
    ],
    [
      "user.session_revoked",
      "user",
      async () => {
        const { ctx, signIn } = await person();
        const sessionId = await signIn();
        return { run: () => revokeSession(ctx, sessionId), subjectId: sessionId };
      },
    ],
    [
      "user.signed_out_everywhere",
      "user",
      async () => {
        const { id, ctx, signIn } = await person();
        await signIn();
        return { run: () => revokeAllSessions(ctx), subjectId: id, data: { sessions_ended: 1 } };
      },
    ],
    [
      "member.invited",
      "operator",
      () => {
        const email = newEmail();
        return Promise.resolve({ run: () => inviteMember(workspaceOf().ctx, { email, role: "viewer" }), data: { email, role: "viewer" } });
      },
    ],
    [
      "member.invitation_renewed",
      "operator",
      async () => {
        const { invitationId, email } = await invitation(workspaceOf());
        return { run: () => renewInvitation(workspaceOf().ctx, invitationId), subjectId: invitationId, data: { email, role: "viewer" } };
      },
    ],
    [
      "member.invitation_revoked",
      "operator",
      async () => {
        const { invitationId, email } = await invitation(workspaceOf());
        return { run: () => revokeInvitation(workspaceOf().ctx, invitationId), subjectId: invitationId, data: { email, role: "viewer" } };
      },
    ],
    [
      "member.joined",
      "user",
      async () => {
        const { id, email, ctx } = await person();
        const { invitationId } = await invitation(workspaceOf(), email);
        const token = await mailedToken(email);
        return { run: () => acceptInvitation(ctx, token), subjectId: id, data: { email, role: "viewer", invitation_id: invitationId } };
      },
    ],
    [
      "member.role_changed",
      "user",
      async () => {
        const [admin, member] = [await makePerson(workspaceOf(), "admin"), await makePerson(workspaceOf(), "viewer")];
        const { userId } = member.ctx.actor;
        return {
          run: () => changeRole(admin.ctx, { userId, role: "developer" }),
          subjectId: userId,
          data: { email: member.email, before: "viewer", after: "developer" },
        };
      },
    ],
    [
      "member.removed",
      "user",
      async () => {
        const [admin, member] = [await makePerson(workspaceOf(), "admin"), await makePerson(workspaceOf(), "viewer")];
        const { userId } = member.ctx.actor;
        return { run: () => removeMember(admin.ctx, userId), subjectId: userId, data: { email: member.email, role: "viewer" } };
      },
    ],
    [
      "member.left",
      "user",
      async () => {
        const { email, ctx } = await makePerson(workspaceOf(), "viewer");
        return { run: () => leaveWorkspace(ctx), subjectId: ctx.actor.userId, data: { email, role: "viewer" } };
      },
    ],
    [
      "workspace.owner_changed",
      "user",
      async () => {
        const workspace = await makeWorkspace();
        const heir = await makePerson(workspace, "owner");
        const { id } = await getDb().user.findUniqueOrThrow({ where: { email: workspace.ownerEmail } });
        return {
          run: () => removeMember(heir.ctx, id),
          subjectId: workspace.workspaceId,
          data: { before: id, after: heir.ctx.actor.userId },
        };
      },
    ],
  ] as const satisfies readonly (readonly [
    string,
    "user" | "operator",
    () => Promise<{ run: () => Promise<unknown>; subjectId?: string; data?: object }>,
  ])[];
}
