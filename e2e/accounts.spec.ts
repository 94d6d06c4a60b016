import { chromium } from "@playwright/test";
import { SignInPage } from "@/e2e/pages/sign-in-page";
import { getDb } from "@/lib/db/client";
import { THROTTLES } from "@/lib/domain/access/throttles";
import { getEnv } from "@/lib/env";
import { expectAccessible } from "./accessibility";
import { expect, test } from "./fixtures";
import { mailedPath } from "./mailbox";
import { overflowOf } from "./watch-page";
import { PASSWORD } from "./world";

const NEW_PASSWORD = "frogs stay in the pond";

test.beforeEach(() => getDb().usageCounter.deleteMany({ where: { scope: { contains: "sign" } } }));

test("a console opened at another address says which is its own, on the page and when something is sent, with the way there", async ({
  world,
  watch: _,
}) => {
  await world.workspace();
  const own = getEnv().DAAI_PUBLIC_URL;
  const elsewhere = own.replace("127.0.0.1", "elsewhere.example");
  const browser = await chromium.launch({
    executablePath: test.info().project.use.launchOptions?.executablePath,
    args: ["--host-resolver-rules=MAP elsewhere.example 127.0.0.1"],
  });
  try {
    const page = await browser.newPage();
    await page.goto(`${elsewhere}/sign-in?next=%2Fapprovals`);
    const said = `This console is at ${own} (DAAI_PUBLIC_URL), but you opened ${elsewhere}.`;
    await expect(page.getByRole("alert").filter({ hasText: said })).toBeVisible();
    await expect(page.getByRole("link", { name: "Open this page at the console’s address" })).toHaveAttribute(
      "href",
      `${own}/sign-in?next=%2Fapprovals`,
    );
    await page.getByLabel("Email").fill("ada@example.com");
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page.getByRole("main").getByRole("alert")).toContainText(`${said} Nothing was changed.`);
    await page.getByRole("button", { name: "Email me a sign-in link" }).click();
    await expect(page.getByRole("main").getByRole("alert")).toContainText(`${said} Nothing was changed.`);
  } finally {
    await browser.close();
  }
});

