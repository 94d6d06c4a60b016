import { intercept, makeWorkspaceByHand } from "@/e2e/pages/workspace-keys";
import { decideRun } from "@/lib/approvals/decide-run";
import { operatorContext } from "@/lib/auth/contexts";
import { registerAction } from "@/lib/registered-actions/register-action";
import { atOnce, expectOk, makeRun } from "@/lib/testing/factories";
import { expectAccessible } from "./accessibility";
import { expect, test } from "./fixtures";
import { overflowOf } from "./watch-page";

test("from nothing to the first receipt: the list ticks itself, live", async ({ page, world, signIn, daai }) => {
  const person = await world.person(await world.workspace(), null);
  await signIn(page, person);
  await page.goto("/home");
  await expect(page.getByRole("heading", { name: "No workspaces yet" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "New workspace" }).click();

  await page.getByRole("button", { name: "Create workspace" }).click();
  await expect(page.getByText("must not be empty")).toHaveCount(2);
  const made = await makeWorkspaceByHand(page, { name: "Support desk", clientName: "Brightwater Energy" });
  await expect(page.getByRole("heading", { level: 1, name: "Set up Support desk" })).toBeVisible();
  const progress = (done: number) => expect(page.getByText(`${done} of 7 done`)).toBeVisible();
  await progress(2);
  await expect(page.getByText("Waiting for your first run…")).toBeVisible();
  // Filled in as long as they are known in this tab, and gone with the page.
  await expect(page.getByText(made.apiKey)).toHaveCount(1);
  await page.reload();
  await expect(page.getByText("Waiting for your first run…")).toBeVisible();
  await expect(page.getByText(made.apiKey)).toHaveCount(0);
  await expect(page.getByText(`daai_sk_…${made.apiKey.slice(-4)}`)).toBeVisible();
  await expectAccessible(page);

  const ctx = operatorContext(made.workspaceId, person.email);
  expectOk(
    await registerAction(ctx, { name: "send_mail", title: "Send a mail", policy: { type: "require_approval_when_external_recipient" } }),
  );
  await expect(page.getByText('action="send_mail"')).toBeVisible();
  await progress(3);
  const run = await intercept(daai.url, made, { action: "send_mail", payload: { external_recipient: true } });
  await expect(page.getByText("Your first run has arrived")).toBeVisible();
  await progress(5);
  expectOk(await decideRun(ctx, { runId: run.action_run_id, decision: "reject", comment: null }));
  await expect(page.getByText("Everything works")).toBeVisible();
  await progress(7);
  await page.setViewportSize({ width: 360, height: 780 });
  expect(await overflowOf(page)).toBe(0);
});

test("the home page: my workspaces, what waits for me, and how much of the limits is left", async ({ page, world, signIn }) => {
  const workspace = await world.workspace({ name: "Finance automations", clientName: "Halvorsen Logistics" });
  await atOnce(6, () => makeRun(workspace, "always_require_approval"));
  await signIn(page, workspace.owner);
  await page.goto("/home");
  const waiting = page.getByRole("region", { name: "Waiting for you" });
  await expect(waiting.getByRole("listitem")).toHaveCount(5);
  await expect(waiting.getByRole("link", { name: "Open the queue: 1 more" })).toBeVisible();
  const row = page.getByRole("region", { name: "Workspaces" }).getByRole("listitem").filter({ hasText: "Halvorsen Logistics" });
  await expect(row.first()).toContainText("owner");
  await expect(page.getByRole("link", { name: "6 waiting for you" })).toBeVisible();
  await makeRun(workspace, "always_require_approval");
  await expect(page.getByRole("link", { name: "7 waiting for you" })).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 780 });
  expect(await overflowOf(page)).toBe(0);
});

test("at the limit of workspaces the form says so, and keeps what was typed", async ({ page, world, signIn, watch: _ }) => {
  const { owner } = await world.workspace({ plan: "free", limits: { activeWorkspaces: 1 } });
  await signIn(page, owner);
  await page.goto("/workspaces/new");
  await page.getByLabel("Name", { exact: true }).fill("One too many");
  await page.getByLabel("Client", { exact: true }).fill("Client");
  await page.getByRole("button", { name: "Create workspace" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "the limit is 1" })).toBeVisible();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("One too many");
});
