import type { BrowserContext, Locator, Page } from "@playwright/test";
import { getDb } from "@/lib/db/client";
import { ownPath } from "@/lib/domain/access/own-path";
import { inviteMember } from "@/lib/members/invite-member";
import { PAGE_ROWS } from "@/lib/testing/console/page-rows";
import { expectOk, makeAction } from "@/lib/testing/factories";
import { issueAccountToken } from "@/lib/users/issue-account-token";
import { expect, test } from "./fixtures";
import { mailedPath, mailedToken } from "./mailbox";
import { makePageThings } from "./page-things";
import { PASSWORD, type Person, type World } from "./world";

const SCRIPTS = "**/_next/static/**/*.js";
/** Typed into every field: it must be in no address, whatever is pressed. */
const TYPED = "my secret passphrase";
const AS_TYPED = /my[\s+]*(%20)*secret/i;
/** These work without a script, and belong in the address. */
const FILTERS = ["Search", "Filters"];

interface Address {
  readonly path: string;
  readonly isSignedIn: boolean;
}

/** Every page, and those of mailed links with links that work. */
async function makeAddresses(world: World): Promise<{ addresses: Record<string, Address>; owner: Person }> {
  const { things, owner } = await makePageThings(world);
  const rows = Object.entries(PAGE_ROWS).map(([name, { who, path }]) => [name, { path: path(things), isSignedIn: who !== "anybody" }]);
  const workspace = await world.workspace();
  const { userId, email } = await world.person(workspace, "viewer");
  const token = async (kind: "sign_in" | "reset_password" | "sign_up") => {
    const isNew = kind === "sign_up";
    const about = isNew
      ? { email: "new@example.com", userId: null, payload: { name: "Ada", password_hash: "x", next: ownPath("/") } }
      : { email, userId };
    return (await issueAccountToken(getDb(), { kind, ...about })).token;
  };
  expectOk(await inviteMember(workspace.ctx, { email: "invited@example.com", role: "viewer" }));
  const { toEmail } = await getDb().emailDelivery.findFirstOrThrow({ where: { runId: things.runId } });
  const decide = `/decide/${await mailedToken(things.runId, toEmail)}`;
  const links = {
    "/sign-in/link": `/sign-in/link?token=${await token("sign_in")}`,
    "/reset-password": `/reset-password?token=${await token("reset_password")}`,
    "/sign-up/confirm": `/sign-up/confirm?token=${await token("sign_up")}`,
    "/invitation/[token]": await mailedPath("invited@example.com", /invited/),
    "/decide/[token]": decide,
  };
  const opened = Object.entries(links).map(([name, path]) => [name, { path, isSignedIn: false }]);
  return { addresses: Object.fromEntries([...rows, ...opened]) as Record<string, Address>, owner };
}

function awaitedMoment(): { moment: Promise<void>; come: () => void } {
  let come = () => {};
  const moment = new Promise<void>((resolve) => (come = resolve));
  return { moment, come };
}

/** Everything that leaves the browser, as the server would log it. */
function watchAccess(context: BrowserContext): { lines: string[] } {
  const lines: string[] = [];
  context.on("request", (request) => lines.push(`${request.method()} ${request.url()} ${request.headers().referer ?? ""}`));
  return { lines };
}

/** Fills the form in and tries to send it in every way that a person has. */
async function typeAndPress(page: Page, form: Locator): Promise<void> {
  for (const field of await form.locator("input, textarea").all()) {
    const type = (await field.getAttribute("type")) ?? "text";
    if (!["text", "email", "password", "search"].includes(type) || !(await field.isEditable()) || !(await field.isVisible())) continue;
    await field.fill(TYPED);
    await field.press("Enter");
  }
  for (const button of await form.locator("button").all()) if (await button.isVisible()) await button.click({ force: true });
}

/** Pages whose forms wait, so that the test cannot pass by finding none. */
const WAITING = [
  "/account",
  "/admin/users/[userId]",
  "/forgot-password",
  "/invitation/[token]",
  "/reset-password",
  "/sign-in",
  "/sign-in/link",
  "/sign-up",
  "/sign-up/confirm",
  "/workspaces/[workspaceId]/actions/[name]/edit",
  "/workspaces/[workspaceId]/actions/new",
  "/workspaces/[workspaceId]/budgets/[budgetId]/edit",
  "/workspaces/[workspaceId]/budgets/new",
  "/workspaces/[workspaceId]/freezes",
  "/workspaces/[workspaceId]/settings",
  "/workspaces/[workspaceId]/settings/approvals",
  "/workspaces/[workspaceId]/settings/checkpoints",
  "/workspaces/new",
];

