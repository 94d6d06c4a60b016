import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { accountContext, operatorContext, systemContext, visitorContext } from "@/lib/auth/contexts";
import { findSession } from "@/lib/auth/find-session";
import { getDb } from "@/lib/db/client";
import { THROTTLES } from "@/lib/domain/access/throttles";
import { disableAccount, enableAccount } from "@/lib/members/disable-account";
import { readAccountToken } from "@/lib/security/account-token";
import { drainJobs, mailedToken, newestMail } from "@/lib/testing/drain-jobs";
import { atOnce, expectOk, makePerson, makeWorkspace, type TestWorkspace, tally } from "@/lib/testing/factories";
import { tableContents } from "@/lib/testing/table-contents";
import { untilAvailable } from "@/lib/testing/until-available";
import { changePassword } from "./change-password";
import { issueAccountToken } from "./issue-account-token";
import { type AccountLinkJob, mailAccountLink } from "./mail-account-link";
import { makeResetLink } from "./make-reset-link";
import { requestAccountLink } from "./request-account-link";
import { revokeAllSessions } from "./revoke-session";
import { signInWithLink } from "./sign-in-with-link";
import { signInWithPassword } from "./sign-in-with-password";

const REQUEST = { userAgent: "Test browser", clientAddress: "192.0.2.1" };

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
});
beforeEach(async () => {
  await drainJobs();
  await getDb().usageCounter.deleteMany();
});

const person = async () => {
  const { email, ctx } = await makePerson(workspace, "viewer");
  return { email, userId: ctx.actor.userId };
};
const request = (email: string, kind: AccountLinkJob["kind"] = "sign_in", next?: string) =>
  requestAccountLink(visitorContext(), kind, { email, next }, REQUEST);

async function mailedLink(email: string): Promise<string> {
  expectOk(await request(email));
  return mailedToken(email);
}

const expire = (email: string) => getDb().accountToken.updateMany({ where: { email }, data: { expiresAt: new Date(Date.now() - 1000) } });

describe("every mailed link", () => {
  const kinds = ["sign_in", "reset_password"] as const;
  const links = async (email: string) => {
    for (const kind of kinds) expectOk(await request(email, kind));
    await drainJobs();
    return getDb().accountToken.findMany({ where: { email }, orderBy: { id: "asc" } });
  };
  const account = ({ userId, email }: { userId: string; email: string }) => accountContext({ id: userId, email }, getDb());

  test.each<[string, (who: { userId: string; email: string }) => Promise<{ ok: boolean }>]>([
    ["signing out everywhere", (who) => revokeAllSessions(account(who))],
    [
      "a new password",
      (who) => changePassword(account(who), { currentPassword: "", password: "toads wander over roads", sessionId: crypto.randomUUID() }),
    ],
    ["disabling the account", ({ userId }) => disableAccount(operatorContext(null, "root@example.com"), { userId })],
  ])("ends with %s", async (_name, end) => {
    const who = await person();
    expect((await links(who.email)).map(({ kind, usedAt }) => [kind, usedAt])).toEqual(kinds.map((kind) => [kind, null]));
    expectOk(await end(who));
    expect((await getDb().accountToken.findMany({ where: { email: who.email } })).every(({ usedAt }) => usedAt !== null)).toBe(true);
  });

  test("of a disabled account opens nothing, also when it was mailed afterwards, and none is mailed any more", async () => {
    const who = await person();
    const operator = operatorContext(null, "root@example.com");
    expectOk(
      await changePassword(account(who), { currentPassword: "", password: "toads wander over roads", sessionId: crypto.randomUUID() }),
    );
    const signIn = () => signInWithPassword(visitorContext(), { email: who.email, password: "toads wander over roads" }, REQUEST);
    const { sessionId } = expectOk(await signIn());
    expectOk(await disableAccount(operator, { userId: who.userId }));
    expect(await findSession(sessionId)).toBeNull();
    expect(await signIn()).toEqual({ ok: false, code: "account_disabled" });
    expect(await makeResetLink(operator, who.email)).toMatchObject({ ok: false });
    expect(await links(who.email)).toEqual([]);
    const { token } = await issueAccountToken(getDb(), { kind: "sign_in", email: who.email, userId: who.userId });
    expect((await readAccountToken(getDb(), ["sign_in"], token)).state).toBe("used");
    expect(await signInWithLink(visitorContext(), { token }, REQUEST)).toEqual({ ok: false, code: "invalid_link" });
    expectOk(await enableAccount(operator, { userId: who.userId }));
    expectOk(await signIn());
  });

  test("that is used while the account is disabled leaves no session that stands, in 6 races", async () => {
    for (let round = 0; round < 6; round++) {
      const who = await person();
      const token = await mailedLink(who.email);
      const use = () => untilAvailable(() => signInWithLink(visitorContext(), { token }, REQUEST));
      const disable = () => untilAvailable(() => disableAccount(operatorContext(null, "root@example.com"), { userId: who.userId }));
      await (round % 2 === 0 ? Promise.all([use(), disable()]) : Promise.all([disable(), use()]));
      for (const { id } of await getDb().session.findMany({ where: { userId: who.userId } })) expect(await findSession(id)).toBeNull();
    }
  });
});

