import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { accountContext, visitorContext } from "@/lib/auth/contexts";
import { findSession } from "@/lib/auth/find-session";
import { getDb } from "@/lib/db/client";
import { THROTTLES } from "@/lib/domain/access/throttles";
import type { UserContext } from "@/lib/security/context";
import { hashPassword, verifyPassword } from "@/lib/security/hash-password";
import { mailedToken } from "@/lib/testing/drain-jobs";
import { atOnce, expectOk, makePerson, makeWorkspace, type TestWorkspace, tally } from "@/lib/testing/factories";
import { withinOneWindow } from "@/lib/testing/within-one-period";
import { changePassword } from "./change-password";
import { getAccount } from "./get-account";
import { renameUser } from "./rename-user";
import { requestAccountLink } from "./request-account-link";
import { resetPassword } from "./reset-password";
import { revokeAllSessions, revokeSession } from "./revoke-session";
import { signInWithLink } from "./sign-in-with-link";
import { signInWithPassword } from "./sign-in-with-password";

const REQUEST = { userAgent: "Test browser", clientAddress: "192.0.2.1" };
const OLD = "toads wander over roads";
const NEW = "frogs stay in the pond";

let workspace: TestWorkspace;
let passwordHash: string;
beforeAll(async () => {
  [workspace, passwordHash] = [await makeWorkspace(), await hashPassword(OLD)];
});
beforeEach(async () => {
  await getDb().usageCounter.deleteMany();
});

async function account({ hasPassword = true } = {}): Promise<{ email: string; ctx: UserContext }> {
  const { email, ctx } = await makePerson(workspace, "viewer");
  const { userId: id } = ctx.actor;
  if (hasPassword) await getDb().user.update({ where: { id }, data: { passwordHash } });
  return { email, ctx: accountContext({ id, email }, getDb()) };
}
const signIn = async (email: string, password = OLD) =>
  expectOk(await signInWithPassword(visitorContext(), { email, password }, REQUEST)).sessionId;
const stands = async (sessionId: string) => (await findSession(sessionId)) !== null;
async function mailed(email: string, kind: "sign_in" | "reset_password"): Promise<string> {
  expectOk(await requestAccountLink(visitorContext(), kind, { email }, REQUEST));
  return mailedToken(email);
}

describe("a password that was forgotten", () => {
  test("is set anew with the mailed link, once, and everybody who was in is out", async () => {
    const { email } = await account();
    const [sessionId, signInToken, token] = [await signIn(email), await mailed(email, "sign_in"), await mailed(email, "reset_password")];
    expect(await resetPassword(visitorContext(), { token, password: NEW })).toEqual({ ok: true, email });
    expect(await stands(sessionId)).toBe(false);
    expect(await signInWithLink(visitorContext(), { token: signInToken }, REQUEST)).toMatchObject({ code: "invalid_link" });
    expect(await signInWithPassword(visitorContext(), { email, password: OLD }, REQUEST)).toMatchObject({ code: "wrong_credentials" });
    expect(await stands(await signIn(email, NEW))).toBe(true);
    expect(await resetPassword(visitorContext(), { token, password: OLD })).toMatchObject({ ok: false, code: "mail_link_closed" });
  });

  test("is set by one of twenty that use the link at once", async () => {
    const { email } = await account();
    const token = await mailed(email, "reset_password");
    const all = await atOnce(20, (n) => resetPassword(visitorContext(), { token, password: `${NEW} ${n}` }));
    expect(tally(all.map((outcome) => (outcome.ok ? "set" : outcome.code)))).toEqual({ set: 1, mail_link_closed: 19 });
    await signIn(email, `${NEW} ${all.findIndex(({ ok }) => ok)}`);
  });

  test("stays when the link is too old, of another kind, or unknown", async () => {
    const { email } = await account();
    const old = await mailed(email, "reset_password");
    await getDb().accountToken.updateMany({ where: { email }, data: { expiresAt: new Date(Date.now() - 1000) } });
    for (const token of [old, await mailed(email, "sign_in"), "unknown"]) {
      expect(await resetPassword(visitorContext(), { token, password: NEW })).toMatchObject({ ok: false, code: "mail_link_closed" });
    }
    await signIn(email);
  });
});

describe("a password that is changed", () => {
  test("needs the current one, keeps this session and ends the others", async () => {
    const { email, ctx } = await account();
    const [here, there, token] = [await signIn(email), await signIn(email), await mailed(email, "sign_in")];
    expect(await changePassword(ctx, { currentPassword: "wrong", password: NEW, sessionId: here })).toMatchObject({
      code: "validation_failed",
      fields: { errors: [{ path: "currentPassword" }] },
    });
    expect(await changePassword(ctx, { currentPassword: OLD, password: OLD, sessionId: here })).toMatchObject({
      code: "validation_failed",
      fields: { errors: [{ path: "password" }] },
    });
    expect(await stands(there)).toBe(true);
    expect(await changePassword(ctx, { currentPassword: OLD, password: NEW, sessionId: here })).toEqual({ ok: true, sessionsEnded: 1 });
    expect([await stands(here), await stands(there)]).toEqual([true, false]);
    expect(await signInWithLink(visitorContext(), { token }, REQUEST)).toMatchObject({ code: "invalid_link" });
    await signIn(email, NEW);
  });

  test("is the first one, when there was none", async () => {
    const { email, ctx } = await account({ hasPassword: false });
    const here = expectOk(await signInWithLink(visitorContext(), { token: await mailed(email, "sign_in") }, REQUEST)).sessionId;
    expect(await changePassword(ctx, { currentPassword: "", password: NEW, sessionId: here })).toEqual({ ok: true, sessionsEnded: 0 });
    expect(await stands(here)).toBe(true);
    await signIn(email, NEW);
  });

  test("is changed by one of those who do so at once", async () => {
    const { email, ctx } = await account();
    const here = await signIn(email);
    const all = await atOnce(5, (n) => changePassword(ctx, { currentPassword: OLD, password: `${NEW} ${n}`, sessionId: here }));
    expect(tally(all.map(({ ok }) => String(ok)))).toEqual({ true: 1, false: 4 });
    expect(await stands(here)).toBe(true);
  });

  test("cannot be guessed in an open browser", async () => {
    const { each, windowMinutes } = THROTTLES.password_change;
    const all = await withinOneWindow(windowMinutes, async () => {
      const { email, ctx } = await account();
      const here = await signIn(email);
      return atOnce(15, () => changePassword(ctx, { currentPassword: "wrong", password: NEW, sessionId: here }));
    });
    expect(tally(all.map((outcome) => (outcome.ok ? "ok" : outcome.code)))).toEqual({
      validation_failed: each,
      too_many_attempts: 15 - each,
    });
  });
});

