import type { Page } from "@playwright/test";
import { getDb } from "@/lib/db/client";
import { applyPatch } from "@/lib/domain/json/json-patch";
import { claim, expectOk, makeAction, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { expectAccessible } from "./accessibility";
import { expect, test } from "./fixtures";
import { keptMail, mailedToken } from "./mailbox";
import { overflowOf } from "./watch-page";

const ANN = "ann@example.com";
const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1440, height: 900 } };
const PAYLOAD = { amount: "1840.00", currency: "EUR", customer: { name: "Nordlicht Café GmbH" }, note: "<b>second</b> charge\u200b" };
const REASON = "Only 1,480 were charged twice.";

async function refunds(workspace: TestWorkspace): Promise<void> {
  await makeAction(workspace, {
    name: "refund",
    title: "Refund a customer",
    sentence: "refund {amount} {currency} to {customer.name}",
    recipientField: "customer.name",
    approverEmails: [ANN],
    policy: {
      type: "always_require_approval",
      changeableFields: [
        { field: "amount", kind: "not_above" },
        { field: "currency", kind: "one_of", values: ["EUR", "USD"] },
        { field: "note", kind: "text", maxLength: 200 },
      ],
    },
  });
}

const ask = async (workspace: TestWorkspace, acceptsChanges: boolean) =>
  (await proposeOk(workspace, { action: "refund", actor: "support_agent", payload: PAYLOAD, accepts_changes: acceptsChanges }))
    .action_run_id;
const runOf = (id: string) => getDb().actionRun.findUniqueOrThrow({ where: { id }, include: { payloadChanges: true } });
const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 1, name });