describe("a link to sign in", () => {
  test("goes to its address from the public one, and signs in once", async () => {
    const { email, userId } = await person();
    const token = await mailedLink(email);
    const { subject, html, text } = await newestMail(email);
    expect(subject).toBe("Your sign-in link for DAAI Console");
    for (const part of [html.replaceAll("&amp;", "&"), text]) expect(part).toContain(`http://localhost:3000/sign-in/link?token=${token}`);
    const { sessionId } = expectOk(await signInWithLink(visitorContext(), { token }, REQUEST));
    expect(await findSession(sessionId)).toMatchObject({ userId, email });
    expect(await getDb().session.findUniqueOrThrow({ where: { id: sessionId } })).toMatchObject({ method: "link", ...REQUEST });
    expect(await getDb().user.findUniqueOrThrow({ where: { id: userId } })).toMatchObject({ emailVerifiedAt: expect.any(Date) });
    expect(await signInWithLink(visitorContext(), { token }, REQUEST)).toEqual({ ok: false, code: "invalid_link" });
  });

  test("is one session's, when twenty use it at once", async () => {
    const { email, userId } = await person();
    const token = await mailedLink(email);
    const all = await atOnce(20, () => signInWithLink(visitorContext(), { token }, REQUEST));
    expect(tally(all.map((outcome) => (outcome.ok ? "in" : outcome.code)))).toEqual({ in: 1, invalid_link: 19 });
    expect(await getDb().session.count({ where: { userId } })).toBe(1);
  });

  test("can be opened as often as a mail scanner likes", async () => {
    const { email } = await person();
    const token = await mailedLink(email);
    const before = await tableContents();
    expect(tally((await atOnce(20, () => readAccountToken(getDb(), ["sign_in"], token))).map(({ state }) => state))).toEqual({ open: 20 });
    expect(await tableContents()).toEqual(before);
    expectOk(await signInWithLink(visitorContext(), { token }, REQUEST));
    expect((await readAccountToken(getDb(), ["sign_in"], token)).state).toBe("used");
  });

  test("is over after its time", async () => {
    const { email } = await person();
    const token = await mailedLink(email);
    await expire(email);
    expect((await readAccountToken(getDb(), ["sign_in"], token)).state).toBe("expired");
    expect(await signInWithLink(visitorContext(), { token }, REQUEST)).toEqual({ ok: false, code: "invalid_link" });
  });

  test("of another kind signs nobody in", async () => {
    const { email } = await person();
    expectOk(await request(email, "reset_password"));
    const token = await mailedToken(email);
    expect((await readAccountToken(getDb(), ["sign_in"], token)).state).toBe("unknown");
    expect(await signInWithLink(visitorContext(), { token }, REQUEST)).toEqual({ ok: false, code: "invalid_link" });
  });

  test.each([[""], ["unknown"], [undefined], [{ not: "" }]])("that is %j signs nobody in", async (token) => {
    expect(await signInWithLink(visitorContext(), { token }, REQUEST)).toEqual({ ok: false, code: "invalid_link" });
  });

  test("that is too old when its mail would go out is not mailed", async () => {
    const { email } = await person();
    expectOk(await request(email));
    const [job] = await getDb().$queryRaw<
      { payload: AccountLinkJob }[]
    >`SELECT payload FROM graphile_worker._private_jobs WHERE payload ->> 'email' = ${email}`;
    if (!job) throw new Error("no job");
    await mailAccountLink(systemContext(null), job.payload);
    await expire(email);
    await drainJobs();
    expect(await getDb().emailDelivery.findUniqueOrThrow({ where: { id: job.payload.deliveryId } })).toMatchObject({
      status: "not_sent",
      notSentReason: "link_closed",
      sealedToken: null,
    });
    expect(await getDb().mailboxMessage.count({ where: { toEmail: email } })).toBe(0);
  });

  test("is mailed once, though its job is done twice", async () => {
    const { email } = await person();
    expectOk(await request(email));
    const [job] = await getDb().$queryRaw<
      { payload: AccountLinkJob }[]
    >`SELECT payload FROM graphile_worker._private_jobs WHERE payload ->> 'email' = ${email}`;
    if (!job) throw new Error("no job");
    await mailAccountLink(systemContext(null), job.payload);
    await mailAccountLink(systemContext(null), job.payload);
    await drainJobs();
    expect(await getDb().mailboxMessage.count({ where: { toEmail: email } })).toBe(1);
    expect(await getDb().accountToken.count({ where: { email } })).toBe(1);
  });

  test("leads on to a path of ours only", async () => {
    const { email } = await person();
    for (const [next, kept] of [
      ["/approvals?run=1", "/approvals?run=1"],
      ["//evil.example", "/home"],
      [undefined, "/home"],
    ] as const) {
      expectOk(await request(email, "sign_in", next));
      const { found } = await readAccountToken(getDb(), ["sign_in"], await mailedToken(email));
      expect(found?.payload).toEqual({ next: kept });
    }
  });

  test("does not count as an approval mail", async () => {
    await mailedLink((await person()).email);
    expect(await getDb().usageCounter.count({ where: { scope: "emails_per_month" } })).toBe(0);
  });
});

