import { getDb } from "@/lib/db/client";
import { makeAction, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { expectAccessible } from "./accessibility";
import { expect, test } from "./fixtures";
import { mailedToken } from "./mailbox";
import { overflowOf } from "./watch-page";

const CHI = "chi@example.com";
const PHONE = { width: 390, height: 844 };

const askedAbout = async (runId: string) => (await getDb().approvalRequest.findFirstOrThrow({ where: { runId } })).approverEmails;

async function propose(workspace: TestWorkspace): Promise<{ runId: string; path: string }> {
  const { action_run_id: runId } = await proposeOk(workspace, { action: "pay", payload: { amount: "1250.00", currency: "EUR" } });
  return { runId, path: `/workspaces/${workspace.workspaceId}/runs/${runId}` };
}

test("an owner reassigns a request on its page, and the old link says to whom", async ({ world, page, signIn }) => {
  const workspace = await world.workspace();
  const [ann, ben] = [await world.person(workspace, "approver"), await world.person(workspace, "approver")];
  await makeAction(workspace, { name: "pay", approverEmails: [ann.email] });
  const { runId, path } = await propose(workspace);
  const token = await mailedToken(runId, ann.email);
  await signIn(page, workspace.owner);
  await page.goto(path);
  await page.getByRole("button", { name: "Reassign request…" }).click();
  const dialog = page.getByRole("alertdialog", { name: "Reassign request" });
  await expect(dialog).toContainText(`Links emailed to ${ann.email} stop working`);
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Reassign request" }).click();
  await expect(dialog).toContainText("Choose who decides instead.");
  await dialog.getByLabel("To", { exact: true }).selectOption(ben.email);
  await dialog.getByRole("button", { name: "Reassign request" }).click();
  await expect(page.getByText("Request reassigned", { exact: true })).toBeVisible();
  await expect(page.getByText(`Reassigned to ${ben.email}`)).toBeVisible();
  expect(await askedAbout(runId)).toEqual([ben.email]);

  await page.setViewportSize(PHONE);
  await page.goto(`/decide/${token}`);
  await expect(page.getByText(`This request was reassigned to ${ben.email} on `)).toBeVisible();
  expect(await overflowOf(page)).toBe(0);
});

test("an approver passes their own request on from its card, and can't pass on another's", async ({ world, page, signIn }) => {
  const workspace = await world.workspace();
  const [ann, ben] = [await world.person(workspace, "approver"), await world.person(workspace, "approver")];
  await makeAction(workspace, { name: "pay", approverEmails: [ann.email] });
  await makeAction(workspace, { name: "send", approverEmails: [CHI] });
  const { runId } = await propose(workspace);
  const { action_run_id: others } = await proposeOk(workspace, { action: "send", payload: {} });
  await signIn(page, ann);
  await page.goto(`/approvals?run=${others}`);
  await expect(page.getByRole("heading", { name: "Who can decide" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Reassign request…" })).toHaveCount(0);
  await page.goto(`/approvals?run=${runId}`);
  await page.getByRole("button", { name: "Reassign request…" }).click();
  await page.getByLabel("To", { exact: true }).selectOption(ben.email);
  await page.getByRole("button", { name: "Reassign request", exact: true }).click();
  await expect(page.getByText(`reassigned from ${ann.email}`)).toBeVisible();
  expect(await askedAbout(runId)).toEqual([ben.email]);
});

test("someone's requests are reassigned from the members' page, and when they are removed", async ({ world, page, signIn }) => {
  const workspace = await world.workspace();
  const [ann, ben] = [await world.person(workspace, "approver"), await world.person(workspace, "approver")];
  await makeAction(workspace, { name: "pay", approverEmails: [ann.email] });
  const runs = [await propose(workspace), await propose(workspace)];
  await signIn(page, workspace.owner);
  await page.goto(`/workspaces/${workspace.workspaceId}/members`);
  const open = async (item: string) => {
    await page.getByRole("button", { name: `Options for ${ann.email}` }).click();
    await page.getByRole("menuitem", { name: item }).click();
  };
  await open("Reassign requests");
  await expect(page.getByRole("alertdialog")).toContainText(`${ann.email} is asked to approve 2 pending runs.`);
  await expectAccessible(page);
  await page.getByLabel("To", { exact: true }).selectOption(ben.email);
  await page.getByRole("button", { name: "Reassign requests" }).click();
  await expect(page.getByText("2 requests reassigned", { exact: true })).toBeVisible();
  for (const { runId } of runs) expect(await askedAbout(runId)).toEqual([ben.email]);

  const later = await propose(workspace);
  await page.reload();
  await open("Remove");
  const dialog = page.getByRole("alertdialog");
  await expect(dialog).toContainText(
    `They were asked to approve 1 pending run. Their links stop working, and ${workspace.owner.email} is asked instead.`,
  );
  await dialog.getByLabel("Reassign their pending requests to").selectOption(ben.email);
  await expect(dialog).toContainText(`${ben.email} is asked instead.`);
  await dialog.getByRole("button", { name: "Remove member" }).click();
  await expect(page.getByText(`${ann.email} was removed`, { exact: true })).toBeVisible();
  expect(await askedAbout(later.runId)).toEqual([ben.email]);
});

test("before a role that decides is taken away, the dialog says whose requests end and who is asked instead", async ({
  world,
  page,
  signIn,
}) => {
  const workspace = await world.workspace();
  const heir = await world.person(workspace, "owner");
  await makeAction(workspace, { name: "general" });
  const { action_run_id: runId } = await proposeOk(workspace, { action: "general", payload: { amount: "5" } });
  await signIn(page, heir);
  await page.goto(`/workspaces/${workspace.workspaceId}/members`);
  await page.getByRole("button", { name: `Options for ${workspace.ownerEmail}` }).click();
  await page.getByRole("menuitem", { name: "Change role" }).click();
  const dialog = page.getByRole("dialog");
  const notice = dialog.getByText(`${workspace.ownerEmail} was asked to approve 1 pending run.`);
  await dialog.getByRole("radio", { name: "Admin" }).check();
  await expect(notice).toHaveCount(0);
  await dialog.getByRole("radio", { name: "Viewer" }).check();
  await expect(notice).toContainText(`${heir.email} is asked instead.`);
  await expectAccessible(page);
  await page.setViewportSize(PHONE);
  expect(await overflowOf(page)).toBe(0);
  await dialog.getByRole("button", { name: "Change role" }).click();
  await expect(page.getByText(/ is now a viewer$/).first()).toBeVisible();
  await expect.poll(() => askedAbout(runId), { timeout: 30_000 }).toEqual([heir.email]);
});
