import { ActionFormPage } from "@/e2e/pages/action-form-page";
import { ApprovalsPage } from "@/e2e/pages/approvals-page";
import { getDb } from "@/lib/db/client";
import { makeAction, proposeOk } from "@/lib/testing/factories";
import { expectAccessible } from "./accessibility";
import { expect, test } from "./fixtures";

test("an action that nobody could approve is said where it is saved, in Setup and in the queue, until somebody else decides too", async ({
  world,
  signIn,
  page,
}) => {
  const workspace = await world.workspace();
  await makeAction(workspace, { name: "wire_money", title: "Wire money" });
  await signIn(page, workspace.owner);
  const form = new ActionFormPage(page);
  await form.openEdit(workspace.workspaceId, "wire_money");
  await page.getByRole("checkbox", { name: "Prevent self-approval" }).check();
  await form.save.click();
  await page.waitForURL(/\/actions\/wire_money$/);
  const said = page.getByText(`A run of wire_money proposed with a key created by ${workspace.owner.email} could never be approved.`);
  await expect(said).toBeVisible();
  await expectAccessible(page);
  const setup = `/workspaces/${workspace.workspaceId}/setup`;
  await page.goto(setup);
  await expect(said).toBeVisible();

  const { action_run_id: runId } = await proposeOk(workspace, { action: "wire_money", payload: { amount: "900.00" } });
  const approvals = new ApprovalsPage(page);
  await approvals.open();
  await approvals.expectOpen("wire money");
  await expect(approvals.card.getByText("This can’t be approved.")).toBeVisible();
  // That too few others can approve it is a part of that, and not said once more.
  await expect(approvals.card.getByText(/only approver|Someone else must/)).toHaveCount(0);
  await expect(approvals.answer("Approve")).toHaveCount(0);
  await expectAccessible(page);
  await page.keyboard.press("a");
  await approvals.expectSaid("This can’t be approved");
  await page.keyboard.press("Enter");

  await world.person(workspace, "approver");
  await page.reload();
  await approvals.expectOpen("wire money");
  await expect(approvals.card.getByText("Someone else must approve this.")).toBeVisible();
  expect(await getDb().actionRun.findUniqueOrThrow({ where: { id: runId } })).toMatchObject({ governanceStatus: "pending_approval" });
  for (const path of [`/workspaces/${workspace.workspaceId}/actions/wire_money`, setup]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(said).toHaveCount(0);
  }
});
