import { Shell } from "@/e2e/pages/shell";
import { NOTHING } from "@/lib/testing/console/sweep-world";
import { makeRun } from "@/lib/testing/factories";
import { expectAccessible } from "./accessibility";
import { expect, test } from "./fixtures";
import { overflowOf } from "./watch-page";

test("by keyboard one finds a run, another workspace, and the way out", async ({ page, world, signIn }) => {
  const [first, second] = [
    await world.workspace({ name: "Finance automations", clientName: "Halvorsen" }),
    await world.workspace({ name: "Foreign" }),
  ];
  const [runId, foreignRunId] = [await makeRun(first, "always_require_approval"), await makeRun(second, "always_require_approval")];
  await signIn(page, first.owner);
  await page.goto("/home");
  const shell = new Shell(page);
  await expect(shell.link("Approvals 1 pending")).toBeVisible();

  await shell.jumpTo(foreignRunId);
  await expect(shell.palette.getByRole("option")).toHaveCount(1);
  await expect(shell.palette.getByRole("option", { name: /^Search all runs/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(shell.palette).toBeHidden();

  await shell.jumpTo(runId);
  await expect(shell.palette.getByRole("option", { name: /action_/ })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/workspaces/${first.workspaceId}/runs/${runId}`);
  await expect(shell.link("Runs").first()).toHaveAttribute("aria-current", "page");

  await shell.chooseInAccountMenu("Sign out");
  await page.waitForURL("**/sign-in");
  await page.goto("/home");
  await page.waitForURL("**/sign-in*");
});

test("on a phone the sidebar is a menu, and the theme that was chosen stays", async ({ page, world, signIn }) => {
  const workspace = await world.workspace({ name: "Finance automations", clientName: "Halvorsen" });
  await signIn(page, workspace.owner);
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto("/home");
  expect(await overflowOf(page)).toBe(0);
  const shell = new Shell(page);

  const menu = await shell.openMenu();
  await expectAccessible(page);
  await menu.getByRole("link", { name: "Members" }).click();
  await page.waitForURL("**/members");
  await expect(menu).toBeHidden();

  await shell.openMenu();
  await shell.chooseInAccountMenu("Dark");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expectAccessible(page);
});

test("a workspace of others is not found, and neither is a page that does not exist", async ({ page, world, signIn, watch }) => {
  watch.allow(/404/);
  const [own, foreign] = [await world.workspace(), await world.workspace()];
  await signIn(page, own.owner);
  for (const address of [
    `/workspaces/${foreign.workspaceId}`,
    `/workspaces/${foreign.workspaceId}/settings`,
    "/workspaces/nonsense",
    `/workspaces/${own.workspaceId}/nothing`,
    `/workspaces/${own.workspaceId}/runs/${NOTHING.runId}`,
    `/workspaces/${own.workspaceId}/runs/nothing`,
    `/workspaces/${own.workspaceId}/receipts/${NOTHING.receiptId}`,
    `/workspaces/${own.workspaceId}/actions/nothing`,
  ]) {
    expect((await page.goto(address))?.status()).toBe(404);
    await expect(page.getByRole("heading", { name: "Page not found" })).toBeVisible();
  }
});
