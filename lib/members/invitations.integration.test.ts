import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { accountContext, operatorContext, visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import type { INVITED_ROLES } from "@/lib/domain/access/roles";
import { THROTTLES } from "@/lib/domain/access/throttles";
import { resetEnvCache } from "@/lib/env";
import { drainJobs, mailedToken, newestMail } from "@/lib/testing/drain-jobs";
import { atOnce, expectOk, makePerson, makeWorkspace, type TestWorkspace, tally } from "@/lib/testing/factories";
import { tableContents } from "@/lib/testing/table-contents";
import { withinOneWindow } from "@/lib/testing/within-one-period";
import { signInWithPassword } from "@/lib/users/sign-in-with-password";
import { acceptInvitation } from "./accept-invitation";
import { findInvitationLink } from "./find-invitation-link";
import { getInvitation } from "./get-invitation";
import { inviteMember } from "./invite-member";
import { joinWithNewAccount } from "./join-with-new-account";
import { listInvitations } from "./list-members";
import { renewInvitation } from "./renew-invitation";
import { revokeInvitation } from "./revoke-invitation";

const PASSWORD = "toads wander over roads";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
});
beforeEach(async () => {
  await drainJobs();
  await getDb().usageCounter.deleteMany({ where: { scope: { startsWith: "invitation" } } });
});
afterEach(() => {
  delete process.env.DAAI_SIGN_UP;
  resetEnvCache();
});

let made = 0;
const newEmail = () => `invited-${++made}@example.com`;
async function invited(email: string, role: (typeof INVITED_ROLES)[number] = "approver"): Promise<{ id: string; token: string }> {
  const { invitationId: id } = expectOk(await inviteMember(workspace.ctx, { email, role }));
  return { id, token: await mailedToken(email) };
}
async function stranger() {
  const { email, ctx } = await makePerson(workspace, null);
  return { email, ctx: accountContext({ id: ctx.actor.userId, email }, getDb()) };
}
const roleOf = async (email: string) =>
  (await getDb().member.findFirst({ where: { workspaceId: workspace.workspaceId, user: { email } } }))?.role ?? null;
const join = (token: string) => joinWithNewAccount(visitorContext(), { token, name: "Ada", password: PASSWORD });