describe("guessing a password", () => {
  test("stops after so many, for known and unknown addresses alike, and elsewhere the account stays open", async () => {
    const { email } = await account();
    const { each, windowMinutes } = THROTTLES.sign_in;
    await withinOneWindow(windowMinutes, async () => {
      for (const address of [email, "nobody@example.com"]) {
        const all = await atOnce(15, () => signInWithPassword(visitorContext(), { email: address, password: "wrong" }, REQUEST));
        expect(tally(all.map((outcome) => (outcome.ok ? "ok" : outcome.code)))).toEqual({
          wrong_credentials: each,
          too_many_attempts: 15 - each,
        });
        expect(await signInWithPassword(visitorContext(), { email: address, password: OLD }, REQUEST)).toEqual({
          ok: false,
          code: "too_many_attempts",
          retryAt: expect.any(Date),
        });
      }
    });
    expectOk(await signInWithPassword(visitorContext(), { email, password: OLD }, { ...REQUEST, clientAddress: "198.51.100.2" }));
  });

  test("the right one does not count", async () => {
    const { email } = await account();
    for (let n = 0; n < THROTTLES.sign_in.each + 2; n++) await signIn(email);
  });

  test("longer than any that can be set is not hashed to its end, and is never right", async () => {
    const { email } = await account();
    const long = OLD.padEnd(1_000_000, "x");
    expect(await verifyPassword(await hashPassword(long), long)).toBe(false);
    expect(await signInWithPassword(visitorContext(), { email, password: long }, REQUEST)).toMatchObject({ code: "wrong_credentials" });
  });

  test("takes as long for nobody's account", async () => {
    const time = async (hash: string | null) => {
      const start = performance.now();
      for (let n = 0; n < 5; n++) await verifyPassword(hash, "wrong");
      return performance.now() - start;
    };
    await time(null);
    const [known, unknown] = [await time(passwordHash), await time(null)];
    expect(Math.max(known, unknown) / Math.min(known, unknown)).toBeLessThan(3);
    expect(await verifyPassword(null, "")).toBe(false);
  });
});

describe("sessions", () => {
  test("are listed with this one first, and those that stand only", async () => {
    const { email, ctx } = await account();
    const [here, there, over] = [await signIn(email), await signIn(email), await signIn(email)];
    await getDb().session.update({ where: { id: over }, data: { expiresAt: new Date(Date.now() - 1000) } });
    const { sessions, ...rest } = await getAccount(ctx, here);
    expect(sessions.map(({ id, isThisOne }) => ({ id, isThisOne }))).toEqual([
      { id: here, isThisOne: true },
      { id: there, isThisOne: false },
    ]);
    expect(sessions[0]).toMatchObject({ method: "password", userAgent: "Test browser", clientAddress: "192.0.2.1" });
    expect(rest).toMatchObject({ email, hasPassword: true });
  });

  test("are ended one by one, one's own only", async () => {
    const [mine, other] = [await account(), await account()];
    const [here, there, theirs] = [await signIn(mine.email), await signIn(mine.email), await signIn(other.email)];
    expect(await revokeSession(mine.ctx, there)).toEqual({ ok: true });
    expect(await revokeSession(mine.ctx, there)).toMatchObject({ code: "not_found" });
    expect(await revokeSession(mine.ctx, theirs)).toMatchObject({ code: "not_found" });
    expect([await stands(here), await stands(there), await stands(theirs)]).toEqual([true, false, true]);
  });

  test("are ended everywhere", async () => {
    const [mine, other] = [await account(), await account()];
    const all = [await signIn(mine.email), await signIn(mine.email)];
    const theirs = await signIn(other.email);
    expect(await revokeAllSessions(mine.ctx)).toEqual({ ok: true, sessionsEnded: 2 });
    expect([...(await Promise.all(all.map(stands))), await stands(theirs)]).toEqual([false, false, true]);
    expect((await getAccount(mine.ctx, "")).sessions).toEqual([]);
  });
});

test("a name is told to others", async () => {
  const { ctx } = await account();
  expect(await renameUser(ctx, { name: "Ada Lovelace" })).toEqual({ ok: true, name: "Ada Lovelace" });
  expect((await getAccount(ctx, "")).name).toBe("Ada Lovelace");
});
