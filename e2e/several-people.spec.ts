import type { Page } from "@playwright/test";
import { ApprovalsPage } from "@/e2e/pages/approvals-page";
import { MembersPage } from "@/e2e/pages/members-page";
import { systemContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { makeAction, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { sequenceReceipts } from "@/lib/testing/sequence-receipts";
import { expectAccessible } from "./accessibility";
import { expect, test } from "./fixtures";
import { mailedToken } from "./mailbox";
import { overflowOf } from "./watch-page";

const [ANN, BEN, CHI, EVE] = ["ann@finance.example", "ben@finance.example", "chi@finance.example", "eve@board.example"];
const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1440, height: 900 } };

const runOf = (id: string) => getDb().actionRun.findUniqueOrThrow({ where: { id } });
const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 1, name });

async function propose(workspace: TestWorkspace): Promise<string> {
  const { action_run_id: id } = await proposeOk(workspace, {
    action: "wire",
    actor: "treasury_agent",
    payload: { amount: "50000.00", currency: "EUR", recipient: "Nordlicht Café GmbH" },
  });
  return id;
}

async function answer(
  page: Page,
  { runId, email }: { runId: string; email: string },
  verb: "Approve" | "Reject",
  comment = "",
): Promise<void> {
  await page.goto(`/decide/${await mailedToken(runId, email)}`);
  await page.getByRole("link", { name: `${verb}…` }).click();
  await page.getByRole("textbox").fill(comment);
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: new RegExp(`^${verb}`) }).click();
}

for (const [size, viewport] of Object.entries(SIZES)) {
  test.describe(`several people, ${size}`, () => {
    test.use({ viewport });

    test("two of three, then one: each sees who has approved, one changes their mind, and the last one decides", async ({
      world,
      page,
      signIn,
    }) => {
      const workspace = await world.workspace({ name: "Treasury", clientName: "Halvorsen Logistics" });
      const wire = { name: "wire", title: "Wire transfer", sentence: "wire {amount} {currency} to {recipient}" } as const;
      await makeAction(workspace, {
        ...wire,
        approverEmails: [ANN, BEN, CHI],
        approvals: 2,
        laterStages: [{ approvals: 1, people: [EVE] }],
      });
      const runId = await propose(workspace);

      await page.goto(`/decide/${await mailedToken(runId, ANN)}`);
      await expect(page.getByText("0 of 2 approvals given, stage 1 of 2")).toBeVisible();
      await page.getByRole("link", { name: "Approve…" }).click();
      await expect(page.getByText("The run stays pending until the other approvals are given.")).toBeVisible();
      await answer(page, { runId, email: ANN }, "Approve", "IBAN checked.");
      await expect(heading(page, "You approved this action")).toBeVisible();
      await expect(page.getByText("1 of 2 approvals given, stage 1 of 2")).toBeVisible();
      await expect(page.getByText(`Still needed: 1 of ${BEN} and ${CHI}`)).toBeVisible();
      await expectAccessible(page);
      expect(await overflowOf(page)).toBe(0);

      // She changes her mind, and back.
      await page.getByRole("link", { name: "Revoke approval…" }).click();
      await page.getByRole("checkbox").check();
      await page.getByRole("button", { name: "Revoke approval" }).click();
      await expect(page.getByText("You can decide again.")).toBeVisible();
      await expectAccessible(page);
      await answer(page, { runId, email: ANN }, "Approve", "IBAN checked.");
      await answer(page, { runId, email: BEN }, "Approve");
      await expect(page.getByText(`Still needed: ${EVE}`)).toBeVisible();

      // Enough of finance have approved, and the run's page says who.
      await page.goto(`/decide/${await mailedToken(runId, CHI)}`);
      await expect(heading(page, "You aren’t asked to decide this now")).toBeVisible();
      await expect(page.getByRole("list", { name: "Approvals given" }).getByRole("listitem")).toHaveText([ANN, BEN]);
      await signIn(page, workspace.owner);
      const path = `/workspaces/${workspace.workspaceId}/runs/${runId}`;
      await page.goto(path);
      await expect(page.getByRole("heading", { name: "Approvals", exact: true })).toBeVisible();
      await expect(page.getByText("0 of 1 approval given, stage 2 of 2")).toBeVisible();
      await expect(page.getByText(`Approval given by ${ANN}`).first()).toBeVisible();
      await expectAccessible(page);
      expect(await overflowOf(page)).toBe(0);
      await page.goto(`/approvals?run=${runId}`);
      await expect(page.getByText("You can’t decide this now.")).toBeVisible();
      await expect(page.getByRole("button", { name: "Approve" })).toHaveCount(0);
      await expectAccessible(page);

      expect((await runOf(runId)).governanceStatus).toBe("pending_approval");
      await page.context().clearCookies();
      await answer(page, { runId, email: EVE }, "Approve");
      await expect(page.getByText("may now run it once, and will report what happened")).toBeVisible();
      await expect(page.getByRole("list", { name: "Approvals given" }).getByRole("listitem")).toHaveText([ANN, BEN, `${EVE} (you)`]);
      await expectAccessible(page);
      expect(await runOf(runId)).toMatchObject({ governanceStatus: "approved", decidedBy: EVE });

      // The receipt has every approval that counted, and its proof holds.
      const { id: receiptId } = await getDb().receipt.findFirstOrThrow({ where: { runId, kind: "decision" } });
      while ((await sequenceReceipts(systemContext(workspace.workspaceId))) !== 0);
      await signIn(page, workspace.owner);
      await page.goto(`/workspaces/${workspace.workspaceId}/receipts/${receiptId}`);
      await expect(page.getByText("Verified in this browser")).toBeVisible();
      for (const email of [ANN, BEN, EVE]) await expect(page.getByText(`${email}, through the link in the email`).first()).toBeVisible();
      await expectAccessible(page);
      expect(await overflowOf(page)).toBe(0);
    });
  });
}

