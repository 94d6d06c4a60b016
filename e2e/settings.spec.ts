import type { Page } from "@playwright/test";
import { authenticateSdk } from "@/lib/api-keys/sdk-context";
import { systemContext, visitorContext } from "@/lib/auth/contexts";
import { queueCheckpointMails } from "@/lib/notifications/queue-checkpoint-mails";
import { credentialsOf, makeAction, makeRun, propose } from "@/lib/testing/factories";
import { sequenceReceipts } from "@/lib/testing/sequence-receipts";
import { expectAccessible } from "./accessibility";
import { expect, test } from "./fixtures";
import { overflowOf } from "./watch-page";

const settingsOf = ({ workspaceId }: { workspaceId: string }, section = "") => `/workspaces/${workspaceId}/settings${section}`;

async function expectNarrow(page: Page): Promise<void> {
  await page.setViewportSize({ width: 360, height: 780 });
  expect(await overflowOf(page)).toBe(0);
  await page.setViewportSize({ width: 1440, height: 900 });
}

test("names and approval routing: wrong values stay with their message, right ones hold at once and are written down", async ({
  page,
  world,
  signIn,
}) => {
  const workspace = await world.workspace({ name: "Support desk", clientName: "Brightwater" });
  await makeAction(workspace, { name: "ask" });
  await signIn(page, workspace.owner);
  await page.goto(settingsOf(workspace));
  await page.getByLabel("Name", { exact: true }).fill("Service desk");
  await page.getByRole("button", { name: "Save names" }).click();
  await expect(page.getByText("Names saved", { exact: true })).toBeVisible();
  await expectAccessible(page);
  await expectNarrow(page);

  await page.getByRole("link", { name: "Approval routing" }).click();
  await expect(page.getByText(`No approvers yet, so the owner, ${workspace.owner.email}, is asked.`)).toBeVisible();
  await page.getByRole("button", { name: "Add an approver" }).click();
  await page.getByLabel("Approver 1", { exact: true }).fill("not an address");
  await page.getByLabel(/^Approval window/).fill("x");
  await page.getByRole("button", { name: "Save routing" }).click();
  await expect(page.getByText("must be an email address")).toBeVisible();
  await expect(page.getByText("must be a whole number of minutes")).toBeVisible();
  await expect(page.getByLabel("Approver 1", { exact: true })).toHaveValue("not an address");
  await page.getByLabel("Approver 1", { exact: true }).fill("priya@brightwater.example");
  await page.getByLabel(/^Approval window/).fill("2");
  await page.getByRole("button", { name: "Save routing" }).click();
  await expect(page.getByText("Approval routing saved", { exact: true })).toBeVisible();
  await expectAccessible(page);
  await expectNarrow(page);

  const outcome = await propose(workspace, { action: "ask", payload: { n: 1 } });
  expect(outcome.ok).toBe(true);
  await page.goto(`/workspaces/${workspace.workspaceId}/activity`);
  await expect(
    page.getByText(/changed the approval routing: approvers none → priya@brightwater.example; approval window none → 2 hours/),
  ).toBeVisible();
  await expect(page.getByText(/renamed the workspace: name Support desk → Service desk/)).toBeVisible();
  await page.getByLabel("Event type").selectOption({ label: "Keys" });
  await page.waitForURL(/kind=keys/);
  await expect(page.getByText(/renamed the workspace/)).toHaveCount(0);
  await expect(page.getByText(/created the API key First API key/)).toBeVisible();
  await expectAccessible(page);
  await expectNarrow(page);
});

test("keys: made, shown once, rotated with an overlap, revoked", async ({ page, world, signIn }) => {
  const workspace = await world.workspace();
  const developer = await world.person(workspace, "developer");
  await signIn(page, developer);
  await page.goto(settingsOf(workspace, "/keys"));
  await page.getByRole("button", { name: "New key" }).click();
  await page.getByRole("button", { name: "Create key" }).click();
  await expect(page.getByText("must not be empty")).toBeVisible();
  await page.getByLabel("Name", { exact: true }).fill("Billing worker");
  await page.getByRole("button", { name: "Create key" }).click();
  const key = await page.getByText(/^daai_sk_\w{38}$/).innerText();
  const isLetIn = async () => (await authenticateSdk(visitorContext(), credentialsOf(key, workspace.workspaceKey))).ok;
  expect(await isLetIn()).toBe(true);
  await page.getByRole("button", { name: "I’ve stored it" }).click();
  const row = page.getByRole("listitem").filter({ hasText: "Billing worker" });
  await expect(row).toContainText(`daai_sk_…${key.slice(-4)}`);
  await expect(row).toContainText(developer.email);
  await expect(page.getByText(key)).toHaveCount(0);
  await expectAccessible(page);
  await expectNarrow(page);

  await page.getByRole("button", { name: "Rotate Billing worker" }).click();
  await page.getByLabel("Keep the old key working for").selectOption({ label: "1 hour" });
  await page.getByRole("button", { name: "Rotate key" }).click();
  await expect(page.getByText(/^daai_sk_\w{38}$/)).toBeVisible();
  await page.getByRole("button", { name: "I’ve stored it" }).click();
  const old = page.getByRole("listitem").filter({ hasText: `daai_sk_…${key.slice(-4)}` });
  await expect(old).toContainText("works until");
  expect(await isLetIn()).toBe(true);
  await old.getByRole("button", { name: "Revoke Billing worker" }).click();
  await page.getByRole("button", { name: "Revoke key" }).click();
  await expect(page.getByText("1 revoked or expired key")).toBeVisible();
  expect(await isLetIn()).toBe(false);
});