for (const [size, viewport] of Object.entries(SIZES)) {
  test.describe(`a change, ${size}`, () => {
    test.use({ viewport });

    test("an approver lowers a refund by the link, sees the difference and says why; the receipt shows both", async ({
      world,
      page,
      signIn,
    }) => {
      const workspace = await world.workspace({ name: "Finance automations", clientName: "Halvorsen Logistics" });
      await refunds(workspace);
      const runId = await ask(workspace, true);
      await page.goto(`/decide/${await mailedToken(runId, ANN)}`);
      await expect(heading(page, "support_agent wants to refund 1,840.00 EUR to Nordlicht Café GmbH")).toBeVisible();
      await page.getByRole("link", { name: "Approve with a change…" }).click();
      await expect(heading(page, "Approve with a change?")).toBeVisible();
      await expect(page.getByText("Nothing changed yet")).toBeVisible();
      await page.getByRole("textbox", { name: "amount", exact: true }).fill("1840.01");
      await expect(page.getByText("Enter at most 1,840.00, which was proposed.")).toBeVisible();
      await page.getByRole("textbox", { name: "amount", exact: true }).fill("1480");
      await expect(page.getByText("What you change", { exact: true })).toBeVisible();
      await expectAccessible(page);
      expect(await overflowOf(page)).toBe(0);
      await page.getByRole("checkbox").check();
      // The reason is required.
      await page.getByRole("button", { name: "Approve with a change" }).click();
      await expect(heading(page, "Approve with a change?")).toBeVisible();
      expect((await runOf(runId)).governanceStatus).toBe("pending_approval");
      await page.getByLabel(/^Reason/).fill(REASON);
      await page.getByRole("button", { name: "Approve with a change" }).click();
      await expect(heading(page, "You approved this action")).toBeVisible();
      await expect(page.getByText("Changed by the approver")).toBeVisible();
      await expectAccessible(page);

      const { answer } = expectOk(await claim(workspace, runId));
      expect(answer).toMatchObject({ payload_changed: true, reason: REASON, payload: { ...PAYLOAD, amount: "1480" } });
      expect(applyPatch(PAYLOAD, answer.changes)).toEqual(answer.payload);

      await signIn(page, workspace.owner);
      await page.goto(`/workspaces/${workspace.ctx.workspaceId}/runs/${runId}`);
      await expect(page.getByText(`Approved with a change by ${ANN}`)).toBeVisible();
      await expect(page.getByText("amount: 1840.00 → 1480")).toBeVisible();
      await expect(page.getByText("Approved amount")).toBeVisible();
      await page.getByRole("tab", { name: /Approved payload/ }).click();
      await expect(page.getByRole("deletion").filter({ hasText: "1840.00" })).toBeVisible();
      await expectAccessible(page);
      expect(await overflowOf(page)).toBe(0);
      const { id } = await getDb().receipt.findFirstOrThrow({ where: { runId, kind: "decision" } });
      await page.goto(`/workspaces/${workspace.ctx.workspaceId}/receipts/${id}`);
      await expect(page.getByText(`Approved with a change by ${ANN}`)).toBeVisible();
      await expect(page.getByText("What was approved differs from what was proposed.")).toBeVisible();
      await expect(page.getByText("Refund 1,840.00 EUR to Nordlicht Café GmbH").first()).toBeVisible();
      await expectAccessible(page);
      expect(await overflowOf(page)).toBe(0);
    });

    test("an approver changes a request on its card, and proposes to an app that takes no changes", async ({ world, page, signIn }) => {
      const workspace = await world.workspace({ name: "Finance automations", clientName: "Halvorsen Logistics" });
      await refunds(workspace);
      const [changed, proposed] = [await ask(workspace, true), await ask(workspace, false)];
      await signIn(page, workspace.owner);

      await page.goto(`/approvals?run=${changed}`);
      await page.getByRole("button", { name: "Approve with a change…" }).click();
      const dialog = page.getByRole("alertdialog");
      await dialog.getByLabel("currency").selectOption("USD");
      await dialog.getByLabel("Reason").fill(REASON);
      await expectAccessible(page);
      await dialog.getByRole("button", { name: "Approve with a change" }).click();
      await expect(dialog.getByText("Select this checkbox to continue.")).toBeVisible();
      await dialog.getByRole("checkbox").check();
      await dialog.getByRole("button", { name: "Approve with a change" }).click();
      await expect(page.getByText("Approved with a change: Refund a customer").first()).toBeVisible();
      expect(await runOf(changed)).toMatchObject({ governanceStatus: "approved", currency: "USD", payloadChanges: [{ reason: REASON }] });

      await page.goto(`/approvals?run=${proposed}`);
      await expect(page.getByText("The app that proposed this doesn’t take changes.")).toBeVisible();
      await page.getByRole("button", { name: "Reject with a proposal…" }).click();
      await dialog.getByRole("textbox", { name: "amount", exact: true }).fill("1480");
      await dialog.getByLabel("Reason").fill(REASON);
      await dialog.getByRole("button", { name: "Reject with a proposal" }).click();
      await expect(page.getByText("Rejected with a proposal: Refund a customer").first()).toBeVisible();
      expect(await runOf(proposed)).toMatchObject({
        governanceStatus: "rejected",
        approvedPayloadHash: null,
        payloadChanges: [{ kind: "proposal" }],
      });
      expect(await overflowOf(page)).toBe(0);
    });
  });
}

test.describe("without JavaScript", () => {
  test.use({ viewport: SIZES.phone, javaScriptEnabled: false });

  test("the page of a link takes a change, and says what was wrong with one", async ({ world, page: mail, watch }) => {
    watch.allow(/_next\/static\/chunks/);
    const workspace = await world.workspace({ name: "Finance automations", clientName: "Halvorsen Logistics" });
    await refunds(workspace);
    const runId = await ask(workspace, true);
    await mail.goto("about:blank");
    await mail.setContent((await keptMail(runId, ANN)).html);
    const opened = mail.waitForEvent("popup");
    await mail.getByRole("link", { name: "Review and decide" }).click();
    const page = await opened;
    await page.getByRole("link", { name: "Approve with a change…" }).click();
    const send = async (amount: string) => {
      await page.getByRole("textbox", { name: "amount", exact: true }).fill(amount);
      await page.getByLabel(/^Reason/).fill(REASON);
      await page.getByRole("checkbox").check();
      await page.getByRole("button", { name: "Approve with a change" }).click();
    };
    await send("9999");
    await expect(page.getByText("The change wasn’t recorded.")).toBeVisible();
    await send("1480");
    await expect(heading(page, "You approved this action")).toBeVisible();
    expect((await runOf(runId)).amount?.toFixed()).toBe("1480");
  });
});