test("one rejection ends it", async ({ world, page }) => {
  const workspace = await world.workspace();
  await makeAction(workspace, { name: "wire", approverEmails: [ANN, BEN], approvals: 2 });
  const runId = await propose(workspace);
  await answer(page, { runId, email: ANN }, "Approve");
  await answer(page, { runId, email: BEN }, "Reject", "Wrong supplier.");
  await expect(heading(page, "You rejected this action")).toBeVisible();
  await page.goto(`/decide/${await mailedToken(runId, ANN)}`);
  await expect(heading(page, `Already rejected by ${BEN}`)).toBeVisible();
  expect((await runOf(runId)).governanceStatus).toBe("rejected");
});

test("several runs at once: a yes among several is one approval, and is among what the reader decided once others have followed", async ({
  world,
  page,
  signIn,
}) => {
  const workspace = await world.workspace({ name: "Treasury" });
  const ann = await world.person(workspace, "approver");
  await makeAction(workspace, { name: "wire", title: "Wire transfer", approverEmails: [ann.email, BEN], approvals: 2 });
  await makeAction(workspace, { name: "refund", title: "Refund", approverEmails: [ann.email] });
  const runId = await propose(workspace);
  await proposeOk(workspace, { action: "refund", payload: { amount: "5.00", currency: "EUR" } });
  await signIn(page, ann);
  const approvals = new ApprovalsPage(page);
  await approvals.open();
  await approvals.queue.getByRole("checkbox", { name: "Select all shown" }).check();
  await approvals.queue.getByRole("button", { name: "Review and approve 2…" }).click();
  await expect(approvals.dialog).toContainText("Each of them may then run once, but 1 of them still needs other approvals first.");
  await expectAccessible(page);
  await approvals.dialog.getByRole("button", { name: "Approve 2" }).click();
  await expect(approvals.dialog.getByRole("heading", { name: "2 of 2 approvals recorded" })).toBeVisible();
  await expect(approvals.dialog).toContainText("Approval recorded: 1 of 2 approvals given. The run stays pending.");
  await approvals.dialog.getByRole("button", { name: "Back to the queue" }).click();

  // Removing her would end her approval, which the dialog says.
  await page.context().clearCookies();
  await signIn(page, workspace.owner);
  const members = new MembersPage(page, workspace.workspaceId);
  await members.open();
  await members.choose(ann.email, "Remove");
  await expect(page.getByRole("alertdialog")).toContainText(
    "They approved 1 pending run that still needs other people’s approval. Their approval ends, and someone else is asked to approve.",
  );

  await page.context().clearCookies();
  await answer(page, { runId, email: BEN }, "Approve");
  await signIn(page, ann);
  await page.goto("/approvals/decided?by=me");
  await expect(page.getByRole("row").filter({ hasText: "Wire transfer" })).toContainText(`You and ${BEN}`);
  await expectAccessible(page);
});
