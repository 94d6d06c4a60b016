import { beforeAll, describe, expect, test } from "vitest";
import { getDb } from "@/lib/db/client";
import { hashPassword } from "@/lib/security/hash-password";
import { expectOk, makePerson, makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";
import { signInWithPassword } from "@/lib/users/sign-in-with-password";
import { visitorContext } from "./contexts";
import { findMember } from "./find-member";
import { findSession } from "./find-session";

const PASSWORD = "correct horse battery staple";
const REQUEST = { userAgent: "Test browser", clientAddress: "192.0.2.1" };

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
});

async function makeAccount() {
  const { email, ctx } = await makePerson(workspace, "viewer");
  await getDb().user.update({ where: { id: ctx.actor.userId }, data: { passwordHash: await hashPassword(PASSWORD) } });
  return { email, userId: ctx.actor.userId };
}

async function signIn(email: string) {
  return expectOk(await signInWithPassword(visitorContext(), { email, password: PASSWORD }, REQUEST));
}

describe("a session", () => {
  test("belongs to who signed in, and is written down", async () => {
    const { email, userId } = await makeAccount();
    const { sessionId } = await signIn(email.toUpperCase());
    expect(await findSession(sessionId)).toEqual({ sessionId, userId, email, name: null, isOperator: false });
    expect(await getDb().session.findUniqueOrThrow({ where: { id: sessionId } })).toMatchObject({ method: "password", ...REQUEST });
    expect(await getDb().auditEvent.count({ where: { verb: "user.signed_in", subjectId: userId } })).toBe(1);
  });

  test.each([
    ["was revoked", (id: string) => getDb().session.update({ where: { id }, data: { revokedAt: new Date() } })],
    ["is over", (id: string) => getDb().session.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1000) } })],
    [
      "was ended with all others",
      (id: string) => getDb().user.updateMany({ where: { sessions: { some: { id } } }, data: { sessionVersion: { increment: 1 } } }),
    ],
  ])("that %s is none", async (_, end) => {
    const { email } = await makeAccount();
    const { sessionId } = await signIn(email);
    await end(sessionId);
    expect(await findSession(sessionId)).toBeNull();
  });

  test("notes coarsely when it was used last", async () => {
    const { email } = await makeAccount();
    const { sessionId } = await signIn(email);
    const seenAt = async () => (await getDb().session.findUniqueOrThrow({ where: { id: sessionId } })).lastSeenAt.getTime();
    const first = await seenAt();
    await findSession(sessionId);
    expect(await seenAt()).toBe(first);
    await getDb().session.update({ where: { id: sessionId }, data: { lastSeenAt: new Date(first - 6 * 60_000) } });
    await findSession(sessionId);
    expect(await seenAt()).toBeGreaterThanOrEqual(first);
  });
});

describe("wrong credentials", () => {
  test.each([
    ["a wrong password", async () => ({ email: (await makeAccount()).email, password: "wrong" })],
    ["an unknown address", () => ({ email: "nobody@example.com", password: PASSWORD })],
    ["an account without a password", async () => ({ email: (await makePerson(workspace, "viewer")).email, password: "" })],
    ["no address", () => ({ email: undefined, password: PASSWORD })],
    ["something else than texts", () => ({ email: { not: "" }, password: ["x"] })],
  ])("%s gets the one answer", async (_, credentials) => {
    expect(await signInWithPassword(visitorContext(), await credentials(), REQUEST)).toEqual({ ok: false, code: "wrong_credentials" });
  });
});

describe("findMember", () => {
  test("is for members, and alike for everybody else", async () => {
    const { email } = await makeAccount();
    const { sessionId } = await signIn(email);
    const user = await findSession(sessionId);
    if (!user) throw new Error("no session");
    expect(await findMember(user, workspace.workspaceId)).toMatchObject({ role: "viewer", workspace: { id: workspace.workspaceId } });
    const other = await makeWorkspace();
    expect(await findMember(user, other.workspaceId)).toBeNull();
    expect(await findMember(user, "01a1f3af-8f9a-7948-ba8d-e1f33f0601ae")).toBeNull();
    expect(await findMember(user, "nonsense")).toBeNull();
    await getDb().workspace.update({ where: { id: workspace.workspaceId }, data: { deletedAt: new Date() } });
    expect(await findMember(user, workspace.workspaceId)).toBeNull();
    await getDb().workspace.update({ where: { id: workspace.workspaceId }, data: { deletedAt: null } });
  });
});
