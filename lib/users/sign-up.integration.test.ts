import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { operatorContext, visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { resetEnvCache } from "@/lib/env";
import { drainJobs, mailedToken, newestMail } from "@/lib/testing/drain-jobs";
import { atOnce, expectOk, tally } from "@/lib/testing/factories";
import { tableContents } from "@/lib/testing/table-contents";
import { confirmSignUp } from "./confirm-sign-up";
import { createUser } from "./create-user";
import { getMailedLink } from "./get-mailed-link";
import { openSetupCode } from "./setup-code";
import { signInWithPassword } from "./sign-in-with-password";
import { signUp } from "./sign-up";

const REQUEST = { userAgent: "Test browser", clientAddress: "192.0.2.1", isLocal: true };
const PASSWORD = "toads wander over roads";

const settings = { mode: "open", operators: "" };
function set(different: Partial<typeof settings>): void {
  const { mode, operators } = { ...settings, ...different };
  Object.assign(process.env, { DAAI_SIGN_UP: mode, DAAI_ADMIN_EMAILS: operators });
  resetEnvCache();
}

let made = 0;
const newEmail = () => `person-${++made}@example.com`;
const sign = (email: string, different: { next?: string } = {}) =>
  signUp(visitorContext(), { name: "Ada", email, password: PASSWORD, next: undefined, ...different }, REQUEST);
const confirm = (token: string, password = PASSWORD) => confirmSignUp(visitorContext(), { token, password }, REQUEST);
const isOperator = async (email: string) => (await getDb().user.findUniqueOrThrow({ where: { email } })).isOperator;
const planOf = async (email: string) => (await getDb().user.findUniqueOrThrow({ where: { email } })).plan;

beforeEach(async () => {
  set({});
  await getDb().usageCounter.deleteMany();
});
afterEach(() => set({}));

describe("the first account of a new console", () => {
  beforeEach(async () => {
    await getDb().$executeRaw`TRUNCATE sessions, account_tokens, email_deliveries CASCADE`;
    await getDb().$executeRaw`DELETE FROM users`;
  });

  test.each(["open", "invite", "closed"])("is the operator's, at once, also when sign-up is %s", async (mode) => {
    set({ mode });
    const email = newEmail();
    expect(await sign(email)).toEqual({ ok: true, isSignedUp: true });
    expect(await isOperator(email)).toBe(true);
    expectOk(await signInWithPassword(visitorContext(), { email, password: PASSWORD }, REQUEST));
  });

  test("has no limits, whatever plan the settings name; the accounts that others make have that plan", async () => {
    const [first, second] = [newEmail(), newEmail()];
    await sign(first);
    await sign(second);
    expectOk(await confirm(await mailedToken(second)));
    expect(await planOf(first)).toBe("unlimited");
    expect(await planOf(second)).toBeNull();
  });

  test("takes the code that the start prints when it is not made on the console's own machine, and only so many guesses", async () => {
    const code = await openSetupCode(visitorContext());
    expect(code).toMatch(/^([2-9A-Z]{4}-){2}[2-9A-Z]{4}$/);
    const from = (clientAddress: string, setupCode?: string) =>
      signUp(
        visitorContext(),
        { name: "Ada", email: "stranger@example.com", password: PASSWORD, next: undefined, ...(setupCode !== undefined && { setupCode }) },
        { clientAddress, isLocal: false },
      );
    for (const wrong of [undefined, "", "AAAA-AAAA-AAAA", `${code}2`, `${code}`.slice(0, -1)])
      expect(await from("192.0.2.7", wrong)).toMatchObject({ ok: false, fields: { errors: [{ path: "setupCode" }] } });
    expect(await from("192.0.2.7", `${code}`)).toMatchObject({ ok: false, code: "too_many_attempts" });
    expect(await getDb().user.count()).toBe(0);
    expect(await from("192.0.2.8", ` ${code?.toLowerCase().replaceAll("-", " ")}`)).toEqual({ ok: true, isSignedUp: true });
    expect(await openSetupCode(visitorContext())).toBeNull();
    expect(await from("192.0.2.9", `${code}`)).not.toMatchObject({ ok: true, isSignedUp: true });
  });

  test("is one, when twenty want to be it", async () => {
    const all = await atOnce(20, (n) =>
      signUp(
        visitorContext(),
        { name: "Ada", email: `first-${n}@example.com`, password: PASSWORD, next: undefined },
        { clientAddress: `192.0.2.${n}`, isLocal: true },
      ),
    );
    expect(tally(all.map((outcome) => String(expectOk(outcome).isSignedUp)))).toEqual({ true: 1, false: 19 });
    expect(await getDb().user.count({ where: { isOperator: true } })).toBe(1);
    expect(await getDb().user.count()).toBe(1);
  });

  test("is mailed, and no operator by itself, when the settings name the operators", async () => {
    set({ mode: "invite", operators: "root@example.com" });
    expect(await sign("root@example.com")).toEqual({ ok: true, isSignedUp: false });
    expect(await getDb().user.count()).toBe(0);
    expectOk(await confirm(await mailedToken("root@example.com")));
    expect(await getDb().user.count()).toBe(1);
    expect(await planOf("root@example.com")).toBe("unlimited");
  });

  test.each(["invite", "closed"])(
    "is asked for alike by named operators and strangers when sign-up is %s; the named alone are mailed",
    async (mode) => {
      set({ mode, operators: "root@example.com" });
      const answers = async () => ({ stranger: await sign("stranger@example.com"), named: await sign("root@example.com") });
      const before = await answers();
      expect(before).toEqual({ stranger: before.named, named: { ok: true, isSignedUp: false } });
      await drainJobs();
      expect(await getDb().mailboxMessage.count({ where: { toEmail: "stranger@example.com" } })).toBe(0);
      expectOk(await confirm(await mailedToken("root@example.com")));
      // When all of them have accounts, there is nothing here for anyone.
      const after = await answers();
      expect(after).toEqual({ stranger: after.named, named: expect.objectContaining({ code: "sign_up_closed" }) });
    },
  );
});

describe("a later account", () => {
  beforeEach(() => createUser(operatorContext(null), { email: "operator@example.com", isOperator: true }));

  test("is made when the mail is answered, and signed in", async () => {
    const email = newEmail();
    expect(await sign(email, { next: "/approvals" })).toEqual({ ok: true, isSignedUp: false });
    expect(await getDb().user.findUnique({ where: { email } })).toBeNull();
    const token = await mailedToken(email);
    const { text } = await newestMail(email);
    expect(text).toContain(`http://localhost:3000/sign-up/confirm?token=${token}`);
    expect(await getMailedLink(visitorContext(), "sign_up", token)).toEqual({ state: "open", email, next: "/approvals" });
    expect(await confirm(token)).toEqual({ ok: true, email });
    expect(await getDb().user.findUniqueOrThrow({ where: { email } })).toMatchObject({
      name: "Ada",
      isOperator: false,
      emailVerifiedAt: expect.any(Date),
    });
    expectOk(await signInWithPassword(visitorContext(), { email, password: PASSWORD }, REQUEST));
    expect(await confirm(token)).toMatchObject({ ok: false, code: "mail_link_closed" });
  });

  test("is made once, when several confirm it at once", async () => {
    const email = newEmail();
    await sign(email);
    const token = await mailedToken(email);
    expect(tally((await atOnce(8, () => confirm(token))).map((outcome) => (outcome.ok ? "made" : outcome.code)))).toEqual({
      made: 1,
      mail_link_closed: 7,
    });
  });

  test("is not made with the password of somebody else, who only entered the address", async () => {
    const email = newEmail();
    await sign(email);
    const token = await mailedToken(email);
    expect(await confirm(token, "the password of its owner")).toMatchObject({
      ok: false,
      code: "validation_failed",
      fields: { errors: [{ path: "password" }] },
    });
    expect(await getDb().user.findUnique({ where: { email } })).toBeNull();
    await signUp(visitorContext(), { name: "The owner", email, password: "the password of its owner", next: undefined }, REQUEST);
    expectOk(await confirm(await mailedToken(email), "the password of its owner"));
    expect(await confirm(token)).toMatchObject({ ok: false, code: "mail_link_closed" });
    expect(await getDb().user.findUniqueOrThrow({ where: { email } })).toMatchObject({ name: "The owner" });
  });

  test("is not made over one that is there: its mail says so, and nothing about it changes", async () => {
    const email = newEmail();
    await createUser(operatorContext(null), { email, password: "the password it has" });
    const before = await getDb().user.findUniqueOrThrow({ where: { email } });
    expect(await sign(email)).toEqual({ ok: true, isSignedUp: false });
    const mail = await newestMail(email);
    expect(mail.subject).toBe("You already have a DAAI Console account");
    expect(mail.links).toEqual(["http://localhost:3000/sign-in", "http://localhost:3000/forgot-password"]);
    expect(await getDb().user.findUniqueOrThrow({ where: { email } })).toEqual(before);
  });

  test("is not made over one that came to be in between", async () => {
    const email = newEmail();
    await sign(email);
    const token = await mailedToken(email);
    await createUser(operatorContext(null), { email, password: "the password it has" });
    const before = await getDb().user.findUniqueOrThrow({ where: { email } });
    expect(await confirm(token)).toMatchObject({ ok: false, code: "mail_link_closed" });
    expect(await getDb().user.findUniqueOrThrow({ where: { email } })).toEqual(before);
  });

  test("is asked for alike, whether there is one or not", async () => {
    const changed = async (address: string) => {
      const before = await tableContents();
      const outcome = await sign(address);
      const after = await tableContents();
      return { outcome, tables: Object.keys(after).filter((name) => after[name]?.split(" ")[0] !== before[name]?.split(" ")[0]) };
    };
    const known = newEmail();
    await createUser(operatorContext(null), { email: known, password: "the password it has" });
    await sign(newEmail());
    expect(await changed(known)).toEqual(await changed(newEmail()));
  });

  test.each([
    ["invite", "Sign-up is by invitation. Ask a workspace owner or admin to invite you."],
    ["closed", "Only the operator can create accounts on this console. Ask them for one."],
  ])("is refused when sign-up is %s, counted, and leaves no other trace", async (mode, detail) => {
    set({ mode });
    const email = newEmail();
    const before = await tableContents();
    expect(await sign(email)).toEqual({ ok: false, code: "sign_up_closed", detail });
    const after = await tableContents();
    expect(Object.keys(after).filter((name) => after[name] !== before[name])).toEqual(["public.usage_counters"]);
    expect(tally((await atOnce(7, () => sign(email))).map((outcome) => (outcome.ok ? "ok" : outcome.code)))).toEqual({
      sign_up_closed: 4,
      too_many_attempts: 3,
    });
  });

  test("is mailed only so often", async () => {
    const email = newEmail();
    const all = await atOnce(12, () => sign(email));
    expect(tally(all.map((outcome) => (outcome.ok ? "ok" : outcome.code)))).toEqual({ ok: 5, too_many_attempts: 7 });
    await drainJobs();
    expect(await getDb().mailboxMessage.count({ where: { toEmail: email } })).toBe(5);
  });
});
