import { makeAction, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { expectAccessible } from "./accessibility";
import { DEVICES } from "./devices";
import { expect, test } from "./fixtures";
import { mailedToken } from "./mailbox";
import { overflowOf } from "./watch-page";

const refund = (workspace: TestWorkspace, amount: string) =>
  proposeOk(workspace, { action: "refund", actor: "finance_agent", payload: { amount, currency: "EUR", customer: "Nordlicht" } });

for (const [device, viewport] of DEVICES) {
  test.describe(`on the ${device}`, () => {
    test.use({ viewport });

    test("set 2,000 EUR of refunds a week, watch it fill, and see on the card that this one would go over", async ({
      world,
      page,
      signIn,
    }) => {
      const workspace = await world.workspace({ name: "Finance automations" });
      await makeAction(workspace, {
        name: "refund",
        title: "Refund a customer",
        policy: { type: "always_allow" },
        sentence: "refund {amount} {currency} to {customer}",
        approverEmails: [workspace.ownerEmail],
      });
      const home = `/workspaces/${workspace.workspaceId}`;
      await signIn(page, workspace.owner);

      await page.goto(`${home}/budgets`);
      await expect(page.getByRole("heading", { name: "No budgets yet" })).toBeVisible();
      await page.getByRole("link", { name: "Create budget" }).click();
      await page.getByLabel("Name").fill("Refunds");
      await page.getByRole("radio", { name: /Some actions/ }).check();
      await page.getByRole("checkbox", { name: /Refund a customer/ }).check();
      await page.getByLabel("Limit", { exact: true }).fill("2000");
      await page.getByRole("button", { name: "Create budget" }).click();
      await expect(page.getByText("Must be a currency code such as EUR.")).toBeVisible();
      await page.getByLabel("Currency").fill("EUR");
      await page.getByLabel("Time zone").fill("Europe/Berlin");
      await expect(page.getByText(/Up to 2,000\.00\sEUR per week\. Counts Refund a customer\./)).toBeVisible();
      await expectAccessible(page);
      expect(await overflowOf(page)).toBe(0);
      await page.getByRole("button", { name: "Create budget" }).click();
      await expect(page.getByRole("heading", { name: "Refunds", level: 1 })).toBeVisible();
      await expect(page.getByText("0.00 of 2,000.00")).toBeVisible();

      await refund(workspace, "1240.00");
      await expect(page.getByText("1,240.00 of 2,000.00")).toBeVisible();
      const over = await refund(workspace, "900.00");
      expect(over.governance_reason).toBe("budget_exceeded_requires_approval");
      const row = page.getByRole("row", { name: /refund 900\.00/ });
      await expect(row).toContainText("over");
      await expect(page.getByText("2,140.00 of 2,000.00")).toBeVisible();
      await expectAccessible(page);
      expect(await overflowOf(page)).toBe(0);
      await page.getByRole("link", { name: "Over the limit" }).click();
      await expect(page.getByRole("row", { name: /refund 1,240\.00/ })).toHaveCount(0);
      await expect(row).toBeVisible();

      const words = /1,240\.00 of 2,000\.00\sEUR this week; this request would make it 2,140\.00/;
      await page.goto(`/approvals?run=${over.action_run_id}`);
      await expect(page.getByText(words).first()).toBeVisible();
      await expectAccessible(page);
      expect(await overflowOf(page)).toBe(0);
      await page.goto(`/decide/${await mailedToken(over.action_run_id, workspace.owner.email)}`);
      await expect(page.getByText(words).first()).toBeVisible();
      await expectAccessible(page);
      await page.goto(`${home}/runs/${over.action_run_id}`);
      await expect(page.getByText(words).first()).toBeVisible();

      await page.goto(`${home}/actions/refund`);
      const counts = page.getByRole("region", { name: "Budgets" });
      await expect(counts).toContainText("2,140.00 of 2,000.00");
      await counts.getByRole("link", { name: "Refunds" }).click();
      await expect(page.getByRole("heading", { name: "Refunds", level: 1 })).toBeVisible();
      await page.getByRole("link", { name: "Edit" }).click();
      await page.getByLabel("Limit", { exact: true }).fill("3000");
      await page.getByRole("button", { name: "Save changes" }).click();
      await expect(page.getByText("2,140.00 of 3,000.00")).toBeVisible();
      await page.goto(`${home}/budgets`);
      await expect(page.getByRole("listitem").filter({ hasText: "Refunds" })).toContainText("2,140.00 of 3,000.00");
      await expectAccessible(page);
      expect(await overflowOf(page)).toBe(0);

      await page.getByRole("link", { name: "Refunds", exact: true }).click();
      await page.getByRole("button", { name: "Delete budget…" }).click();
      await page.getByRole("alertdialog").getByRole("button", { name: "Delete budget" }).click();
      await expect(page.getByRole("heading", { name: "No budgets yet" })).toBeVisible();
      expect((await refund(workspace, "5000")).governance_status).toBe("allowed");
    });
  });
}