for (const how of ["blocked", "late", "off"] as const) {
  test.describe(`scripts ${how}`, () => {
    test.use({ javaScriptEnabled: how !== "off" });

    test(`every form before its script sends nothing, or by POST: scripts ${how}`, async ({
      page,
      context,
      world,
      signIn,
      watch,
      daai,
    }) => {
      test.setTimeout(900_000);
      watch.allow(/_next\/static\//, /^console error: Failed to load resource/, /Blocked script execution/);
      const { addresses, owner } = await makeAddresses(world);
      const access = watchAccess(context);
      const waiting = new Set<string>();
      let isSignedIn = false;
      // Strangers' pages first: who is signed in is sent on from there.
      const inOrder = Object.entries(addresses).sort(([, a], [, b]) => Number(a.isSignedIn) - Number(b.isSignedIn));
      for (const [address, { path, isSignedIn: asOwner }] of inOrder) {
        await test.step(address, async () => {
          if (asOwner && !isSignedIn) await signIn(page, owner);
          isSignedIn ||= asOwner;
          // What the server sends is all that there is before the scripts; without a form in it, a browser has nothing to fill in.
          if (!(await (await page.request.get(path)).text()).includes("<form")) return;
          await page.unrouteAll();
          const arrival = awaitedMoment();
          if (how === "blocked") await page.route(SCRIPTS, (route) => route.abort());
          if (how === "late") await page.route(SCRIPTS, (route) => arrival.moment.then(() => route.continue()));
          await page.goto(path, { waitUntil: "commit" });
          await page.waitForLoadState("domcontentloaded");
          const before = page.url();
          for (const form of await page.locator("form").all()) {
            if ((await form.getAttribute("method")) === "get") {
              const name = (await form.getAttribute("aria-label")) ?? (await form.getAttribute("role")) ?? "";
              expect(FILTERS.map((filter) => filter.toLowerCase())).toContain(name.toLowerCase());
              await expect(form.locator("input[type=password]")).toHaveCount(0);
              continue;
            }
            expect(await form.getAttribute("method"), address).toBe("post");
            // An ordinary form goes on to its next page, as it should.
            const works = (await form.getAttribute("action")) !== null;
            if (!works) waiting.add(address);
            if (!works && how === "off") await expect(page.getByText("needs JavaScript").filter({ visible: true }).first()).toBeVisible();
            const sent = access.lines.length;
            await typeAndPress(page, form);
            if (works) break;
            await expect(page, address).toHaveURL(before);
            expect(access.lines.slice(sent).filter((line) => line.startsWith("POST"))).toEqual([]);
          }
          arrival.come();
          if (how === "late" && waiting.has(address)) await expectUsable(page, address);
        });
      }
      expect(access.lines.filter((line) => AS_TYPED.test(line))).toEqual([]);
      expect(daai.logs()).not.toMatch(AS_TYPED);
      expect([...waiting].sort()).toEqual(WAITING);
    });
  });
}

/** Once its script is there, the form can be sent, with what was typed before. */
async function expectUsable(page: Page, address: string): Promise<void> {
  const form = page.locator("form[method=post]").first();
  await expect(form.locator("button[type=submit]").first(), address).toBeEnabled();
  await expect(form.getByText("This form needs JavaScript")).toHaveCount(0);
  const password = form.locator("input[type=password]").first();
  if ((await password.count()) > 0) await expect(password, address).toHaveValue(TYPED);
}

test("what was typed before the script had arrived signs in once it has", async ({ page, world }) => {
  const { owner } = await world.workspace();
  const arrival = awaitedMoment();
  await page.route(SCRIPTS, (route) => arrival.moment.then(() => route.continue()));
  await page.goto("/sign-in", { waitUntil: "commit" });
  await page.getByLabel("Email").fill(owner.email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByLabel("Password", { exact: true }).press("Enter");
  await expect(page.getByRole("button", { name: "Sign in", exact: true })).toBeDisabled();
  await expect(page).toHaveURL(/\/sign-in$/);
  arrival.come();
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL("**/home");
});

test("what was chosen before the script had arrived stays chosen, and is what is saved", async ({ page, world, signIn }) => {
  const workspace = await world.workspace();
  await makeAction(workspace, { name: "refund", title: "Refund a customer" });
  await signIn(page, workspace.owner);
  const home = `/workspaces/${workspace.workspaceId}`;
  // Chosen while the scripts are held up; what the page makes of it shows once the button of its form works.
  const openEarly = async (path: string, choose: () => Promise<void>, button: string) => {
    const arrival = awaitedMoment();
    await page.route(SCRIPTS, (route) => arrival.moment.then(() => route.continue()));
    await page.goto(`${home}${path}`, { waitUntil: "commit" });
    await expect(page.getByRole("button", { name: button, exact: true })).toBeDisabled();
    await choose();
    arrival.come();
    await expect(page.getByRole("button", { name: button, exact: true })).toBeEnabled();
    await page.unrouteAll({ behavior: "wait" });
  };

  const prevents = page.getByRole("checkbox", { name: "Prevent self-approval" });
  const critical = page.getByRole("radio", { name: "Critical" });
  const logs = page.getByRole("radio", { name: /^Log only/ });
  await openEarly(
    "/actions/refund/edit",
    async () => {
      await prevents.check();
      await critical.check();
      await logs.check();
    },
    "Save changes",
  );
  for (const box of [prevents, critical, logs]) await expect(box).toBeChecked();
  await page.getByRole("button", { name: "Save changes" }).click();
  await page.waitForURL(/\/actions\/refund$/);
  expect(
    await getDb().registeredAction.findFirstOrThrow({ where: { workspaceId: workspace.workspaceId }, include: { policyVersions: true } }),
  ).toMatchObject({
    requiresFourEyes: true,
    riskLevel: "critical",
    policyVersion: 2,
    policyVersions: expect.arrayContaining([expect.objectContaining({ version: 2, policyType: "log_only" })]),
  });

  const key = page.getByLabel("What to freeze");
  await openEarly("/freezes", async () => void (await key.selectOption({ label: "Refund a customer" })), "Freeze");
  await expect(key).toHaveValue("action refund");
  await page.getByLabel("Reason").fill("It refunds the wrong customers.");
  await page.getByRole("button", { name: "Freeze", exact: true }).click();
  await expect(page.getByRole("heading", { name: "The action Refund a customer is frozen" })).toBeVisible();
});
