import { readFileSync } from "node:fs";
import { decideByLink } from "@/lib/approvals/decide-by-link";
import { visitorContext } from "@/lib/auth/contexts";
import { claimOk, expectOk, makeAction, proposeOk, report } from "@/lib/testing/factories";
import { expectAccessible } from "./accessibility";
import { expect, test } from "./fixtures";
import { mailedToken } from "./mailbox";
import { overflowOf } from "./watch-page";

const CUSTOMER = "Marguerite Duras";

test("an owner erases a run's personal data; receipts, lists, the approver's link and exports cope", async ({ page, world, signIn }) => {
  const workspace = await world.workspace();
  await makeAction(workspace, {
    name: "refund_payment",
    sentence: "refund {amount} {currency} to {customer}",
    approverEmails: ["ann@example.com"],
  });
  const { action_run_id: runId } = await proposeOk(workspace, {
    action: "refund_payment",
    payload: {
      amount: "1840.00",
      currency: "EUR",
      customer: CUSTOMER,
      actor: "finance_agent",
      reasoning: `${CUSTOMER} was charged twice.`,
    },
  });
  const token = await mailedToken(runId, "ann@example.com");
  const home = `/workspaces/${workspace.workspaceId}`;
  const address = `${home}/runs/${runId}`;

  await signIn(page, workspace.owner);
  await page.goto(address);
  await expect(page.getByText("It can be erased after the decision.")).toBeVisible();
  expectOk(await decideByLink(visitorContext(), token, { decision: "approve", comment: "Checked.", confirm: true }));
  expectOk(await report(workspace, runId, { claimToken: await claimOk(workspace, runId), result: { refunded_to: CUSTOMER } }));

  // The page follows by itself.
  await page.getByRole("button", { name: "Erase personal data" }).click();
  const question = page.getByRole("alertdialog");
  const confirm = question.getByRole("button", { name: "Erase personal data" });
  await expect(confirm).toBeDisabled();
  await question.getByLabel("Type refund_payment to confirm").fill("refund_payment");
  await confirm.click();
  await expect(question).toContainText("Enter a reason.");
  await question.getByLabel("Reason").fill("Asked for by the customer.");
  await expectAccessible(page);
  await confirm.click();
  await expect(page.getByText(/^Erased on .* by /)).toBeVisible();
  await expect(page.getByRole("main")).toContainText("Asked for by the customer.");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("A run of refund_payment, whose payload was erased");
  await expect(page.getByRole("button", { name: "Erase personal data" })).toHaveCount(0);
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 780 });
  expect(await overflowOf(page)).toBe(0);
  await page.setViewportSize({ width: 1440, height: 900 });

  await page.goto(`${home}/receipts?kind=erasure`);
  const row = page.getByRole("table", { name: "Receipts" }).getByRole("row").nth(1);
  await expect(row).toContainText("Erased");
  await page.getByRole("button", { name: "Export" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "As CSV" }).click();
  const lines = readFileSync(await (await download).path(), "utf8")
    .trimEnd()
    .split("\r\n");
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain(",erasure,erased,");
  await row.getByRole("link", { name: "refund_payment" }).click();
  await expect(page.getByRole("article")).toContainText("The details that it reported were erased.");
  await page.getByRole("button", { name: "Verify in this browser" }).click();
  await expect(page.getByText("Verified in this browser")).toBeVisible();
  await expectAccessible(page);

  for (const path of [`${home}/runs`, `${home}/receipts`, address, `/decide/${token}`]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
    expect(await page.content()).not.toContain(CUSTOMER);
  }
});
