import type { Page } from "@playwright/test";
import { Shell } from "@/e2e/pages/shell";
import { expect, test } from "./fixtures";

const CODE = "**/_next/static/chunks/**";

/** Holds back what code is asked for, from `hold` until `release`. */
async function holdCode(page: Page) {
  let gate = Promise.resolve();
  let open: () => void = () => undefined;
  await page.route(CODE, (route) => gate.then(() => route.continue()));
  return {
    hold: () => {
      gate = new Promise((resolve) => {
        open = resolve;
      });
    },
    release: () => open(),
  };
}

test("what is pressed or typed before its code has come is not lost", async ({ page, world, signIn }) => {
  const workspace = await world.workspace({ name: "Finance automations" });
  await signIn(page, workspace.owner);
  await page.goto(`/workspaces/${workspace.workspaceId}/settings/keys`);
  const shell = new Shell(page);
  const code = await holdCode(page);

  code.hold();
  const account = page.getByRole("button", { name: /^Your account/ });
  await account.press("Enter");
  await expect(account).toHaveAttribute("aria-expanded", "true");
  code.release();
  await expect(page.getByRole("menuitem", { name: "Account" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(account).toBeFocused();
  await account.press("ArrowDown");
  await expect(page.getByRole("menuitem", { name: "Account" })).toBeFocused();
  await page.keyboard.press("Escape");

  code.hold();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("runz");
  await page.keyboard.press("Backspace");
  await page.keyboard.type("s");
  code.release();
  await expect(shell.palette.getByRole("combobox")).toHaveValue("runs");
  await expect(shell.palette.getByRole("combobox")).toBeFocused();
  await expect(shell.palette.getByRole("option", { name: /^Runs/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(shell.palette).toBeHidden();

  code.hold();
  const create = page.getByRole("button", { name: "New key" });
  await create.click();
  await page.keyboard.press("Escape");
  await expect(create).toHaveAttribute("aria-expanded", "false");
  await create.click();
  await create.click();
  code.release();
  const dialog = page.getByRole("dialog", { name: "New key" });
  await expect(dialog).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(dialog.locator(":focus")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(create).toBeFocused();
});

test("what can't be loaded says so, and opens when it is pressed again", async ({ page, world, signIn, watch }) => {
  watch.allow(/chunks|ERR_FAILED/);
  const workspace = await world.workspace({ name: "Finance automations" });
  await signIn(page, workspace.owner);
  await page.goto(`/workspaces/${workspace.workspaceId}/settings/keys`);
  await page.route(CODE, (route) => route.abort());
  const create = page.getByRole("button", { name: "New key" });
  await create.click();
  await expect(page.getByText("Couldn’t open this")).toBeVisible();
  await page.unroute(CODE);
  await create.click();
  await expect(page.getByRole("dialog", { name: "New key" })).toBeVisible();
});

test("the labels of the narrow sidebar appear for the pointer and for the keyboard", async ({ page, world, signIn }) => {
  const workspace = await world.workspace({ name: "Finance automations" });
  await signIn(page, workspace.owner);
  await page.setViewportSize({ width: 1000, height: 800 });
  await page.goto("/home");
  const shell = new Shell(page);
  await shell.link("Members").first().hover();
  await expect(page.getByRole("tooltip", { name: "Members" })).toBeAttached();
  await page.mouse.move(600, 400, { steps: 5 });
  await expect(page.getByRole("tooltip")).toHaveCount(0);
  await shell.link("Home").first().focus();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("tooltip", { name: /^Approvals/ })).toBeAttached();
  await expect(page.getByRole("link", { name: /^Approvals/ })).toHaveAttribute("aria-describedby", /./);
});
