import { ActionFormPage } from "@/e2e/pages/action-form-page";
import { decideRun } from "@/lib/approvals/decide-run";
import { expectOk, makeAction, proposeOk } from "@/lib/testing/factories";
import { expectAccessible } from "./accessibility";
import { DEVICES } from "./devices";
import { expect, test } from "./fixtures";
import { overflowOf } from "./watch-page";

for (const [device, viewport] of DEVICES) {
  test.describe(`on the ${device}`, () => {
    test.use({ viewport });

    test("a draft runs in shadow beside the policy, is compared on live traffic, and is made the policy", async ({
      world,
      signIn,
      page,
    }) => {
      const workspace = await world.workspace();
      await makeAction(workspace, {
        name: "refund",
        title: "Refund a customer",
        sentence: "refund {amount} EUR",
        policy: { type: "require_approval_above_amount", threshold: "100" },
      });
      const developer = await world.person(workspace, "developer");
      await signIn(page, developer);
      const form = new ActionFormPage(page);
      const startWith = async (threshold: string) => {
        await form.openEdit(workspace.workspaceId, "refund");
        await form.threshold.fill(threshold);
        await page.getByRole("button", { name: "Run in shadow…" }).click();
        await page.getByRole("button", { name: "Run in shadow", exact: true }).click();
      };
      await form.openEdit(workspace.workspaceId, "refund");
      await form.threshold.fill("");
      await expect(page.getByRole("button", { name: "Run in shadow…" })).toBeDisabled();
      await page.reload();
      await startWith("500");
      const card = page.getByRole("region", { name: "Running in shadow" });
      await expect(card.getByText("No runs to compare.")).toBeVisible();
      await expect(card).toContainText(`by ${developer.email}`);

      const [, asked = ""] = [
        await proposeOk(workspace, { action: "refund", payload: { amount: 50 } }),
        await proposeOk(workspace, { action: "refund", payload: { amount: 150 } }),
      ].map(({ action_run_id: id }) => id);
      expectOk(await decideRun(workspace.ctx, { runId: asked, decision: "reject", comment: "Twice" }));
      await expect(card.getByText("1 of 2 runs would be decided differently.")).toBeVisible();
      await expect(page.getByRole("heading", { name: "Requires approval above 100.00" })).toBeVisible();
      await expectAccessible(page);
      expect(await overflowOf(page)).toBe(0);

      await card.getByRole("link", { name: "Compare" }).click();
      await expect(page.getByRole("heading", { name: "1 run would no longer require approval" })).toBeVisible();
      await page.getByText("1 had been rejected").click();
      await expect(page.getByRole("link", { name: "refund 150.00 EUR" })).toHaveAttribute("href", new RegExp(`/runs/${asked}$`));
      await expectAccessible(page);
      expect(await overflowOf(page)).toBe(0);
      await page.goto(`/workspaces/${workspace.workspaceId}/runs/${asked}`);
      await expect(page.getByRole("region", { name: "Shadow policy" })).toContainText(
        "It would have allowed this run. The policy decided otherwise.",
      );
      await expectAccessible(page);

      await page.goto(`/workspaces/${workspace.workspaceId}/actions/refund/shadow`);
      await page.getByRole("button", { name: "Make it the policy…" }).click();
      await expect(page.getByRole("listitem").filter({ hasText: "Policy: Requires approval above 100.00" })).toContainText(
        "→ Requires approval above 500.00",
      );
      await expectAccessible(page);
      await page.getByRole("button", { name: "Make it the policy", exact: true }).click();
      await expect(page.getByText("Version 2 is now in force", { exact: true })).toBeVisible();
      await expect(page.getByRole("region", { name: "Last shadow policy" })).toContainText(`Put in force by ${developer.email}`);

      await startWith("900");
      await expect(card.getByText("No runs to compare.")).toBeVisible();
      await form.openEdit(workspace.workspaceId, "refund");
      await form.threshold.fill("700");
      await page.getByRole("button", { name: "Run in shadow…" }).click();
      await expect(page.getByText(`It replaces the shadow policy that ${developer.email} started.`)).toBeVisible();
      await expectAccessible(page);
      await page.getByRole("button", { name: "Run in shadow", exact: true }).click();
      await expect(page.getByText("Shadow policy replaced", { exact: true })).toBeVisible();
      await card.getByRole("button", { name: "Stop…" }).click();
      await page.getByRole("button", { name: "Stop shadow policy" }).click();
      await expect(page.getByRole("region", { name: "Last shadow policy" })).toContainText(`Stopped by ${developer.email}`);
    });
  });
}