describe("nobody is told whether there is an account", () => {
  test.each(["sign_in", "reset_password"] as const)(
    "%s: a known and an unknown address get the same answer and leave the same behind",
    async (kind) => {
      const { email } = await person();
      const changed = async (address: string) => {
        const before = await tableContents();
        const outcome = await request(address, kind);
        const after = await tableContents();
        return { outcome, tables: Object.keys(after).filter((name) => after[name]?.split(" ")[0] !== before[name]?.split(" ")[0]) };
      };
      await request("warm-up@example.com", kind);
      expect(await changed(email)).toEqual(await changed("nobody@example.com"));
      await drainJobs();
      expect(await getDb().mailboxMessage.count({ where: { toEmail: email } })).toBe(1);
      expect(await getDb().mailboxMessage.count({ where: { toEmail: "nobody@example.com" } })).toBe(0);
    },
  );

  test.each(["sign_in", "reset_password"] as const)("%s: both are refused after the same number, and mailed no more", async (kind) => {
    const { email } = await person();
    const { each } = THROTTLES[kind === "sign_in" ? "sign_in_link" : "password_reset"];
    const answers = await Promise.all([email, "nobody-else@example.com"].map((address) => atOnce(20, () => request(address, kind))));
    for (const all of answers)
      expect(tally(all.map((outcome) => (outcome.ok ? "ok" : outcome.code)))).toEqual({ ok: each, too_many_attempts: 20 - each });
    await drainJobs();
    expect(await getDb().mailboxMessage.count({ where: { toEmail: email } })).toBe(each);
  });
});
