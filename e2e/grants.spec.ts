import type { Locator, Page } from "@playwright/test";
import { makeAction, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { dayFromNow } from "@/lib/testing/grants";
import { expectAccessible } from "./accessibility";
import { DEVICES } from "./devices";
import { expect, test } from "./fixtures";
import { mailedToken } from "./mailbox";
import { overflowOf } from "./watch-page";

const ANN = "ann@example.com";

const invoice = (workspace: TestWorkspace, amount: string, supplier = "Acme Paper GmbH") =>
  proposeOk(workspace, {
    action: "pay_invoice",
    actor: "finance_agent",
    reasoning: "The invoice matches its order.",
    payload: { amount, currency: "EUR", supplier: { name: supplier, id: supplier.slice(0, 4) }, invoice: `INV-${amount}` },
  });

async function setUp(workspace: TestWorkspace, different: object = {}): Promise<void> {
  await makeAction(workspace, {
    name: "pay_invoice",
    title: "Pay an invoice",
    sentence: "pay {amount} {currency} to {supplier.name}",
    recipientField: "supplier.name",
    approverEmails: [workspace.ownerEmail, ANN],
    ...different,
  });
}

/** The same fields in the console and on the page of an emailed link. */
async function fillGrant(form: Page | Locator): Promise<void> {
  await form.getByLabel("Amount per run, at most").fill("500");
  await form.getByLabel("Total, at most").fill("2000");
  await form.getByLabel("Number of runs, at most").fill("10");
  await form.getByLabel("Until the end of").fill(dayFromNow(4));
}

for (const [device, viewport] of DEVICES) {
  test.describe(`on the ${device}`, () => {
    test.use({ viewport });

    test("approve an invoice and the same, up to 500 each and 2,000 in all, watch it being used, and revoke it", async ({
      world,
      page,
      signIn,
    }) => {
      const workspace = await world.workspace({ name: "Finance automations" });
      await setUp(workspace);
      const home = `/workspaces/${workspace.workspaceId}`;
      await signIn(page, workspace.owner);
      await page.goto(`${home}/grants`);
      await expect(page.getByRole("heading", { name: "No grants yet" })).toBeVisible();

      const first = await invoice(workspace, "420.00");
      await page.goto(`/approvals?run=${first.action_run_id}`);
      await page.getByRole("button", { name: "Approve this, and the same until…" }).click();
      const dialog = page.getByRole("dialog");
      await expect(dialog.getByRole("checkbox", { name: /recipient Acme Paper GmbH/ })).toBeChecked();
      await dialog.getByLabel("Total, at most").fill("100");
      await dialog.getByLabel("Number of runs, at most").fill("10");
      await dialog.getByLabel("Until the end of").fill(dayFromNow(4));
      await dialog.getByRole("checkbox", { name: /I have checked this request/ }).check();
      await dialog.getByRole("button", { name: "Approve this and the same" }).click();
      await expect(dialog.getByText("Must be at least the amount per run.")).toBeVisible();
      await expectAccessible(page);
      expect(await overflowOf(page)).toBe(0);
      await fillGrant(dialog);
      await dialog.getByRole("button", { name: "Approve this and the same" }).click();
      await expect(page.getByText("Approved, and the same: Pay an invoice", { exact: true })).toBeVisible();

      await page.goto(`${home}/grants`);
      const row = page.getByRole("listitem").filter({ hasText: "Pay an invoice" });
      await expect(row).toContainText("0 of 10");
      const second = await invoice(workspace, "380.00");
      expect(second).toMatchObject({ governance_reason: "standing_grant", grant: { given_by: workspace.owner.email } });
      await expect(row).toContainText("1 of 10");
      await expect(row).toContainText(/380\.00 of 2,000\.00/);
      expect((await invoice(workspace, "500.01")).governance_status).toBe("pending_approval");
      expect((await invoice(workspace, "10.00", "Someone else")).governance_status).toBe("pending_approval");
      await expectAccessible(page);
      expect(await overflowOf(page)).toBe(0);

      await row.getByRole("link", { name: "Pay an invoice" }).click();
      await expect(page.getByRole("heading", { name: "Pay an invoice", level: 1 })).toBeVisible();
      await expectAccessible(page);
      expect(await overflowOf(page)).toBe(0);
      await page.getByRole("link", { name: /pay 380\.00/ }).click();
      await expect(page.getByText("Allowed by a standing grant")).toBeVisible();
      await expect(page.getByRole("region", { name: "Standing grant" })).toContainText("Run 1 of 10");
      await expectAccessible(page);
      await page.goto(`${home}/receipts/${second.receipt?.id}`);
      await expect(page.getByText(/Yes\. It was given in advance, with a standing grant/)).toBeVisible();
      await expectAccessible(page);

      await page.goto(`${home}/grants`);
      await row.getByRole("button", { name: "Revoke grant" }).click();
      await expect(page.getByText("Grant revoked", { exact: true })).toBeVisible();
      await expect(row).toContainText(`revoked by ${workspace.owner.email}`);
      expect((await invoice(workspace, "381.00")).governance_status).toBe("pending_approval");
    });

    test("approve the same by the link of an email, without an account", async ({ world, page }) => {
      const workspace = await world.workspace({ name: "Finance automations" });
      await setUp(workspace);
      const { action_run_id: runId } = await invoice(workspace, "420.00");
      await page.goto(`/decide/${await mailedToken(runId, ANN)}`);
      await page.getByRole("link", { name: "Approve this, and the same until…" }).click();
      await fillGrant(page);
      await page.getByLabel("Total, at most").fill("400");
      await page.getByRole("checkbox", { name: /I have checked this request/ }).check();
      await page.getByRole("button", { name: "Approve this and the same" }).click();
      await expect(page.getByText("Not approved yet.")).toBeVisible();
      await expectAccessible(page);
      expect(await overflowOf(page)).toBe(0);
      await fillGrant(page);
      await page.getByRole("checkbox", { name: /I have checked this request/ }).check();
      await page.getByRole("button", { name: "Approve this and the same" }).click();
      await expect(page.getByText(/You approved this/)).toBeVisible();
      expect(await invoice(workspace, "380.00")).toMatchObject({ governance_reason: "standing_grant", grant: { given_by: ANN } });
    });

    test("a critical grant allows nothing until a colleague has confirmed it", async ({ world, page, signIn }) => {
      const workspace = await world.workspace({ name: "Finance automations" });
      await setUp(workspace, { riskLevel: "critical" });
      const { action_run_id: runId } = await invoice(workspace, "420.00");
      await page.goto(`/decide/${await mailedToken(runId, ANN)}?step=grant`);
      await fillGrant(page);
      await expect(page.getByText(/another approver has to confirm it/)).toBeVisible();
      await page.getByRole("checkbox", { name: /I have checked this request/ }).check();
      await page.getByRole("button", { name: "Approve this and the same" }).click();
      await expect(page.getByText(/You approved this/)).toBeVisible();
      expect((await invoice(workspace, "380.00")).governance_status).toBe("pending_approval");
      await signIn(page, workspace.owner);
      await page.goto(`/workspaces/${workspace.workspaceId}/grants`);
      await expect(page.getByText("Needs confirmation")).toBeVisible();
      await page.getByRole("button", { name: "Confirm grant…" }).click();
      await page.getByRole("alertdialog").getByRole("button", { name: "Confirm grant" }).click();
      await expect(page.getByText("Grant confirmed", { exact: true })).toBeVisible();
      expect((await invoice(workspace, "381.00")).governance_reason).toBe("standing_grant");
    });
  });
}
