import { ApprovalsPage } from "@/e2e/pages/approvals-page";
import { getDb } from "@/lib/db/client";
import { makeAction, passApprovalTime, proposeOk } from "@/lib/testing/factories";
import { expectAccessible } from "./accessibility";
import { expect, test } from "./fixtures";
import { keptMail } from "./mailbox";
import { overflowOf } from "./watch-page";

const ANN = "ann@example.com";

test("a mail that arrived and that nobody opens is an alarm in the queue and for owners, until the decide page is opened", async ({
  page,
  world,
  signIn,
  browser,
  daai,
}) => {
  const workspace = await world.workspace({ name: "Finance automations", clientName: "Halvorsen Logistics" });
  await makeAction(workspace, { name: "refund", title: "Refund a customer", approverEmails: [ANN] });
  const propose = async (amount: string) => (await proposeOk(workspace, { action: "refund", payload: { amount } })).action_run_id;
  const [looked, unseen] = [await propose("12.00"), await propose("13.00")];
  const mail = await keptMail(unseen, ANN);
  await getDb().emailDelivery.updateMany({ where: { runId: unseen }, data: { deliveredAt: new Date() } });

  const queue = new ApprovalsPage(page);
  const overview = `/workspaces/${workspace.workspaceId}`;
  const row = queue.rows.and(page.locator(`[data-run="${unseen}"]`));
  const alarm = page.getByRole("note").filter({ hasText: "Nobody has opened a pending run." });
  await signIn(page, workspace.owner);
  // Whoever opens a request has seen it, so this one is opened and the other one is not.
  await queue.open(`?run=${looked}`);
  await expect(row).toBeVisible();
  await expect(row).not.toContainText("Not seen yet");
  await page.goto(overview);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(alarm).toHaveCount(0);

  await passApprovalTime(unseen, 26);
  await passApprovalTime(looked, 26);
  await queue.open(`?run=${looked}`);
  await expect(row).toContainText("Not seen yet");
  await expect(queue.rows.filter({ hasText: "Not seen yet" })).toHaveCount(1);
  await expectAccessible(page);
  await page.goto("/home");
  await expect(page.getByRole("main")).toContainText("1 pending run that nobody has opened");
  await page.goto(overview);
  await expect(alarm).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 780 });
  expect(await overflowOf(page)).toBe(0);
  await page.setViewportSize({ width: 1440, height: 900 });

  // Ann opens what her mail leads to, on a device that knows nothing of the console, and answers nothing.
  const phone = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const decide = await phone.newPage();
  await decide.goto(new URL(/https?:\/\/\S+\/decide\/\S+/.exec(mail.text)?.[0] ?? "", daai.url).href);
  await expect(decide.getByRole("link", { name: "Reject…" })).toBeVisible();
  // The owner's open page follows.
  await expect(alarm).toHaveCount(0);
  await queue.open(`?run=${looked}`);
  await expect(row).toBeVisible();
  await expect(row).not.toContainText("Not seen yet");
  await page.goto(`${overview}/runs/${unseen}`);
  await expect(page.getByRole("main")).toContainText("Request opened");
  expect(await getDb().actionRun.findUniqueOrThrow({ where: { id: unseen } })).toMatchObject({ governanceStatus: "pending_approval" });
  await phone.close();
});
