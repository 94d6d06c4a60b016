import { decideByLink } from "@/lib/approvals/decide-by-link";
import { decideRun } from "@/lib/approvals/decide-run";
import { lapseApproval } from "@/lib/approvals/lapse-approvals";
import { withdrawRun } from "@/lib/approvals/withdraw-run";
import { systemContext, visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { asSdk, claimOk, endApprovalValidity, expectOk, makeAction, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { expectAccessible } from "./accessibility";
import { expect, test } from "./fixtures";
import { keptMail, mailedToken } from "./mailbox";
import { overflowOf } from "./watch-page";

const ANN = "ann@example.com";
const BEN = "ben@example.com";
const PHONE = { width: 390, height: 844 };

const runOf = (id: string) => getDb().actionRun.findUniqueOrThrow({ where: { id } });

/** A refund that waits for Ann and Ben, and the addresses of their links. */
async function refund(workspace: TestWorkspace): Promise<{ runId: string; ann: string; ben: string; token: string }> {
  const payload = { amount: "1840.00", currency: "EUR", customer: "Nordlicht Café GmbH" };
  const { action_run_id: runId } = await proposeOk(workspace, { action: "refund", actor: "finance_agent", payload });
  const token = await mailedToken(runId, ANN);
  return { runId, token, ann: `/decide/${token}`, ben: `/decide/${await mailedToken(runId, BEN)}` };
}

async function registerRefund(workspace: TestWorkspace): Promise<void> {
  await makeAction(workspace, {
    name: "refund",
    title: "Refund a customer",
    sentence: "refund {amount} {currency} to {customer}",
    approverEmails: [ANN, BEN],
  });
}

for (const javaScriptEnabled of [false, true]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ viewport: PHONE, javaScriptEnabled });

    test("an approver revokes their approval by their link until the app claims the run", async ({ world, page, watch }) => {
      if (!javaScriptEnabled) watch.allow(/_next\/static\/chunks/);
      const workspace = await world.workspace();
      await registerRefund(workspace);
      // Without a script nothing on the page has to be taken over by it first.
      const open = (path: string) => page.goto(path, javaScriptEnabled ? {} : { waitUntil: "commit" });
      const heading = (name: string) => page.getByRole("heading", { level: 1, name });
      const { runId, ann, ben, token } = await refund(workspace);
      expectOk(await decideByLink(visitorContext(), token, { decision: "approve", comment: null, confirm: true }));

      await open(ann);
      await expect(heading("You’ve already decided")).toBeVisible();
      await page.getByRole("link", { name: "Revoke approval…" }).click();
      await expect(heading("Revoke your approval?")).toBeVisible();
      if (javaScriptEnabled) await expectAccessible(page);
      expect(await overflowOf(page)).toBe(0);
      const revoke = page.getByRole("button", { name: "Revoke approval" });
      await revoke.click();
      expect((await runOf(runId)).governanceStatus).toBe("approved");
      await page.getByRole("textbox").fill("Wrong customer.");
      await page.getByRole("checkbox").check();
      await revoke.click();
      await expect(heading("You revoked your approval")).toBeVisible();
      await expect(page.getByText("Nothing will run.")).toBeVisible();
      if (javaScriptEnabled) await expectAccessible(page);
      expect(await runOf(runId)).toMatchObject({ governanceReason: "approval_revoked", decisionComment: "Wrong customer." });
      await open(ben);
      await expect(heading("The approval was revoked")).toBeVisible();
      await expect(page.getByText("Wrong customer.")).toBeVisible();

      // The app is faster while the second step is open.
      const late = await refund(workspace);
      expectOk(await decideByLink(visitorContext(), late.token, { decision: "approve", comment: null, confirm: true }));
      await open(`${late.ann}?step=revoke`);
      await page.getByRole("checkbox").check();
      await claimOk(workspace, late.runId);
      await revoke.click();
      await expect(page.getByText("Your approval wasn’t revoked.")).toBeVisible();
      await expect(page.getByRole("link", { name: "Revoke approval…" })).toHaveCount(0);
      expect((await runOf(late.runId)).governanceStatus).toBe("approved");

      // The app withdraws what waits.
      const gone = await refund(workspace);
      expectOk(await asSdk(workspace, (ctx) => withdrawRun(ctx, { runId: gone.runId, reason: "Paid by hand." })));
      await open(gone.ann);
      await expect(heading("This request was withdrawn")).toBeVisible();
      await expect(page.getByText("Paid by hand.")).toBeVisible();
      if (javaScriptEnabled) await expectAccessible(page);
      expect(await overflowOf(page)).toBe(0);
    });
  });
}

