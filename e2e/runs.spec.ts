import { readFileSync } from "node:fs";
import { ActionFormPage } from "@/e2e/pages/action-form-page";
import { RunsPage } from "@/e2e/pages/runs-page";
import { claimOk, endLease, makeAction, proposeOk } from "@/lib/testing/factories";
import { expectAccessible } from "./accessibility";
import { expect, test } from "./fixtures";
import { overflowOf } from "./watch-page";

const REFUND = {
  name: "refund_payment",
  riskLevel: "high",
  sentence: "refund {amount} {currency} to {customer.name}",
  policy: { type: "require_approval_above_amount", threshold: "250" },
} as const;

test("runs are filtered, sorted and searched in the address, arrive live, and are exported", async ({ world, signIn, page }) => {
  const workspace = await world.workspace();
  await makeAction(workspace, REFUND);
  const propose = (amount: string, name: string) =>
    proposeOk(workspace, { action: "refund_payment", actor: "support_agent", payload: { amount, currency: "EUR", customer: { name } } });
  for (const [amount, name] of [
    ["90.00", "Ada Ltd"],
    ["1840.00", "Nordlicht Café"],
    ["400.00", "=SUM(A1)"],
  ] as const)
    await propose(amount, name);
  await signIn(page, workspace.owner);
  const runs = new RunsPage(page, workspace.workspaceId);
  await runs.open();
  await runs.expectRows(3);
  await expectAccessible(page);

  // Wherever a row is pressed, it opens its run.
  await runs.row("Nordlicht").click({ position: { x: 600, y: 12 } });
  await page.waitForURL(/\/runs\/[0-9a-f-]{36}$/);
  await page.goBack();
  await runs.expectRows(3);

  await runs.filter("Governance", "Pending approval");
  await expect(page).toHaveURL(/status=pending_approval/);
  await runs.expectRows(2);
  await page.getByRole("link", { name: "Amount" }).click();
  await expect(page).toHaveURL(/sort=-amount/);
  await expect(runs.table.getByRole("row").nth(1)).toContainText("1,840.00");

  // What the address says is what a colleague sees who opens it, and what comes out as a file.
  await page.reload();
  await runs.expectRows(2);
  const lines = readFileSync(await (await runs.export("As CSV")).path(), "utf8")
    .trimEnd()
    .split("\r\n");
  expect(lines).toHaveLength(3);
  expect(lines[1]).toContain("Nordlicht Café");
  expect(lines[2]).toContain("'=SUM(A1)");

  await page.getByRole("button", { name: "Clear filters" }).click();
  await runs.search("nordlicht");
  await runs.expectRows(1);
  await runs.search("nobody at all");
  await expect(page.getByRole("heading", { name: "No runs match these filters" })).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).last().click();
  await runs.expectRows(3);

  await runs.open();
  await runs.expectRows(3);
  await propose("75.00", "Late Arrivals");
  await expect(page.getByRole("button", { name: "1 new" })).toBeVisible();
  // One that waits for people also changes what stands around the list, which is then read again.
  await propose("900.00", "Later Still");
  await expect(page.getByRole("link", { name: "Approvals 3 pending" })).toBeVisible();
  const arrivals = page.getByRole("button", { name: "2 new" });
  await expect(arrivals).toBeVisible();
  await runs.expectRows(3);
  await arrivals.click();
  await runs.expectRows(5);
  await page.setViewportSize({ width: 360, height: 780 });
  expect(await overflowOf(page)).toBe(0);
});

