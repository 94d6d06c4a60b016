import { MembersPage } from "@/e2e/pages/members-page";
import { getDb } from "@/lib/db/client";
import { expectAccessible } from "./accessibility";
import { expect, test } from "./fixtures";
import { mailedPath } from "./mailbox";
import { overflowOf } from "./watch-page";
import { PASSWORD } from "./world";

test("a member: invited, joined, given another role, removed", async ({ page, world, signIn, browser, daai, watch }) => {
  test.slow();
  const workspace = await world.workspace({ name: "Finance automations", clientName: "Halvorsen Logistics" });
  await signIn(page, workspace.owner);
  const members = new MembersPage(page, workspace.workspaceId);
  await members.open();
  await expectAccessible(page);
  const email = `invited-${Date.now()}@example.com`;
  await members.invite(email, "Developer");
  // This console sends no email, and doesn't claim to.
  await expect(page.getByText("Invitation stored in the mailbox", { exact: true })).toBeVisible();
  await expect(page.getByText(`${email} is invited as a developer.`, { exact: true })).toBeVisible();
  await expectAccessible(page);

  const theirs = await browser.newContext({ baseURL: daai.url, viewport: { width: 360, height: 780 } });
  watch.add(theirs);
  const invited = await theirs.newPage();
  const path = await mailedPath(email, /invited/);
  await invited.goto(path);
  await expectAccessible(invited);
  expect(await overflowOf(invited)).toBe(0);
  await invited.getByLabel("Name").fill("Ben");
  await invited.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await invited.getByRole("button", { name: "Create account and join" }).click();
  await invited.waitForURL(`**/workspaces/${workspace.workspaceId}`);
  await invited.goto(path);
  await expect(invited.getByRole("heading", { name: "This invitation was already accepted" })).toBeVisible();
  await expectAccessible(invited);

  // Joined while the owner's page is open: it shows by itself.
  await expect(members.row(email)).toContainText("Developer");
  await members.choose(email, "Change role");
  await expectAccessible(page);
  await page.getByRole("dialog").getByRole("radio", { name: "Viewer" }).check();
  await page.getByRole("dialog").getByRole("button", { name: "Change role" }).click();
  await expect(members.row(email)).toContainText("Viewer");
  await invited.goto(`/workspaces/${workspace.workspaceId}/members`);
  await expect(invited.getByRole("heading", { name: "Members", level: 1 })).toBeVisible();
  await expect(invited.getByRole("button", { name: "Invite someone" })).toHaveCount(0);
  expect(await overflowOf(invited)).toBe(0);

  // What they made works on unless it ends with them.
  await getDb().apiKey.updateMany({ where: { workspaceId: workspace.workspaceId, kind: "api" }, data: { createdBy: email } });
  await members.choose(email, "Remove");
  await expect(page.getByRole("alertdialog").getByRole("checkbox", { name: /First API key/ })).toBeChecked();
  await expectAccessible(page);
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
  // What stands behind an open dialog has no role: the row is gone for certain only when the dialog is.
  await expect(page.getByRole("alertdialog")).toHaveCount(0);
  await expect(members.row(email)).toHaveCount(0);
  watch.allow(/answer 404/, /404 \(Not Found\)/);
  const answer = await invited.goto(`/workspaces/${workspace.workspaceId}/members`);
  expect(answer?.status()).toBe(404);

  await members.choose(workspace.owner.email, "Leave workspace");
  await page.getByRole("alertdialog").getByRole("button", { name: "Leave" }).click();
  await expect(page.getByRole("alertdialog")).toContainText("A workspace needs at least one owner.");
  await page.getByRole("button", { name: "Cancel" }).click();
  await theirs.close();
});

test("an invitation: for one address, taken back, too old", async ({ page, world, signIn }) => {
  test.slow();
  const workspace = await world.workspace();
  const [admin, stranger] = [await world.person(workspace, "admin"), await world.person(workspace, null)];
  await signIn(page, admin);
  const members = new MembersPage(page, workspace.workspaceId);
  await members.open();
  await members.invite(stranger.email, "Approver");
  const path = await mailedPath(stranger.email, /invited/);
  await page.goto(path);
  await expect(page.getByRole("heading", { name: "This invitation is for someone else" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("link", { name: "Sign in to join" }).click();
  await expect(page.getByLabel("Email")).toHaveValue(stranger.email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: /^Join/ }).click();
  await page.waitForURL(`**/workspaces/${workspace.workspaceId}`);

  await signIn(page, admin);
  await members.open();
  for (const [email, name] of [
    ["old@example.com", "This invitation has expired"],
    ["gone@example.com", "This invitation was revoked"],
  ] as const) {
    await members.invite(email, "Viewer");
    const link = await mailedPath(email, /invited/);
    if (email === "old@example.com") {
      await getDb().invitation.updateMany({ where: { email }, data: { expiresAt: new Date(Date.now() - 1000) } });
    } else {
      await page.getByRole("button", { name: `Revoke the invitation to ${email}` }).click();
      await page.getByRole("button", { name: "Revoke invitation" }).click();
      await expect(page.getByText("Invitation revoked", { exact: true })).toBeVisible();
    }
    await page.goto(link);
    await expect(page.getByRole("heading", { name })).toBeVisible();
    await expectAccessible(page);
    await members.open();
  }
  await expect(page.getByText("expired, resend it")).toBeVisible();
  await page.goto("/invitation/unknown");
  await expect(page.getByRole("heading", { name: "This invitation isn’t valid" })).toBeVisible();
});
