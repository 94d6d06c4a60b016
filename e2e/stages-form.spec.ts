import { decideByLink } from "@/lib/approvals/decide-by-link";
import { visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { linkTokens, makeAction, proposeOk } from "@/lib/testing/factories";
import { expectAccessible } from "./accessibility";
import { expect, test } from "./fixtures";
import { overflowOf } from "./watch-page";

const [ANN, BEN, CHI, EVE] = ["ann@finance.example", "ben@finance.example", "chi@finance.example", "eve@board.example"];

test.use({ viewport: { width: 390, height: 844 } });

test("what is missing in the form is focused, and what was opened stays open while it is corrected", async ({ world, page, signIn }) => {
  const workspace = await world.workspace();
  await signIn(page, workspace.owner);
  await page.goto(`/workspaces/${workspace.workspaceId}/actions/new`);
  await page.getByRole("button", { name: "Pay a supplier" }).click();
  await page.getByText("Several people", { exact: true }).click();
  await page.getByLabel("Approvals needed", { exact: true }).fill("2");
  await page.getByRole("button", { name: "Register action" }).click();
  await expect(page.getByText("Must name the people who are asked")).toBeInViewport();
  await expect(page.getByLabel("Approvers", { exact: true })).toBeFocused();
  await page.keyboard.type(`${ANN} ${BEN} `);
  await page.getByRole("button", { name: "Add a stage" }).click();
  await page.getByRole("button", { name: "Register action" }).click();
  const stage = page.getByRole("group", { name: "Stage 2" }).getByRole("textbox").first();
  await expect(stage).toBeFocused();
  await stage.fill(EVE);
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Approvals needed", { exact: true })).toBeVisible();
  await expect(page.getByText(`${ANN} and ${BEN} would have to approve, then ${EVE}.`)).toBeVisible();
  await page.getByRole("button", { name: "Register action" }).click();
  await expect(page.getByText("Stage 2, 1 approval needed")).toBeVisible();
});

test("the form of an action opens to several people, and keeps stages", async ({ world, page, signIn }) => {
  const workspace = await world.workspace();
  await makeAction(workspace, { name: "wire", approverEmails: [ANN, BEN, CHI] });
  await signIn(page, workspace.owner);
  await page.goto(`/workspaces/${workspace.workspaceId}/actions/wire/edit`);
  await page.getByText("Several people", { exact: true }).click();
  await page.getByRole("button", { name: "Add a stage" }).click();
  const stage = page.getByRole("group", { name: "Stage 2" });
  // What the form says of a field left later has come: what it would say of the new row has, too.
  await page.getByLabel("Approvals needed", { exact: true }).fill("0");
  await page.keyboard.press("Tab");
  await expect(page.locator("[aria-invalid=true]")).toHaveAccessibleName("Approvals needed");
  await page.getByLabel("Approvals needed", { exact: true }).fill("2");
  await stage.getByRole("textbox").first().fill(EVE);
  await page.keyboard.press("Enter");
  await expectAccessible(page);
  expect(await overflowOf(page)).toBe(0);
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Approvers, 2 approvals needed")).toBeVisible();
  await expect(page.getByText("Stage 2, 1 approval needed")).toBeVisible();
  expect(await getDb().registeredAction.findFirst({ where: { workspaceId: workspace.workspaceId } })).toMatchObject({
    approvals: 2,
    laterStages: [{ approvals: 1, people: [EVE] }],
  });
});

test("a stage asks a group, which follows its members", async ({ world, page, signIn }) => {
  const workspace = await world.workspace();
  const [ann, ben] = [await world.person(workspace, "approver"), await world.person(workspace, "approver")];
  await makeAction(workspace, { name: "wire", title: "Wire transfer", approverEmails: [CHI] });
  await signIn(page, workspace.owner);
  const groups = `/workspaces/${workspace.workspaceId}/settings/groups`;
  await page.goto(groups);
  await expect(page.getByText("No groups yet")).toBeVisible();
  await page.getByRole("button", { name: "Create group" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Finance");
  await dialog.getByRole("button", { name: "Create group" }).click();
  await expect(dialog.getByText("Choose at least one member.")).toBeVisible();
  for (const one of [ann, ben]) await dialog.getByRole("checkbox", { name: one.email }).check();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Create group" }).click();
  await expect(page.getByRole("heading", { name: "Finance" })).toBeVisible();
  await expectAccessible(page);
  expect(await overflowOf(page)).toBe(0);

  await page.goto(`/workspaces/${workspace.workspaceId}/actions/wire/edit`);
  await page.getByLabel("Approvers: people or a group").selectOption("Group: Finance");
  await page.getByText("Several people", { exact: true }).click();
  await page.getByLabel("Approvals needed", { exact: true }).fill("2");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("the members of the group Finance")).toBeVisible();
  const { action_run_id: runId } = await proposeOk(workspace, { action: "wire", payload: { amount: "5.00", currency: "EUR" } });
  const link = (await linkTokens(runId)).get(ann.email) ?? "";
  expect(await decideByLink(visitorContext(), link, { decision: "approve", comment: null, confirm: true })).toMatchObject({ ok: true });

  // Too few would be left; with somebody in their place it says what ends, and then it does.
  await signIn(page, workspace.owner);
  await page.goto(groups);
  await page.getByRole("button", { name: "Delete Finance" }).click();
  await page.getByRole("button", { name: "Delete group" }).click();
  await expect(page.getByText("Actions ask this group: Wire transfer.")).toBeVisible();
  await page.getByRole("button", { name: "Keep group" }).click();
  await page.getByRole("button", { name: "Edit Finance" }).click();
  await dialog.getByRole("checkbox", { name: ann.email }).uncheck();
  await dialog.getByRole("button", { name: "Save changes" }).click();
  await expect(dialog.getByText("Wire transfer asks this group. Must be at most 1: 1 person is asked.")).toBeVisible();
  await dialog.getByRole("checkbox", { name: workspace.owner.email }).check();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Group Finance saved", { exact: true })).toBeVisible();
  expect(await getDb().vote.findMany({ where: { runId } })).toMatchObject([{ voter: ann.email, revokedReason: "replaced" }]);
});