test("garbage in the address is no list's end", async ({ world, signIn, page }) => {
  const workspace = await world.workspace();
  await signIn(page, workspace.owner);
  await new RunsPage(page, workspace.workspaceId).open("?status=nonsense&sort=;drop&after=%00&before='&min=1e9&within=x&rows=7&at=-1");
  await expect(page.getByRole("heading", { name: "No runs yet" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Set up your agent" })).toBeVisible();
});

test("views of the list are saved under a name, renamed and deleted, each person's own; the head of the list stays in sight", async ({
  world,
  signIn,
  page,
}) => {
  const workspace = await world.workspace();
  await makeAction(workspace, REFUND);
  const customer = { name: "Nordlicht" };
  for (let number = 1; number <= 40; number++)
    await proposeOk(workspace, { action: "refund_payment", payload: { amount: `${number}.00`, currency: "EUR", customer } });
  await proposeOk(workspace, { action: "refund_payment", payload: { amount: "400.00", currency: "EUR", customer } });
  await signIn(page, workspace.owner);
  const runs = new RunsPage(page, workspace.workspaceId);
  await runs.open();
  await expect(page.getByText("41 in total")).toBeVisible();
  const head = runs.table.getByRole("columnheader", { name: "Action" });
  const before = await head.boundingBox();
  await runs.table.getByRole("row").last().scrollIntoViewIfNeeded();
  await expect(runs.table.getByRole("row").last()).toBeInViewport();
  await expect(head).toBeInViewport({ ratio: 1 });
  expect((await head.boundingBox())?.x).toBe(before?.x);

  await runs.filter("Governance", "Pending approval");
  await runs.expectRows(1);
  await page.getByRole("button", { name: "Views" }).click();
  const views = page.getByRole("dialog", { name: "Saved views" });
  await views.getByLabel("Name of this view").fill("To decide");
  await expectAccessible(page);
  await views.getByRole("button", { name: "Save view" }).click();
  await expect(page.getByRole("button", { name: "To decide" })).toBeVisible();

  await runs.open();
  await runs.expectRows(41);
  await page.getByRole("button", { name: "Views" }).click();
  await views.getByRole("link", { name: "To decide" }).click();
  await runs.expectRows(1);
  await expect(page).toHaveURL(/\?status=pending_approval$/);
  await page.getByRole("button", { name: "To decide" }).click();
  await views.getByRole("button", { name: "Rename To decide" }).click();
  await views.getByLabel("New name").fill("Pending");
  await views.getByRole("button", { name: "Rename view" }).click();
  await views.getByRole("button", { name: "Delete Pending" }).click();
  await expect(views.getByRole("link", { name: "Pending" })).toHaveCount(0);
  await page.setViewportSize({ width: 360, height: 780 });
  expect(await overflowOf(page)).toBe(0);
});

test("an action that an agent proposed before it was registered is registered from its run", async ({ world, signIn, page }) => {
  const workspace = await world.workspace();
  const { action_run_id: runId } = await proposeOk(workspace, { action: "send_fax", payload: { to: "+44 20 7946 0000", pages: 3 } });
  await signIn(page, await world.person(workspace, "viewer"));
  await page.goto(`/workspaces/${workspace.workspaceId}/runs/${runId}`);
  await expect(page.getByText("(not registered)")).toBeVisible();
  await expect(page.getByRole("link", { name: "Register send_fax" })).toHaveCount(0);

  await page.context().clearCookies();
  await signIn(page, workspace.owner);
  const runs = new RunsPage(page, workspace.workspaceId);
  await runs.open();
  await page.getByRole("link", { name: "Register send_fax" }).click();
  const form = new ActionFormPage(page);
  await expect(form.name).toHaveValue("send_fax");
  await expect(form.title).toHaveValue("Send fax");
  await expect(form.sample).toHaveValue('{\n  "to": "+44 20 7946 0000",\n  "pages": 3\n}');
  // The name stays the one that the agent used, whatever the action is called.
  await form.title.fill("Send a fax");
  await expect(form.name).toHaveValue("send_fax");
  await form.register.click();
  await page.waitForURL(/\/actions\/send_fax$/);
  await page.goto(`/workspaces/${workspace.workspaceId}/runs/${runId}`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByRole("link", { name: "Register send_fax" })).toHaveCount(0);
});

test("a run in doubt is settled by who may, and only by them", async ({ world, signIn, page, browser, watch, daai }) => {
  const workspace = await world.workspace();
  await makeAction(workspace, REFUND);
  const payload = { amount: "90.00", currency: "EUR", customer: { name: "Nordlicht Café" }, note: "second charge\u200b" };
  const { action_run_id: runId } = await proposeOk(workspace, {
    action: "refund_payment",
    actor: "support_agent",
    reasoning: "Charged twice.",
    payload,
  });
  await claimOk(workspace, runId);
  await endLease(runId);
  const address = `/workspaces/${workspace.workspaceId}/runs/${runId}`;

  const context = await browser.newContext({ baseURL: daai.url });
  watch.add(context);
  const viewing = await context.newPage();
  await signIn(viewing, await world.person(workspace, "viewer"));
  await viewing.goto(address);
  await expect(viewing.getByRole("heading", { name: "This run is in doubt" })).toBeVisible();
  await expect(viewing.getByRole("button", { name: "Mark as executed" })).toHaveCount(0);

  await signIn(page, await world.person(workspace, "developer"));
  await page.goto(address);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("support_agent wanted to refund 90.00\u00a0EUR to Nordlicht Café");
  await expect(page.getByText("U+200B").first()).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("tab", { name: /API calls/ }).click();
  await expect(page.getByText("YOUR_API_KEY").first()).toBeVisible();

  await page.getByRole("button", { name: "Mark as executed" }).click();
  const question = page.getByRole("alertdialog");
  await expect(question).toContainText("no worker can claim it again");
  await question.getByRole("button", { name: "Mark as executed" }).click();
  await expect(page.getByText("Executed", { exact: true }).first()).toBeVisible();
  await expect(page.getByText("Marked as executed").first()).toBeVisible();
  // The other one's page learns of it by itself.
  await expect(viewing.getByRole("heading", { name: "This run is in doubt" })).toHaveCount(0);
  await page.setViewportSize({ width: 360, height: 780 });
  expect(await overflowOf(page)).toBe(0);
  await context.close();
});