test("checkpoints: addresses of an owner's choice, what is wrong kept beside its message, and whether the last mail arrived", async ({
  page,
  world,
  signIn,
}) => {
  const workspace = await world.workspace({ name: "Support desk" });
  await makeRun(workspace, "always_allow");
  while ((await sequenceReceipts(systemContext(workspace.workspaceId))) !== 0);
  await signIn(page, workspace.owner);
  await page.goto(settingsOf(workspace, "/checkpoints"));
  await expect(page.getByText("Nobody gets this email.")).toBeVisible();
  await page.getByRole("button", { name: "Add an address" }).click();
  await page.getByLabel("Address 1", { exact: true }).fill("not an address");
  await page.getByRole("button", { name: "Save addresses" }).click();
  await expect(page.getByText("must be an email address")).toBeVisible();
  await expect(page.getByLabel("Address 1", { exact: true })).toHaveValue("not an address");
  await page.getByLabel("Address 1", { exact: true }).fill("auditor@example.com");
  await page.getByRole("button", { name: "Save addresses" }).click();
  await expect(page.getByText("Addresses saved", { exact: true })).toBeVisible();
  const mails = page.getByRole("list", { name: "Last email to each address" });
  await expect(mails).toContainText("auditor@example.comNo email yet");
  await expectAccessible(page);

  await queueCheckpointMails(systemContext(null));
  await expect
    .poll(async () => {
      await page.reload();
      return mails.textContent();
    })
    .toMatch(/1 receiptStored in the mailbox/);
  await expectAccessible(page);
  await expectNarrow(page);
  await page.goto(`/workspaces/${workspace.workspaceId}/activity`);
  await expect(page.getByText(/auditor@example\.com/).first()).toBeVisible();
});

test("a workspace is deleted by its owner, after typing its name; its keys stop at once", async ({ page, world, signIn }) => {
  const workspace = await world.workspace({ name: "Short-lived" });
  await makeRun(workspace, "always_require_approval");
  await signIn(page, workspace.owner);
  await page.goto(settingsOf(workspace, "/delete"));
  await expect(page.getByText(/1 pending run will be blocked/).first()).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Delete workspace" }).click();
  const confirm = page.getByRole("alertdialog").getByRole("button", { name: "Delete workspace", exact: true });
  await expect(confirm).toBeDisabled();
  await page.getByLabel(/^Type/).fill("Short-lived");
  await confirm.click();
  await page.waitForURL(/\/home$/);
  await expect(page.getByRole("heading", { name: "No workspaces yet" })).toBeVisible();
  expect(await authenticateSdk(visitorContext(), workspace.credentials)).toMatchObject({ code: "invalid_api_key" });
});

test("each role sees the sections that are its own, and reads what it may not change", async ({ browser, world, signIn, watch, daai }) => {
  const workspace = await world.workspace();
  const sections = {
    owner: ["General", "Approval routing", "Groups", "Keys", "Webhooks", "Notifications", "Checkpoints", "Usage", "Danger zone"],
    developer: ["General", "Approval routing", "Groups", "Keys", "Webhooks", "Notifications", "Usage"],
    viewer: ["General", "Approval routing", "Groups", "Usage"],
  } as const;
  watch.allow(/answer 404: GET/, /console error: Failed to load resource.*404/);
  for (const role of ["owner", "developer", "viewer"] as const) {
    const context = await browser.newContext({ baseURL: daai.url });
    watch.add(context);
    const page = await context.newPage();
    await signIn(page, role === "owner" ? workspace.owner : await world.person(workspace, role));
    await page.goto(settingsOf(workspace));
    await expect(page.getByRole("navigation", { name: "Sections" }).getByRole("link")).toHaveText([...sections[role]]);
    await expect(page.getByRole("button", { name: "Save names" })).toHaveCount(role === "owner" ? 1 : 0);
    if (role !== "owner") {
      for (const address of [settingsOf(workspace, "/delete"), `/workspaces/${workspace.workspaceId}/activity`]) {
        await page.goto(address);
        await expect(page.getByText("Page not found")).toBeVisible();
      }
    }
    await context.close();
  }
});

test("a management key: made by an owner, shown once, sets an action, revoked", async ({ page, world, signIn }) => {
  const workspace = await world.workspace();
  await makeAction(workspace, { name: "refund", title: "Refund" });
  await signIn(page, await world.person(workspace, "admin"));
  await page.goto(settingsOf(workspace, "/keys"));
  await expect(page.getByRole("heading", { name: "Keys", exact: true })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Management keys" })).toHaveCount(0);

  await signIn(page, workspace.owner);
  await page.goto(settingsOf(workspace, "/keys"));
  await page.getByRole("button", { name: "New management key" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Policy pipeline");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Create key" }).click();
  const key = await page.getByText(/^daai_mk_\w{38}$/).innerText();
  await page.getByRole("button", { name: "I’ve stored it" }).click();
  const row = page.getByRole("listitem").filter({ hasText: "Policy pipeline" });
  await expect(row).toContainText("actions:read, actions:write");
  await expectAccessible(page);
  await expectNarrow(page);

  const set = () =>
    page.request.put("/api/v1/manage/actions/refund", {
      headers: { Authorization: `Bearer ${key}` },
      data: { title: "Refund", policy: { type: "always_block" } },
    });
  expect((await set()).status()).toBe(200);
  await page.goto(settingsOf(workspace, "/keys"));
  await row.getByRole("button", { name: "Revoke Policy pipeline" }).click();
  await page.getByRole("button", { name: "Revoke key", exact: true }).click();
  await expect(page.getByText("Key revoked", { exact: true })).toBeVisible();
  expect((await set()).status()).toBe(401);
});
