import { ActionFormPage } from "@/e2e/pages/action-form-page";
import { decideRun } from "@/lib/approvals/decide-run";
import { claimOk, expectOk, makeAction, proposeOk, report } from "@/lib/testing/factories";
import { expectAccessible } from "./accessibility";
import { DEVICES } from "./devices";
import { expect, test } from "./fixtures";
import { mailedPath } from "./mailbox";
import { overflowOf } from "./watch-page";

for (const [device, viewport] of DEVICES) {
  test.describe(`on the ${device}`, () => {
    test.use({ viewport });

    test("before saving, a draft is tried on recorded runs: what would change, what people had decided, each run to open", async ({
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
      const runs: string[] = [];
      for (const amount of [20, 80, 150, 180])
        runs.push((await proposeOk(workspace, { action: "refund", payload: { amount } })).action_run_id);
      const [, failed = "", approved = "", rejected = ""] = runs;
      expectOk(await report(workspace, failed, { outcome: "failed", error: "No balance", claimToken: await claimOk(workspace, failed) }));
      expectOk(await decideRun(workspace.ctx, { runId: approved, decision: "approve", comment: null }));
      expectOk(await decideRun(workspace.ctx, { runId: rejected, decision: "reject", comment: "Twice" }));
      await signIn(page, await world.person(workspace, "developer"));
      const form = new ActionFormPage(page);
      await form.openEdit(workspace.workspaceId, "refund");
      const card = page.getByRole("region", { name: "Backtest" });

      await form.threshold.fill("");
      await expect(card.getByText("Complete the policy first.")).toBeVisible();
      await expect(card.getByRole("button", { name: "Run backtest" })).toBeDisabled();
      await form.threshold.fill("160");
      await card.getByRole("button", { name: "7 days" }).click();
      await card.getByRole("button", { name: "Run backtest" }).click();
      await expect(card.getByText("1 of 4 runs would be decided differently.")).toBeVisible();
      await expect(card.getByRole("heading", { name: "1 run would no longer require approval" })).toBeVisible();
      await expect(card.getByText("1 had been approved")).toBeVisible();
      await expect(card.getByText("Budgets, standing grants and freezes are left out on both sides")).toBeVisible();

      await form.threshold.fill("50");
      await expect(card.getByText("The draft has changed since.")).toBeVisible();
      await card.getByRole("button", { name: "Run backtest" }).click();
      await expect(card.getByRole("heading", { name: "1 more would require approval" })).toBeVisible();
      await card.getByText("1 failed without anyone being asked").click();
      await expectAccessible(page);
      expect(await overflowOf(page)).toBe(0);
      const run = card.getByRole("link", { name: "refund 80.00 EUR" });
      await expect(run).toHaveAttribute("href", `/workspaces/${workspace.workspaceId}/runs/${failed}`);
      // In a tab of its own, because the draft isn't saved.
      await expect(run).toHaveAttribute("target", "_blank");

      // Nothing was saved, and what was typed is still here.
      await form.save.click();
      await expect(page.getByRole("heading", { name: "Requires approval above 50.00" })).toBeVisible();
    });

    test("a change of a policy, start to end: tried on 30 days, run in shadow, compared, and confirmed by a second owner", async ({
      world,
      signIn,
      browser,
      page,
    }) => {
      const workspace = await world.workspace();
      const base = `/workspaces/${workspace.workspaceId}`;
      await makeAction(workspace, {
        name: "refund",
        title: "Refund a customer",
        sentence: "refund {amount} EUR",
        policy: { type: "require_approval_above_amount", threshold: "100" },
      });
      const decide = async (amount: number, decision: "approve" | "reject") => {
        const { action_run_id: runId } = await proposeOk(workspace, { action: "refund", payload: { amount } });
        expectOk(await decideRun(workspace.ctx, { runId, decision, comment: "Looked at" }));
        return runId;
      };
      await decide(150, "approve");
      await decide(180, "reject");
      const [proposer, owner] = [await world.person(workspace, "owner"), await world.person(workspace, "owner")];
      await signIn(page, proposer);
      await page.goto(`${base}/settings/approvals`);
      await page.getByLabel("A second person must confirm policy changes").check();
      await page.getByRole("form", { name: "Policy changes" }).getByRole("button", { name: "Save changes" }).click();
      await expect(page.getByText("Changes saved", { exact: true })).toBeVisible();

      const form = new ActionFormPage(page);
      await form.openEdit(workspace.workspaceId, "refund");
      await form.threshold.fill("500");
      const card = page.getByRole("region", { name: "Backtest" });
      await expect(card.getByRole("button", { name: "30 days" })).toHaveAttribute("aria-pressed", "true");
      await card.getByRole("button", { name: "Run backtest" }).click();
      await expect(card.getByRole("heading", { name: "2 runs would no longer require approval" })).toBeVisible();
      await card.getByText("1 had been rejected").click();
      const [opened] = await Promise.all([page.waitForEvent("popup"), card.getByRole("link", { name: "refund 180.00 EUR" }).click()]);
      await expect(opened.getByRole("heading", { name: "refund 180.00 EUR" })).toBeVisible();
      await opened.close();

      await page.getByRole("button", { name: "Run in shadow…" }).click();
      await page.getByRole("button", { name: "Run in shadow", exact: true }).click();
      await expect(page.getByRole("region", { name: "Running in shadow" })).toBeVisible();
      await decide(160, "approve");
      await page.goto(`${base}/actions/refund/shadow`);
      await expect(page.getByRole("heading", { name: "1 run would no longer require approval" })).toBeVisible();
      await page.getByRole("button", { name: "Propose as policy…" }).click();
      await page.getByRole("button", { name: "Propose change" }).click();
      await expect(page.getByRole("region", { name: "Change proposed" })).toBeVisible();
      await expect(page.getByRole("heading", { name: "Requires approval above 100.00" })).toBeVisible();

      const second = await (await browser.newContext({ viewport })).newPage();
      await signIn(second, owner);
      await second.goto(await mailedPath(owner.email, /^Proposed: Change of Refund a customer$/));
      await second.getByRole("button", { name: "Confirm…" }).click();
      await second.getByRole("button", { name: "Confirm change" }).click();
      await expect(second.getByRole("heading", { name: "Requires approval above 500.00" })).toBeVisible();
      await expect(second.getByRole("region", { name: "Changes" })).toContainText(`changed it, proposed by ${proposer.email}`);
      await second.context().close();
    });

    test("where a second person is asked for, one proposes a change and another one confirms it", async ({
      world,
      signIn,
      browser,
      page,
    }) => {
      const workspace = await world.workspace();
      const base = `/workspaces/${workspace.workspaceId}`;
      await makeAction(workspace, {
        name: "refund",
        title: "Refund a customer",
        policy: { type: "require_approval_above_amount", threshold: "100" },
      });
      await proposeOk(workspace, { action: "refund", payload: { amount: 150 } });
      const admin = await world.person(workspace, "admin");
      await signIn(page, workspace.owner);
      await page.goto(`${base}/settings/approvals`);
      await page.getByLabel("A second person must confirm policy changes").check();
      await page.getByRole("form", { name: "Policy changes" }).getByRole("button", { name: "Save changes" }).click();
      await expect(page.getByText("Changes saved", { exact: true })).toBeVisible();

      const form = new ActionFormPage(page);
      await form.openEdit(workspace.workspaceId, "refund");
      await expect(page.getByRole("button", { name: "Save changes" })).toBeVisible();
      await form.threshold.fill("500");
      await page.getByRole("textbox", { name: "Comment optional" }).fill("As agreed with finance");
      await expectAccessible(page);
      await page.getByRole("button", { name: "Propose change" }).click();
      await expect(page.getByText("Nothing was changed yet. Another owner or admin has to confirm it.", { exact: true })).toBeVisible();
      const proposal = page.getByRole("region", { name: "Change proposed" });
      await expect(proposal.getByRole("row", { name: "Threshold" })).toContainText("100.00500.00");
      await expect(proposal.getByRole("button", { name: "Withdraw" })).toBeVisible();
      await expect(proposal.getByRole("button", { name: "Confirm…" })).toHaveCount(0);
      await expect(page.getByRole("heading", { name: "Requires approval above 100.00" })).toBeVisible();
      await page.goto(`${base}/actions`);
      await expect(page.getByText("Change proposed").filter({ visible: true })).toBeVisible();

      const second = await (await browser.newContext({ viewport })).newPage();
      await signIn(second, admin);
      await second.goto("/home");
      await expectAccessible(second);
      await expect(second.getByRole("link", { name: "Change of Refund a customer" })).toBeVisible();
      // The mail's link is the page that confirms it, and opening it confirms nothing.
      await second.goto(await mailedPath(admin.email, /^Proposed: Change of Refund a customer$/));
      await expect(second.getByRole("heading", { name: "Requires approval above 100.00" })).toBeVisible();
      const card = second.getByRole("region", { name: "Backtest" });
      await card.getByRole("button", { name: "Run backtest" }).click();
      await expect(card.getByText("1 of 1 run would be decided differently.")).toBeVisible();
      await expect(second.getByText("As agreed with finance").first()).toBeVisible();
      await expectAccessible(second);
      expect(await overflowOf(second)).toBe(0);
      await second.getByRole("button", { name: "Confirm…" }).click();
      await second.getByRole("button", { name: "Confirm change" }).click();
      await expect(second.getByText("Change confirmed", { exact: true })).toBeVisible();
      await expect(second.getByRole("heading", { name: "Requires approval above 500.00" })).toBeVisible();
      await expect(second.getByRole("region", { name: "Change proposed" })).toHaveCount(0);
      await expect(second.getByRole("region", { name: "Changes" })).toContainText(`changed it, proposed by ${workspace.ownerEmail}`);
      expect(await mailedPath(workspace.ownerEmail, /^Confirmed: Change of Refund a customer$/)).toBe(`${base}/actions/refund`);

      // So does the end of the rule itself, which stays on meanwhile.
      await page.goto(`${base}/settings/approvals`);
      const rule = page.getByLabel("A second person must confirm policy changes");
      await rule.uncheck();
      await page.getByRole("form", { name: "Policy changes" }).getByRole("button", { name: "Save changes" }).click();
      await expect(page.getByRole("region", { name: "Proposed: stop asking for a second person" })).toBeVisible();
      await expect(rule).toBeChecked();
      await expectAccessible(page);
      await second.goto(`${base}/settings/approvals`);
      await second.getByRole("button", { name: "Decline…" }).click();
      await second.getByRole("button", { name: "Decline change" }).click();
      await expect(second.getByText("Change declined", { exact: true })).toBeVisible();
    });
  });
}
