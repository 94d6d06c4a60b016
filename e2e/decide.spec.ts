import type { Page } from "@playwright/test";
import { getDb } from "@/lib/db/client";
import { endApprovalWindow, makeAction, proposeOk, type TestWorkspace, tally } from "@/lib/testing/factories";
import { printFigures } from "@/lib/testing/guarantees/print-figures";
import { proofSize } from "@/lib/testing/guarantees/proof-size";
import { expectAccessible } from "./accessibility";
import { expect, test } from "./fixtures";
import { keptMail } from "./mailbox";
import { overflowOf } from "./watch-page";

const ANN = "ann@example.com";
const BEN = "ben@example.com";
const PHONE = { width: 390, height: 844 };

const runOf = (id: string) => getDb().actionRun.findUniqueOrThrow({ where: { id } });

async function propose(workspace: TestWorkspace, action: string, amount = "1840.00"): Promise<string> {
  const payload = { amount, currency: "EUR", customer: { name: "Nordlicht Café GmbH" }, order_id: "SO-88214", note: "second charge\u200b" };
  const { action_run_id: id } = await proposeOk(workspace, {
    action,
    actor: "finance_agent",
    reasoning: "Order SO-88214 was charged twice.",
    payload,
  });
  return id;
}

async function refunds(workspace: TestWorkspace): Promise<void> {
  const refund = {
    title: "Refund a customer",
    riskLevel: "high",
    sentence: "refund {amount} {currency} to {customer.name}",
    recipientField: "customer.name",
  } as const;
  await makeAction(workspace, { ...refund, name: "refund", approverEmails: [ANN, BEN] });
  await makeAction(workspace, { ...refund, name: "refund_with_comment", approverEmails: [ANN], requiresRejectComment: true });
}

/** Shows a mail as a mail program does, and follows its one link: to another page. */
async function openFromMail(mail: Page, runId: string, toEmail: string): Promise<Page> {
  await mail.goto("about:blank");
  await mail.setContent((await keptMail(runId, toEmail)).html);
  expect(await overflowOf(mail)).toBe(0);
  const opened = mail.waitForEvent("popup");
  await mail.getByRole("link", { name: "Review and decide" }).click();
  return opened;
}

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });
const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 1, name });

for (const javaScriptEnabled of [false, true]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ viewport: PHONE, javaScriptEnabled });

    test("an approver decides on a phone, from the mail on", async ({ world, page: mail, watch }) => {
      // What the browser says of the scripts that it was told not to run.
      if (!javaScriptEnabled) watch.allow(/_next\/static\/chunks/);
      const workspace = await world.workspace({ name: "Finance automations", clientName: "Halvorsen Logistics" });
      await refunds(workspace);
      const [approved, rejected, blocked, expired] = [
        await propose(workspace, "refund"),
        await propose(workspace, "refund_with_comment", "20.00"),
        await propose(workspace, "refund"),
        await propose(workspace, "refund"),
      ];

      // Two deliberate steps approve.
      let page = await openFromMail(mail, approved, ANN);
      await expect(heading(page, "finance_agent wants to refund 1,840.00 EUR to Nordlicht Café GmbH")).toBeVisible();
      await expect(page.getByText("Contains 1 zero-width space, which most programs don’t show.")).toBeVisible();
      if (javaScriptEnabled) await expectAccessible(page);
      for (const answer of ["Approve…", "Reject…", "Block…"].map((name) => page.getByRole("link", { name }))) {
        expect((await answer.boundingBox())?.height).toBeGreaterThanOrEqual(44);
      }
      await expect(page.getByText(`You’re deciding as ${ANN}`)).toBeVisible();
      // Of buttons there is only that of the frame.
      const buttons = javaScriptEnabled ? ["Switch between light and dark"] : [];
      const labels = () => page.getByRole("button").evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")));
      await expect.poll(labels).toEqual(buttons);
      await page.getByRole("link", { name: "Approve…" }).click();
      await expect(heading(page, "Approve this action?")).toBeVisible();
      await expect(page.getByText(`You’re deciding as ${ANN}`)).toBeVisible();
      await page.getByRole("textbox").fill("Checked by phone.");
      await button(page, /^Approve/).click();
      expect((await runOf(approved)).governanceStatus).toBe("pending_approval");
      await page.getByRole("checkbox").check();
      await button(page, /^Approve/).click();
      await expect(heading(page, "You approved this action")).toBeVisible();
      await expect(page.getByText("may now run it once, and will report what happened")).toBeVisible();
      expect(await runOf(approved)).toMatchObject({ governanceStatus: "approved", decidedBy: ANN, decisionComment: "Checked by phone." });
      page = await openFromMail(mail, approved, ANN);
      await expect(heading(page, "You’ve already decided")).toBeVisible();
      page = await openFromMail(mail, approved, BEN);
      await expect(heading(page, `Already approved by ${ANN}`)).toBeVisible();

      // Two steps reject, with the comment that this action asks for.
      page = await openFromMail(mail, rejected, ANN);
      await page.getByRole("link", { name: "Reject…" }).click();
      await expect(heading(page, "Reject this action?")).toBeVisible();
      await button(page, "Reject").click();
      // The page's own words, where the browser's would cover what they are about.
      if (javaScriptEnabled) {
        await expect(page.getByRole("alert").filter({ hasText: "Add a comment." })).toBeVisible();
        await expect(page.getByRole("alert").filter({ hasText: "Select this checkbox to continue." })).toBeVisible();
        await expect(page.getByRole("textbox")).toBeFocused();
      }
      await page.getByRole("checkbox").check();
      await expect(page.getByText("Select this checkbox to continue.")).toBeHidden();
      await button(page, "Reject").click();
      expect((await runOf(rejected)).governanceStatus).toBe("pending_approval");
      await page.getByRole("textbox").fill("Refunded before.");
      await button(page, "Reject").click();
      await expect(heading(page, "You rejected this action")).toBeVisible();
      await expect(page.getByText("Nothing will run. The agent will see your decision and your comment.")).toBeVisible();

      // Someone is faster while the page is open; two steps block; and one is never answered.
      page = await openFromMail(mail, blocked, BEN);
      await page.getByRole("link", { name: "Reject…" }).click();
      await page.getByRole("checkbox").check();
      const second = await openFromMail(mail, blocked, ANN);
      await second.getByRole("link", { name: "Block…" }).click();
      await second.getByRole("checkbox").check();
      await button(second, "Block").click();
      await expect(heading(second, "You blocked this action")).toBeVisible();
      await button(page, "Reject").click();
      await expect(heading(page, `Already blocked by ${ANN}`)).toBeVisible();
      await expect(page.getByText("Your decision wasn’t recorded.")).toBeVisible();
      await keptMail(expired, ANN);
      await endApprovalWindow(expired);
      page = await openFromMail(mail, expired, ANN);
      await expect(heading(page, "This request has expired")).toBeVisible();
      await expect(page.getByText("Rejected, expired")).toBeVisible();
      await page.goto(`/decide/${"x".repeat(43)}`);
      await expect(heading(page, "This link isn’t valid")).toBeVisible();
      expect(await overflowOf(page)).toBe(0);
    });
  });
}