test("members withdraw runs and revoke their approvals in the console", async ({ world, page, signIn }) => {
  const workspace = await world.workspace();
  await registerRefund(workspace);
  const [first, second] = [await refund(workspace), await refund(workspace)];
  const runPage = (runId: string) => `/workspaces/${workspace.workspaceId}/runs/${runId}`;
  const dialog = page.getByRole("alertdialog");
  await signIn(page, workspace.owner);

  await page.goto(runPage(first.runId));
  await page.getByRole("button", { name: "Withdraw run…" }).click();
  await dialog.getByRole("button", { name: "Withdraw run" }).click();
  await expect(dialog).toContainText("Say why the run is withdrawn.");
  await dialog.getByLabel("Reason").fill("The invoice was paid by hand.");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Withdraw run" }).click();
  await expect(page.getByText("Run withdrawn", { exact: true })).toBeVisible();
  await expect(page.getByText("Rejected, withdrawn").first()).toBeVisible();
  await expect(page.getByText(`Withdrawn by ${workspace.owner.email}`)).toBeVisible();
  await expect(page.getByRole("button", { name: "Withdraw run…" })).toHaveCount(0);
  await page.goto(`/approvals?run=${first.runId}`);
  await expect(page.getByText("This request was withdrawn.")).toBeVisible();

  expectOk(await decideRun(workspace.ctx, { runId: second.runId, decision: "approve", comment: null }));
  await page.goto(runPage(second.runId));
  await page.getByRole("button", { name: "Revoke approval…" }).click();
  await dialog.getByLabel("Comment").fill("Wrong customer.");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Revoke approval" }).click();
  await expect(page.getByText("Approval revoked", { exact: true })).toBeVisible();
  await expect(page.getByText(`Approval revoked by ${workspace.owner.email}`)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Open receipt" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("and the approval was revoked before it was executed");
  await expect(page.getByText("Exact text of the revocation receipt")).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize(PHONE);
  expect(await overflowOf(page)).toBe(0);
});

test("an approval that nobody collects lapses, and owners see it everywhere", async ({ world, page, signIn }) => {
  const workspace = await world.workspace({ name: "Finance automations" });
  await registerRefund(workspace);
  const { runId, ann, token } = await refund(workspace);
  const home = `/workspaces/${workspace.workspaceId}`;
  await signIn(page, workspace.owner);
  expectOk(await decideByLink(visitorContext(), token, { decision: "approve", comment: null, confirm: true }));
  await page.goto(`${home}/runs/${runId}`);
  await expect(page.getByText("Approved, and not collected yet.")).toBeVisible();
  await expectAccessible(page);

  await endApprovalValidity(runId);
  expect(await lapseApproval(systemContext(workspace.workspaceId), runId)).toBe(true);
  // The page follows.
  await expect(page.getByText("Approved, and never collected.")).toBeVisible();
  await expect(page.getByText("Approval lapsed because nobody claimed the run")).toBeVisible();
  await expectAccessible(page);
  expect((await keptMail(runId, workspace.owner.email)).text).toContain("An approved run was never collected");

  await page.goto(home);
  await expect(page.getByText("An approved run was never collected.")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Show lapsed runs" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Runs" })).toBeVisible();
  await expect(page.getByRole("table").getByText("Rejected, approval lapsed")).toBeVisible();
  await expectAccessible(page);
  await page.goto(ann);
  await expect(page.getByRole("heading", { level: 1, name: "The approval lapsed" })).toBeVisible();
  await page.setViewportSize(PHONE);
  expect(await overflowOf(page)).toBe(0);
});