test("an account: made, confirmed by mail, left, entered by a link, its password forgotten", async ({ page, world, watch }) => {
  test.slow();
  await world.workspace();
  const email = `new-${Date.now()}@example.com`;
  await page.goto("/sign-up?next=//evil.example");
  await expectAccessible(page);
  await page.getByLabel("Name").fill("Ada Lovelace");
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill("short");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("at least 12 characters");
  await expect(page.getByLabel("Email")).toHaveValue(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByRole("heading", { name: "Check the console’s mailbox" })).toBeVisible();
  await expectAccessible(page);

  const confirmation = await mailedPath(email, /Confirm/);
  await page.goto(confirmation);
  await expectAccessible(page);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Confirm and sign in" }).click();
  await page.waitForURL("**/home");
  await page.goto(confirmation);
  await expect(page.getByRole("heading", { name: "This link was already used" })).toBeVisible();
  await expectAccessible(page);

  await page.goto("/account");
  await page.getByRole("button", { name: /^Your account/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.waitForURL("**/sign-in");
  await page.goto("/account");
  await page.waitForURL("**/sign-in?next=%2Faccount");

  const signInPage = new SignInPage(page);
  await signInPage.mailLink(email);
  await expect(page.getByRole("heading", { name: "Check the console’s mailbox" })).toBeVisible();
  const link = await mailedPath(email, /sign-in link/);
  for (let opened = 0; opened < 3; opened++) expect((await page.request.get(link)).status()).toBe(200);
  await page.goto(link);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/account");
  await page.goto(link);
  await expect(page.getByRole("heading", { name: "This link was already used" })).toBeVisible();

  await page.context().clearCookies();
  await page.goto("/forgot-password");
  await expectAccessible(page);
  await page.getByLabel("Email").fill(email);
  await page.getByRole("button", { name: "Send reset link" }).click();
  await expect(page.getByRole("heading", { name: "Check the console’s mailbox" })).toBeVisible();
  await page.goto(await mailedPath(email, /Reset your .*password/));
  await expectAccessible(page);
  await page.getByLabel("New password", { exact: true }).fill(NEW_PASSWORD);
  await page.getByRole("button", { name: "Set password and sign in" }).click();
  await page.waitForURL("**/home");

  await page.context().clearCookies();
  watch.allow(/401/);
  await signInPage.open();
  await signInPage.signIn(email, PASSWORD);
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Incorrect email or password.");
  await signInPage.signIn(email, NEW_PASSWORD);
  await page.waitForURL("**/home");
});

/** Guesses are counted in windows of the clock: one may end between two of them. */
const MAX_GUESSES = 2 * THROTTLES.sign_in.each + 1;

test("a stranger learns nothing from any answer, and is stopped after ten guesses", async ({ page, world, watch }) => {
  test.slow();
  watch.allow(/401/);
  const { owner } = await world.workspace();
  const signInPage = new SignInPage(page);
  for (const email of [owner.email, "nobody@example.com"]) {
    await signInPage.open();
    await signInPage.mailLink(email);
    await expect(
      page.getByText(`If ${email} has an account, an email with a link is stored for it. The link works once, for 15 minutes.`),
    ).toBeVisible();
    await page.goto("/forgot-password");
    await page.getByLabel("Email").fill(email);
    await page.getByRole("button", { name: "Send reset link" }).click();
    await expect(page.getByText(`If ${email} has an account, an email with a link to reset the password is stored for it.`)).toBeVisible();
    await page.goto("/sign-up");
    await page.getByLabel("Name").fill("Ada");
    await page.getByLabel("Email").fill(email);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(page.getByText(`An email with a link is stored for ${email}.`)).toBeVisible();
  }
  await signInPage.open();
  const alert = page.getByRole("main").getByRole("alert");
  let guesses = 0;
  do {
    const answered = page.waitForResponse((response) => response.request().method() === "POST");
    await signInPage.signIn(owner.email, `wrong ${guesses}`);
    await answered;
    await expect(page.getByRole("button", { name: "Sign in" })).not.toHaveAttribute("aria-disabled", "true");
    await expect(alert).toContainText(/Incorrect email or password|Too many attempts/);
    guesses++;
  } while (guesses < MAX_GUESSES && (await alert.textContent())?.includes("Incorrect"));
  await expect(alert).toContainText(/Try again at \d\d:\d\d\./);
  expect(guesses).toBeGreaterThan(THROTTLES.sign_in.each);
  await expect(signInPage.email).toHaveValue(owner.email);
});

test("sessions: seen, ended one by one and everywhere", async ({ page, world, signIn, browser, daai, watch }) => {
  test.slow();
  const { owner } = await world.workspace();
  const there = await browser.newContext({ baseURL: daai.url });
  watch.add(there);
  const otherPage = await there.newPage();
  await signIn(page, owner);
  await signIn(otherPage, owner);
  await otherPage.goto("/account");
  await page.goto("/account");
  await expectAccessible(page);
  await expect(page.getByText("this browser")).toHaveCount(1);
  await page.getByLabel("Name").fill("Marta Halvorsen");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("button", { name: "Your account: Marta Halvorsen" })).toBeVisible();
  await page.getByRole("button", { name: /^End the session of/ }).click();
  await expect(page.getByRole("button", { name: /^End the session of/ })).toHaveCount(0);
  await otherPage.goto("/account");
  await otherPage.waitForURL("**/sign-in?next=%2Faccount");

  await signIn(otherPage, owner);
  await page.getByLabel("Current password").fill("not this one at all");
  await page.getByLabel("New password", { exact: true }).fill(NEW_PASSWORD);
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("This isn’t your current password.");
  await page.getByLabel("Current password").fill(PASSWORD);
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("1 other session was ended.", { exact: true })).toBeVisible();
  await otherPage.goto("/account");
  await otherPage.waitForURL("**/sign-in?next=%2Faccount");

  await page.setViewportSize({ width: 360, height: 780 });
  expect(await overflowOf(page)).toBe(0);
  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Sign out everywhere" }).click();
  await page.waitForURL("**/sign-in");
  await page.goto("/home");
  await page.waitForURL("**/sign-in?next=%2Fhome");
  await expectAccessible(page);
  expect(await overflowOf(page)).toBe(0);
  await there.close();
});

test("a page that is one form can be typed into without a click, except where that would open a phone's keyboard", async ({
  page,
  browser,
  daai,
  watch,
  world,
}) => {
  await world.workspace();
  const signIn = new SignInPage(page);
  await page.goto("/sign-in");
  await expect(signIn.email).toBeFocused();
  // A field that is left empty before anything was sent is no mistake yet, and what is pressed stays where it was.
  await page.getByRole("link", { name: "Create one" }).click();
  await page.waitForURL(/\/sign-up/);
  await expect(page.getByLabel("Name", { exact: true })).toBeFocused();
  const phone = await browser.newContext({ baseURL: daai.url, hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });
  watch.add(phone);
  const pageOnPhone = await phone.newPage();
  await pageOnPhone.goto("/sign-in");
  await expect(pageOnPhone.getByRole("button", { name: "Sign in", exact: true })).toBeEnabled();
  expect(await pageOnPhone.evaluate(() => document.activeElement === document.body)).toBe(true);
  await phone.close();
});