test("who is signed in lands on their own card, and nobody else's", async ({ world, signIn, page }) => {
  const workspace = await world.workspace();
  const priya = await world.person(workspace, "approver");
  await makeAction(workspace, { name: "pay", approverEmails: [priya.email, ANN] });
  const runId = await propose(workspace, "pay");
  await signIn(page, priya);
  const card = await openFromMail(page, runId, priya.email);
  await card.waitForURL(`**/approvals?run=${runId}`);
  const theirs = await openFromMail(page, runId, ANN);
  await expect(theirs.getByRole("link", { name: "Approve…" })).toBeVisible();
  expect((await runOf(runId)).governanceStatus).toBe("pending_approval");
});

/** What a robot takes for the first button of a page. */
const FIRST_BUTTONS = ["button:visible, input[type=submit]:visible", "form button:visible", "main a:visible, main button:visible"];

test("a scanner that opens every link and presses the first button decides nothing at all", async ({ world, page }) => {
  const rounds = proofSize(6, 1000);
  test.setTimeout(240_000 + rounds * 12_000);
  const workspace = await world.workspace();
  await refunds(workspace);
  const runs: string[] = [];
  let [links, pressed] = [0, 0];
  for (let round = 0; round < rounds; round++) {
    const runId = await propose(workspace, round % 3 === 0 ? "refund_with_comment" : "refund");
    runs.push(runId);
    const { html } = await keptMail(runId, ANN);
    await page.goto("about:blank");
    await page.setContent(html);
    for (const href of await page.locator("a[href]").evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href))) {
      links++;
      await page.goto(href);
      // It goes on to what its press has opened, and presses there.
      for (let step = 0; step < 2; step++) {
        const first = page.locator(FIRST_BUTTONS[round % FIRST_BUTTONS.length] ?? "button").first();
        if ((await first.count()) === 0) break;
        await first.click({ noWaitAfter: false });
        await page.waitForLoadState();
        pressed++;
      }
      for (const found of await page
        .locator('a[href*="/decide/"]')
        .evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href))) {
        links++;
        await page.goto(found);
        await page
          .locator("form button")
          .first()
          .click({ timeout: 1000 })
          .catch(() => undefined);
        pressed++;
      }
    }
  }
  const statuses = tally(
    (await getDb().actionRun.findMany({ where: { id: { in: runs } } })).map(({ governanceStatus }) => governanceStatus),
  );
  printFigures("A scanner in Chromium", { mails: rounds, links, pressed, ...statuses });
  expect(statuses).toEqual({ pending_approval: rounds });
  expect(await getDb().decision.count({ where: { runId: { in: runs } } })).toBe(0);
});

test("an answer that does not arrive keeps page and comment, and says so", async ({ world, page, watch }) => {
  // What the test is about.
  watch.allow(/^failed: POST/, /^console error: Failed to load resource/);
  const workspace = await world.workspace();
  await refunds(workspace);
  const runId = await propose(workspace, "refund");
  const opened = await openFromMail(page, runId, ANN);
  await opened.getByRole("link", { name: "Reject…" }).click();
  await opened.getByRole("textbox").fill("Refunded on Monday.");
  await opened.getByRole("checkbox").check();
  // Until the page's script has taken over.
  await opened.waitForLoadState("networkidle");
  await opened.context().setOffline(true);
  await button(opened, "Reject").click();
  await expect(opened.getByRole("alert").filter({ hasText: "Decision not confirmed. Try again." })).toBeVisible();
  await expect(opened.getByRole("textbox")).toHaveValue("Refunded on Monday.");
  await opened.context().setOffline(false);
  await button(opened, "Reject").click();
  await expect(heading(opened, "You rejected this action")).toBeVisible();
  expect(await runOf(runId)).toMatchObject({ governanceStatus: "rejected", decisionComment: "Refunded on Monday." });
});