describe("an invitation", () => {
  test("goes to its address with who invites, to what, as what", async () => {
    const email = newEmail();
    const { token } = await invited(email, "approver");
    const { subject, html, text, links } = await newestMail(email);
    expect(subject).toBe("You’re invited to Test workspace in DAAI Console");
    expect(links).toEqual([`http://localhost:3000/invitation/${token}`]);
    expect(html).toContain(`http://localhost:3000/invitation/${token}`);
    expect(text).toContain(`${workspace.ownerEmail} invited you to join the workspace as an approver.`);
    expect(await getInvitation(visitorContext(), token)).toMatchObject({
      state: "open",
      invitation: { email, role: "approver", workspaceName: "Test workspace", hasAccount: false },
    });
  });

  test("can be opened as often as a mail scanner likes", async () => {
    const { token } = await invited(newEmail());
    const before = await tableContents();
    await atOnce(10, () => getInvitation(visitorContext(), token));
    expect(await tableContents()).toEqual(before);
  });

  test("makes the account of somebody new, who is in", async () => {
    const email = newEmail();
    const { token } = await invited(email, "developer");
    expect(await join(token)).toEqual({ ok: true, email, workspaceId: workspace.workspaceId });
    expect(await roleOf(email)).toBe("developer");
    expectOk(await signInWithPassword(visitorContext(), { email, password: PASSWORD }, { userAgent: null, clientAddress: "192.0.2.1" }));
    expect(await getInvitation(visitorContext(), token)).toMatchObject({ state: "accepted" });
  });

  test("takes in somebody who has an account", async () => {
    const person = await stranger();
    const { token } = await invited(person.email, "viewer");
    expect(await join(token)).toMatchObject({
      ok: false,
      code: "validation_failed",
      detail: "This address already has an account. Sign in to join.",
    });
    expect(await acceptInvitation(person.ctx, token)).toEqual({ ok: true, workspaceId: workspace.workspaceId });
    expect(await roleOf(person.email)).toBe("viewer");
    expect(await acceptInvitation(person.ctx, token)).toMatchObject({ ok: false, code: "mail_link_closed" });
  });

  test("takes somebody in once, when twenty windows press at once", async () => {
    const person = await stranger();
    const { token } = await invited(person.email);
    const all = await atOnce(20, () => acceptInvitation(person.ctx, token));
    expect(tally(all.map((outcome) => (outcome.ok ? "in" : outcome.code)))).toEqual({ in: 1, mail_link_closed: 19 });
  });

  test("makes one account, when twenty windows press at once", async () => {
    const email = newEmail();
    const { token } = await invited(email);
    expect(tally((await atOnce(20, () => join(token))).map(({ ok }) => String(ok)))).toEqual({ true: 1, false: 19 });
    expect(await getDb().user.count({ where: { email } })).toBe(1);
  });

  test("is nobody else's", async () => {
    const [person, other] = [await stranger(), await stranger()];
    const { token } = await invited(person.email);
    expect(await acceptInvitation(other.ctx, token)).toMatchObject({ ok: false, code: "not_permitted" });
    expect(await roleOf(other.email)).toBeNull();
    expectOk(await acceptInvitation(person.ctx, token));
  });

  test("is over after its time, and can be mailed again", async () => {
    const person = await stranger();
    const { id, token } = await invited(person.email);
    await getDb().invitation.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1000) } });
    expect(await getInvitation(visitorContext(), token)).toMatchObject({ state: "expired" });
    expect(await acceptInvitation(person.ctx, token)).toMatchObject({ ok: false, code: "mail_link_closed" });
    expect((await listInvitations(workspace.ctx)).find((one) => one.id === id)).toMatchObject({
      isExpired: true,
      mail: "kept",
    });
    expect(await renewInvitation(workspace.ctx, id)).toEqual({ ok: true, email: person.email });
    const newer = await mailedToken(person.email);
    expect(await getInvitation(visitorContext(), token)).toEqual({ state: "unknown", invitation: null });
    expectOk(await acceptInvitation(person.ctx, newer));
  });

  test("that was taken back opens nothing", async () => {
    const person = await stranger();
    const { id, token } = await invited(person.email);
    expect(await revokeInvitation(workspace.ctx, id)).toEqual({ ok: true, email: person.email });
    expect(await getInvitation(visitorContext(), token)).toMatchObject({ state: "revoked" });
    expect(await acceptInvitation(person.ctx, token)).toMatchObject({ ok: false, code: "mail_link_closed" });
    expect(await join(token)).toMatchObject({ ok: false, code: "mail_link_closed" });
    for (const again of [revokeInvitation, renewInvitation])
      expect(await again(workspace.ctx, id)).toMatchObject({ ok: false, code: "not_found" });
    await invited(person.email);
  });

  test.each<[string, (id: string, email: string) => Promise<{ ok: boolean }>]>([
    ["mailed again", (id) => renewInvitation(workspace.ctx, id)],
    ["made anew", (_id, email) => inviteMember(workspace.ctx, { email, role: "admin" })],
  ])("is either accepted or %s, when both happen at once", async (_name, change) => {
    for (let round = 0; round < 5; round++) {
      const person = await stranger();
      const { id, token } = await invited(person.email, "viewer");
      const [accepted, changed] = await Promise.all([acceptInvitation(person.ctx, token), change(id, person.email)]);
      expect([accepted.ok, changed.ok].filter(Boolean)).toHaveLength(1);
      expect(await roleOf(person.email)).toBe(accepted.ok ? "viewer" : null);
    }
  });

  test("is either accepted or taken back, when both happen at once", async () => {
    for (let round = 0; round < 5; round++) {
      const person = await stranger();
      const { id, token } = await invited(person.email);
      const all = await Promise.all([acceptInvitation(person.ctx, token), revokeInvitation(workspace.ctx, id)]);
      expect(all.filter(({ ok }) => ok)).toHaveLength(1);
      expect((await roleOf(person.email)) !== null).toBe(all[0].ok);
    }
  });

  test("to a workspace that is gone is unknown", async () => {
    const gone = await makeWorkspace();
    const email = newEmail();
    expectOk(await inviteMember(gone.ctx, { email, role: "viewer" }));
    const token = await mailedToken(email);
    await getDb().workspace.update({ where: { id: gone.workspaceId }, data: { deletedAt: new Date() } });
    expect(await getInvitation(visitorContext(), token)).toEqual({ state: "unknown", invitation: null });
    expect(await join(token)).toMatchObject({ ok: false, code: "mail_link_closed" });
  });

  test("is renewed and not doubled, when many invite the same person at once", async () => {
    const email = newEmail();
    const all = await atOnce(4, (n) => inviteMember(workspace.ctx, { email, role: n % 2 === 0 ? "viewer" : "admin" }));
    expect(tally(all.map(({ ok }) => String(ok)))).toEqual({ true: 4 });
    expect(await getDb().invitation.count({ where: { email } })).toBe(1);
  });

  test("is not for a member", async () => {
    const { email } = await makePerson(workspace, "viewer");
    expect(await inviteMember(workspace.ctx, { email, role: "admin" })).toMatchObject({
      code: "validation_failed",
      fields: { errors: [{ path: "email", message: `${email} is already a member.` }] },
    });
  });

  test("makes no account where the operator makes them, but takes in who has one", async () => {
    Object.assign(process.env, { DAAI_SIGN_UP: "closed" });
    resetEnvCache();
    const { token } = await invited(newEmail());
    expect(await join(token)).toMatchObject({ ok: false, code: "sign_up_closed" });
    const person = await stranger();
    expectOk(await acceptInvitation(person.ctx, (await invited(person.email)).token));
  });

  test("is mailed to one address only so often", async () => {
    const { each, windowMinutes } = THROTTLES.invitation;
    const all = await withinOneWindow(windowMinutes, async () => {
      const email = newEmail();
      return atOnce(9, () => inviteMember(workspace.ctx, { email, role: "viewer" }));
    });
    expect(tally(all.map((outcome) => (outcome.ok ? "ok" : outcome.code)))).toEqual({ ok: each, too_many_attempts: 9 - each });
  });

  test("that was mailed anew goes out with its newest link only", async () => {
    const email = newEmail();
    expectOk(await inviteMember(workspace.ctx, { email, role: "viewer" }));
    const { invitationId } = expectOk(await inviteMember(workspace.ctx, { email, role: "admin" }));
    await drainJobs();
    expect(await getDb().mailboxMessage.count({ where: { toEmail: email } })).toBe(1);
    expect(tally((await getDb().emailDelivery.findMany({ where: { invitationId } })).map(({ status }) => status))).toEqual({
      sent: 1,
      not_sent: 1,
    });
    expect(await getInvitation(visitorContext(), await mailedToken(email))).toMatchObject({ state: "open", invitation: { role: "admin" } });
  });
});

