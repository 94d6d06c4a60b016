import { getDb } from "@/lib/db/client";
import { makeAction, proposeOk } from "@/lib/testing/factories";
import { expectAccessible } from "./accessibility";
import { expect, test } from "./fixtures";
import { keptMail } from "./mailbox";

test("who is asked when nobody answers, and who stands in for somebody who is away", async ({ world, signIn, page }) => {
  const workspace = await world.workspace();
  const [ann, ben] = [await world.person(workspace, "approver"), await world.person(workspace, "admin")];
  await makeAction(workspace, { name: "pay", approverEmails: [ann.email] });

  await signIn(page, ben);
  await page.goto(`/workspaces/${workspace.workspaceId}/settings/approvals`);
  await page.getByRole("button", { name: "Add a contact" }).click();
  await page.getByRole("textbox", { name: "Escalation contact 1" }).fill("boss");
  await page.getByRole("checkbox", { name: "Remind halfway" }).uncheck();
  await page.getByRole("combobox", { name: "Escalate after" }).selectOption("50% of the window");
  await page.getByRole("button", { name: "Save routing" }).click();
  await expect(page.getByText("Must be an email address")).toBeVisible();
  await page.getByRole("textbox", { name: "Escalation contact 1" }).fill("boss@example.com");
  await page.getByRole("button", { name: "Save routing" }).click();
  await expect(page.getByText("Approval routing saved").first()).toBeVisible();
  expect(await getDb().workspace.findUniqueOrThrow({ where: { id: workspace.workspaceId } })).toMatchObject({
    escalationEmails: ["boss@example.com"],
    escalationPercent: 50,
    remindsAtHalf: false,
    remindsNearEnd: true,
  });
  await expectAccessible(page);

  await signIn(page, ann);
  await page.goto("/account");
  await page.getByRole("combobox", { name: "Delegate to" }).selectOption(ben.userId);
  await page.getByLabel("First day").fill("2020-01-01");
  await page.getByLabel("Last day").fill("2019-12-31");
  await page.getByRole("button", { name: "Set out of office" }).click();
  await expect(page.getByText("The last day is before the first.")).toBeVisible();
  const today = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel("First day").fill(new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10));
  await page.getByLabel("Last day").fill(today);
  await page.getByRole("button", { name: "Set out of office" }).click();
  await expect(page.getByText(`${ben.email} also gets your approval requests from`)).toBeVisible();
  await expectAccessible(page);

  const { action_run_id: runId } = await proposeOk(workspace, { action: "pay", payload: { amount: "5" } });
  await expect.poll(() => getDb().emailDelivery.count({ where: { runId, toEmail: ben.email } }), { timeout: 30_000 }).toBe(1);
  expect((await keptMail(runId, ben.email)).text).toContain(`You’re asked on behalf of ${ann.email}, who is out of office until`);
  await page.goto(`/workspaces/${workspace.workspaceId}/runs/${runId}`);
  await expect(page.getByRole("list", { name: "Approvers" })).toContainText(
    `${ben.email}, on behalf of ${ann.email}, who is out of office until`,
  );
  await page.getByRole("main").getByRole("button", { name: "Resend email" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Resend email" }).click();
  await expect(page.getByText("This request was already emailed within the last 5 minutes.")).toBeVisible();
  await page.getByRole("button", { name: "Cancel" }).click();
  await getDb().$executeRaw`UPDATE email_deliveries SET created_at = created_at - interval '6 minutes' WHERE run_id = ${runId}::uuid`;
  await page.getByRole("main").getByRole("button", { name: "Resend email" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Resend email" }).click();
  await expect(page.getByText("Email stored in the mailbox").first()).toBeVisible();
  expect(await getDb().emailDelivery.count({ where: { runId, askReason: "resend" } })).toBe(2);

  await page.goto("/account");
  await page.getByRole("button", { name: "End now" }).click();
  await expect(page.getByRole("button", { name: "Set out of office" })).toBeVisible();
  expect(await getDb().absence.count({ where: { userId: ann.userId } })).toBe(0);
});

test("before the routing is saved, the form says whose requests end and who is asked instead", async ({ world, signIn, page }) => {
  const workspace = await world.workspace();
  const [ann, ben] = [await world.person(workspace, "approver"), await world.person(workspace, "approver")];
  const { workspaceId } = workspace;
  await getDb().workspace.update({ where: { id: workspaceId }, data: { approverEmails: [ann.email, ben.email] } });
  await makeAction(workspace, { name: "pay" });
  const { action_run_id: runId } = await proposeOk(workspace, { action: "pay", payload: { amount: "5" } });
  await signIn(page, workspace.owner);
  await page.goto(`/workspaces/${workspaceId}/settings/approvals`);
  await expect(page.getByRole("textbox", { name: "Approver 1" })).toHaveValue(ann.email);
  await expect(page.getByText("This changes who decides pending requests.")).toHaveCount(0);
  await page.getByRole("button", { name: "Remove approver 1" }).click();
  await expect(page.getByText(`${ann.email} was asked to approve 1 pending run.`)).toContainText(`${ben.email} is asked instead.`);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Save routing" }).click();
  await expect(page.getByText("Pending runs keep their deadline, and the approvers who are still listed.").first()).toBeVisible();
  await expect(page.getByText("This changes who decides pending requests.")).toHaveCount(0);
  await expect
    .poll(async () => (await getDb().approvalRequest.findFirstOrThrow({ where: { runId } })).approverEmails, { timeout: 30_000 })
    .toEqual([ben.email]);
});
