import type { Locator } from "@playwright/test";
import { OverviewPage } from "@/e2e/pages/overview-page";
import { decideRun } from "@/lib/approvals/decide-run";
import { expectOk, makeAction, proposeOk } from "@/lib/testing/factories";
import { expectAccessible } from "./accessibility";
import { expect, test } from "./fixtures";
import { overflowOf } from "./watch-page";

test("an empty workspace leads to its setup; then the counts follow what happens, without reloading", async ({ page, world, signIn }) => {
  const workspace = await world.workspace({ name: "Finance automations", clientName: "Halvorsen Logistics" });
  await makeAction(workspace, { name: "refund_payment", approverEmails: ["ann@example.com"] });
  await makeAction(workspace, { name: "export_report", policy: { type: "always_allow" } });
  await signIn(page, workspace.owner);
  const overview = new OverviewPage(page, workspace.workspaceId);
  await overview.open();
  await expect(page.getByRole("heading", { name: "Finance automations", level: 1 })).toBeVisible();
  await expect(page.getByRole("heading", { name: "No runs yet" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Open setup" })).toHaveAttribute("href", `/workspaces/${workspace.workspaceId}/setup`);

  // The cards below fill the row, side by side.
  const notice = page
    .locator("section")
    .filter({ has: page.getByRole("heading", { name: "No runs yet" }) })
    .last();
  const edgesOf = async (leftmost: Locator, rightmost: Locator) => {
    const [left, right] = [await leftmost.boundingBox(), await rightmost.boundingBox()];
    return [left?.x ?? Number.NaN, right ? right.x + right.width : Number.NaN].map(Math.round);
  };
  await expect(async () => {
    const [first, last] = ["Email delivery", /^Usage in/].map((name) => page.getByRole("region", { name }));
    expect(await edgesOf(first ?? notice, last ?? notice)).toEqual(await edgesOf(notice, notice));
  }).toPass();

  await proposeOk(workspace, { action: "export_report", payload: {} });
  await proposeOk(workspace, { action: "never_registered", payload: {} });
  const { action_run_id: runId } = await proposeOk(workspace, { action: "refund_payment", payload: { amount: 1840, currency: "EUR" } });
  await overview.expectCount("Allowed", 1);
  await overview.expectCount("Blocked", 1);
  await expect(overview.count("Blocked")).toContainText("1 unknown action");
  await overview.expectCount("Pending approval", 1);
  await expect(overview.count("Pending approval").getByRole("link")).toContainText("Oldest pending for");

  expectOk(await decideRun(workspace.ctx, { runId, decision: "approve", comment: null }));
  await overview.expectCount("Approved", 1);
  await overview.expectCount("Pending approval", 0);
  await expect(overview.count("Approved")).toContainText("Median under 1 min to decide");

  await expect(overview.chart).toBeVisible();
  await page.getByRole("link", { name: "Show as table" }).click();
  await expect(overview.table.getByRole("row").nth(1)).toContainText("All11010");
  await page.getByRole("link", { name: "24 hours" }).click();
  await expect(page).toHaveURL(/range=24h/);
  await expect(overview.table.getByRole("row")).toHaveCount(26);
  await expect(page.getByRole("table", { name: "Latest runs" }).getByRole("row")).toHaveCount(4);

  await expectAccessible(page);
  await overview.open();
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 780 });
  expect(await overflowOf(page)).toBe(0);
});

test("every member sees it, a stranger does not", async ({ page, world, signIn }) => {
  const workspace = await world.workspace();
  await makeAction(workspace, { name: "asked" });
  await proposeOk(workspace, { action: "asked", payload: {} });
  const overview = new OverviewPage(page, workspace.workspaceId);
  for (const role of ["admin", "developer", "approver", "viewer"] as const) {
    await signIn(page, await world.person(workspace, role));
    await overview.open();
    await overview.expectCount("Pending approval", 1);
    await expect(page.getByRole("link", { name: "Change", exact: true })).toHaveCount(role === "admin" ? 1 : 0);
  }
  await signIn(page, await world.person(workspace, null));
  expect((await page.request.get(`/workspaces/${workspace.workspaceId}`)).status()).toBe(404);
});