test("an invitation's link is the operator's to hand over, and taking it is written down", async () => {
  const operator = operatorContext(null);
  const email = newEmail();
  const { invitationId } = expectOk(await inviteMember(workspace.ctx, { email, role: "viewer" }));
  expect(await findInvitationLink(operator, { invitationId })).toMatchObject({ ok: false, code: "not_found" });
  await drainJobs();
  const { link } = expectOk(await findInvitationLink(operator, { invitationId }));
  expect(link).toMatch(new RegExp(`/invitation/${await mailedToken(email)}$`));
  const { id } = await getDb().mailboxMessage.findFirstOrThrow({ where: { toEmail: email } });
  expect(await getDb().auditEvent.count({ where: { verb: "mailbox.opened", subjectId: id } })).toBe(1);

  expectOk(await renewInvitation(workspace.ctx, invitationId));
  await drainJobs();
  const renewed = expectOk(await findInvitationLink(operator, { invitationId }));
  expect(renewed.link).not.toBe(link);
  expect(await getInvitation(visitorContext(), renewed.link.split("/").at(-1) ?? "")).toMatchObject({ state: "open" });
  const unknown = "01a1f3af-8f9a-7948-ba8d-e1f33f0601ae";
  expect(await findInvitationLink(operator, { invitationId: unknown })).toMatchObject({ ok: false, code: "not_found" });
});
