import { decideRun } from "@/lib/approvals/decide-run";
import { getDb } from "@/lib/db/client";
import { claim, claimOk, expectOk, makeAction, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { expectAccessible } from "./accessibility";
import { DEVICES } from "./devices";
import { expect, test } from "./fixtures";
import { mailedToken } from "./mailbox";
import { overflowOf } from "./watch-page";

async function registerActions(workspace: TestWorkspace): Promise<void> {
  const refund = { sentence: "refund {amount} {currency} to {customer}", approverEmails: [workspace.ownerEmail] };
  await makeAction(workspace, { name: "refund", title: "Refund a customer", ...refund });
  await makeAction(workspace, {
    name: "remind",
    title: "Send a reminder",
    policy: { type: "always_allow" },
    sentence: "remind {customer}",
  });
}

const refund = (workspace: TestWorkspace) =>
  proposeOk(workspace, { action: "refund", actor: "finance_agent", payload: { amount: "84.00", currency: "EUR", customer: "Nordlicht" } });

for (const [device, viewport] of DEVICES) {
  test.describe(`on the ${device}`, () => {
    test.use({ viewport });

    test("freeze one agent's key, read what may still be running, and thaw it with a colleague", async ({
      world,
      page,
      signIn,
      browser,
    }) => {
      const workspace = await world.workspace({ name: "Finance automations" });
      await registerActions(workspace);
      const { action_run_id: running } = await proposeOk(workspace, { action: "remind", payload: { customer: "Nordlicht" } });
      await claimOk(workspace, running);
      const { action_run_id: waiting } = await refund(workspace);
      const { action_run_id: approved } = await refund(workspace);
      expectOk(await decideRun(workspace.ctx, { runId: approved, decision: "approve", comment: null }));
      const token = await mailedToken(waiting, workspace.owner.email);
      const [ann, bob] = [await world.person(workspace, "admin"), await world.person(workspace, "admin")];
      const home = `/workspaces/${workspace.workspaceId}`;
      const dialog = page.getByRole("alertdialog");
      const banner = page.getByRole("list", { name: "Frozen" });

      await signIn(page, ann);
      await page.goto(`${home}/freezes`);
      await page.getByLabel("Someone else must thaw").check();
      await page.getByRole("button", { name: "Save changes" }).click();
      await expect(page.getByText("Changes saved", { exact: true })).toBeVisible();

      await page.goto(`${home}/settings/keys`);
      await page.getByRole("button", { name: "Freeze First API key" }).click();
      await dialog.getByRole("button", { name: "Freeze API key" }).click();
      await expect(dialog).toContainText("Enter a reason.");
      await dialog.getByLabel("Reason").fill("It refunds the wrong customers.");
      await expectAccessible(page);
      await dialog.getByRole("button", { name: "Freeze API key" }).click();
      await page.waitForURL(/\/freezes$/);
      await expect(page.getByRole("heading", { name: "The API key First API key is frozen" })).toBeVisible();
      await expect(page.getByRole("heading", { name: "1 claim may still be running." })).toBeVisible();
      await expect(page.getByRole("link", { name: "remind Nordlicht" })).toBeVisible();
      await expect(page.getByText("You froze it, so another owner or admin must thaw it.")).toBeVisible();
      await expect(banner).toContainText("It refunds the wrong customers.");
      await expectAccessible(page);
      expect(await overflowOf(page)).toBe(0);

      expect((await refund(workspace)).governance_reason).toBe("frozen");
      expect(await claim(workspace, approved)).toMatchObject({ code: "frozen" });
      await page.goto(`${home}/runs/${approved}`);
      await expect(page.getByText("no, it’s frozen")).toBeVisible();
      await page.goto(`/approvals?run=${waiting}`);
      await expect(page.getByText("Nothing can be approved until it’s thawed.")).toBeVisible();
      await expect(page.getByText("Stands still", { exact: true })).toBeVisible();
      await expect(page.getByRole("button", { name: "Approve" })).toHaveCount(0);
      await expectAccessible(page);

      // Somebody without an account sees the same behind the link in the email.
      const stranger = await browser.newPage({ viewport });
      await stranger.goto(new URL(`/decide/${token}`, page.url()).href);
      await expect(stranger.getByText("The API key First API key is frozen.")).toBeVisible();
      await expect(stranger.getByRole("link", { name: "Approve…" })).toHaveCount(0);
      await expect(stranger.getByRole("link", { name: "Reject…" })).toBeVisible();
      await expectAccessible(stranger);
      await stranger.close();

      await page.context().clearCookies();
      await signIn(page, bob);
      await page.goto("/home");
      await banner.getByRole("link", { name: "See what may still be running" }).click();
      await page.getByRole("button", { name: "Thaw…" }).click();
      await dialog.getByLabel("Comment").fill("Fixed in the agent.");
      await expectAccessible(page);
      await dialog.getByRole("button", { name: "Thaw" }).click();
      await expect(page.getByText("Thawed", { exact: true }).first()).toBeVisible();
      await expect(banner).toHaveCount(0);
      await expect(page.getByText(`Frozen by ${ann.email}`)).toBeVisible();
      await expect(page.getByText(`Thawed by ${bob.email}`)).toBeVisible();
      await expectAccessible(page);
      expectOk(await claim(workspace, approved));

      const receipt = await getDb().receipt.findFirstOrThrow({ where: { workspaceId: workspace.workspaceId, kind: "thaw" } });
      await page.goto(`${home}/receipts/${receipt.id}`);
      await expect(page.getByRole("heading", { level: 1 })).toContainText("The API key First API key was thawed.");
      await expect(page.getByText("Fixed in the agent.", { exact: true })).toBeVisible();
      await expectAccessible(page);
      expect(await overflowOf(page)).toBe(0);
      await page.goto(`${home}/receipts`);
      await expect(page.getByText("Frozen", { exact: true }).filter({ visible: true }).first()).toBeVisible();
    });
  });
}

test("freeze an action from its page, and the whole workspace from the form", async ({ world, page, signIn }) => {
  const workspace = await world.workspace();
  await registerActions(workspace);
  const home = `/workspaces/${workspace.workspaceId}`;
  await signIn(page, workspace.owner);
  await page.goto(`${home}/actions/remind`);
  await page.getByRole("button", { name: "Freeze action…" }).click();
  const dialog = page.getByRole("alertdialog");
  await dialog.getByLabel("Reason").fill("Too many reminders.");
  await dialog.getByRole("button", { name: "Freeze action" }).click();
  await page.waitForURL(/\/freezes$/);
  await expect(page.getByRole("heading", { name: "The action Send a reminder is frozen" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "No worker holds a claim." })).toBeVisible();

  await page.getByRole("button", { name: "Freeze", exact: true }).click();
  await expect(page.getByText("Must not be empty.")).toBeVisible();
  await page.getByLabel("Reason").fill("Everything stops.");
  await page.getByRole("button", { name: "Freeze", exact: true }).click();
  await expect(page.getByRole("list", { name: "Frozen" }).getByRole("listitem")).toHaveCount(2);
  await expectAccessible(page);
  expect((await refund(workspace)).governance_reason).toBe("frozen");
});

test("an operator freezes the whole console, and thaws it", async ({ world, page, signIn }) => {
  const workspace = await world.workspace();
  await registerActions(workspace);
  const operator = await world.person(workspace, "viewer");
  await getDb().user.update({ where: { email: operator.email }, data: { isOperator: true } });
  await signIn(page, operator);
  await page.goto("/admin");
  await page.getByRole("button", { name: "Freeze console…" }).click();
  const dialog = page.getByRole("alertdialog");
  await dialog.getByLabel("Reason").fill("Restoring a backup.");
  await dialog.getByRole("button", { name: "Freeze console" }).click();
  await expect(page.getByRole("heading", { name: "The whole console is frozen" })).toBeVisible();
  await expect(page.getByRole("list", { name: "Frozen" })).toContainText("Restoring a backup.");
  await expectAccessible(page);
  expect((await refund(workspace)).governance_reason).toBe("frozen");
  await page.goto(`/workspaces/${workspace.workspaceId}/freezes`);
  await expect(page.getByText("Only an operator can thaw the whole console.")).toBeVisible();
  await page.goto("/admin");
  await page.getByRole("button", { name: "Thaw…" }).click();
  await dialog.getByRole("button", { name: "Thaw" }).click();
  await expect(page.getByText("Thawed", { exact: true })).toBeVisible();
  await expect(page.getByRole("list", { name: "Frozen" })).toHaveCount(0);
  expect((await refund(workspace)).governance_status).toBe("pending_approval");
});
