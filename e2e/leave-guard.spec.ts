import type { Page } from "@playwright/test";
import { ActionFormPage } from "@/e2e/pages/action-form-page";
import { Shell } from "@/e2e/pages/shell";
import { makeAction } from "@/lib/testing/factories";
import { expectAccessible } from "./accessibility";
import { expect, test } from "./fixtures";

const question = (page: Page) => page.getByRole("alertdialog", { name: /^Leave without/ });

async function stay(page: Page): Promise<void> {
  await expect(question(page)).toBeVisible();
  await question(page).getByRole("button", { name: "Stay" }).click();
  await expect(question(page)).toBeHidden();
}

/** The browser's Back, which need not lead anywhere. */
const pressBack = (page: Page) => page.evaluate(() => window.history.back());

test("a form with something typed asks before a link, Back, the palette and signing out lose it", async ({ world, signIn, page }) => {
  const workspace = await world.workspace();
  await makeAction(workspace, { name: "refund", title: "Refund", policy: { type: "require_approval_above_amount", threshold: "250" } });
  await signIn(page, workspace.owner);
  const shell = new Shell(page);
  const form = new ActionFormPage(page);
  await page.goto(`/workspaces/${workspace.workspaceId}/actions/refund`);
  await page.getByRole("link", { name: "Edit" }).click();
  await expect(form.threshold).toHaveValue("250");

  // Nothing is typed, so nothing is asked.
  await page.goBack();
  await page.waitForURL(/\/actions\/refund$/);
  await page.goForward();
  await expect(form.threshold).toHaveValue("250");

  await form.threshold.fill("400");
  await shell.link("Runs").click();
  await expectAccessible(page);
  await stay(page);
  await shell.jumpTo("members");
  await page.keyboard.press("Enter");
  await stay(page);
  await shell.chooseInAccountMenu("Sign out");
  await stay(page);
  await pressBack(page);
  await stay(page);
  await expect(page).toHaveURL(/\/actions\/refund\/edit$/);
  await expect(form.threshold).toHaveValue("400");

  // After something more is typed, Back asks again, and then leads where it would have led.
  await form.threshold.fill("500");
  await pressBack(page);
  await question(page).getByRole("button", { name: "Leave without saving" }).click();
  await page.waitForURL(/\/actions\/refund$/);
  await expect(page.getByRole("heading", { name: /above 250/ })).toBeVisible();
});

test("new keys and a half-filled webhook are not lost by Back, the palette or Escape", async ({ world, signIn, page }) => {
  const workspace = await world.workspace();
  await signIn(page, workspace.owner);
  const shell = new Shell(page);
  await page.goto("/home");
  await shell.jumpTo("create workspace");
  await page.keyboard.press("Enter");
  await page.getByLabel("Name", { exact: true }).fill("Support desk");
  await page.getByLabel("Client", { exact: true }).fill("Brightwater");
  await page.getByRole("button", { name: "Create workspace" }).click();
  const key = page.getByText(/^daai_sk_\w{38}$/);
  await expect(key).toBeVisible();
  await pressBack(page);
  await stay(page);
  await shell.jumpTo("home");
  await page.keyboard.press("Enter");
  await stay(page);
  await expect(key).toBeVisible();
  await page.getByLabel("I’ve stored both keys").check();
  await page.getByRole("complementary").getByRole("link", { name: "Home" }).click();
  await page.waitForURL(/\/home$/);

  await page.goto(`/workspaces/${workspace.workspaceId}/settings/webhooks`);
  await page.getByRole("button", { name: "Create webhook" }).click();
  const dialog = page.getByRole("dialog");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await page.getByRole("button", { name: "Create webhook" }).click();
  await dialog.getByLabel("URL").fill("https://example.com/hooks");
  await page.keyboard.press("Escape");
  await stay(page);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await stay(page);
  await expect(dialog.getByLabel("URL")).toHaveValue("https://example.com/hooks");
  await page.keyboard.press("Escape");
  await question(page).getByRole("button", { name: "Leave without saving" }).click();
  await expect(dialog).toBeHidden();
});
