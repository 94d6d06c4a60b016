import { ApprovalsPage } from "@/e2e/pages/approvals-page";
import { getDb } from "@/lib/db/client";
import { expectAccessible } from "./accessibility";
import { expect, test } from "./fixtures";
import { pay, refund, runOf, withActions } from "./pending-requests";
import { overflowOf } from "./watch-page";

test("the queue is read and answered by keyboard alone, and what comes does not move it", async ({ world, signIn, page }) => {
  const workspace = await world.workspace();
  await withActions(workspace);
  const small = await refund(workspace, "20.00");
  const first = await pay(workspace, "18400.00", "Baltic Fre\u0456ght");
  const second = await pay(workspace, "900.00");
  await signIn(page, workspace.owner);
  const approvals = new ApprovalsPage(page);
  await approvals.open();
  await expect(approvals.rows).toContainText([/18,400.00/, /900.00/, /20.00/]);
  await approvals.expectOpen("18,400.00");
  await expect(approvals.card.getByText("Check the recipient.")).toBeVisible();
  await expectAccessible(page);

  // A letter typed somewhere is a letter; an answer takes two keys.
  await approvals.comment.fill("a");
  await page.keyboard.press("Escape");
  await page.keyboard.press("a");
  await expect(approvals.answer("Approve")).toBeFocused();
  expect((await runOf(first)).governanceStatus).toBe("pending_approval");
  await page.keyboard.press("Enter");
  // What is critical takes the second step of the mail's page, by keyboard as well.
  await expect(approvals.dialog.getByRole("heading", { name: "Approve this action?" })).toBeVisible();
  await expect(approvals.dialog.getByRole("button", { name: /^Approve/ })).toBeDisabled();
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  expect((await runOf(first)).governanceStatus).toBe("pending_approval");
  await approvals.dialog.getByRole("checkbox").focus();
  await page.keyboard.press("Space");
  await expect(approvals.dialog.getByRole("button", { name: "Approve 18,400.00 EUR" })).toBeEnabled();
  await page.keyboard.press("Enter");
  await approvals.expectSaid("Approved: Pay supplier");
  await approvals.expectOpen("900.00");
  await expect(approvals.rows).toHaveCount(2);
  expect(await runOf(first)).toMatchObject({ governanceStatus: "approved", decidedBy: workspace.owner.email, decisionComment: "a" });

  await page.keyboard.press("j");
  await approvals.expectOpen("20.00");
  await page.keyboard.press("k");
  await approvals.expectOpen("900.00");
  await page.keyboard.press("b");
  await page.keyboard.press("Enter");
  await approvals.expectSaid("Blocked: Pay supplier");
  await approvals.expectOpen("20.00");
  expect((await runOf(second)).governanceStatus).toBe("blocked");

  // What is riskier comes above, and waits to be asked for.
  await pay(workspace, "5000.00");
  const arrivals = approvals.queue.getByRole("button", { name: "1 new" });
  await expect(arrivals).toBeVisible();
  await expect(approvals.rows).toHaveCount(1);
  await approvals.expectOpen("20.00");

  // This action's rejections must say why.
  await page.keyboard.press("r");
  await expect(approvals.comment).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(approvals.answers.getByRole("alert")).toContainText("Add a comment.");
  await expect(approvals.comment).toHaveValue("");
  await page.keyboard.type("Refunded before.");
  await page.keyboard.press("Enter");
  await page.keyboard.type("Twice.");
  expect((await runOf(small)).governanceStatus).toBe("pending_approval");
  await page.keyboard.press("Control+Enter");
  await approvals.expectSaid("Rejected: Refund");
  expect(await runOf(small)).toMatchObject({ governanceStatus: "rejected", decisionComment: "Refunded before.\nTwice." });

  await expect(approvals.rows).toContainText([/5,000.00/]);
  // What was typed belonged to the run that has left; Escape ends it, and the keys are the queue's again.
  await expect(approvals.comment).not.toBeFocused();
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await expect(approvals.dialog.getByText("Next and previous run")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(approvals.dialog).toBeHidden();
});

test("two approvers at once, and several runs in one answer", async ({ world, signIn, page, browser, watch, daai }) => {
  const workspace = await world.workspace();
  await withActions(workspace);
  const priya = await world.person(workspace, "approver");
  await getDb().user.update({ where: { id: priya.userId }, data: { name: "Priya Nair" } });
  const [one, two, three] = [await pay(workspace, "640.00"), await pay(workspace, "1250.00"), await refund(workspace, "75.00")];
  await signIn(page, workspace.owner);
  const mine = new ApprovalsPage(page);
  // My page does not hear that someone is faster.
  await page.route("**/events", (route) => route.abort("aborted"));
  await mine.open();
  await mine.expectOpen("640.00");

  const context = await browser.newContext({ baseURL: daai.url });
  watch.add(context);
  const hers = new ApprovalsPage(await context.newPage());
  await signIn(hers.page, priya);
  await hers.open(`?run=${one}`);
  await hers.expectOpen("640.00");

  await hers.answer("Reject").click();
  await hers.expectSaid("Rejected: Pay supplier");
  await mine.answer("Approve").click();
  await mine.confirm();
  await mine.expectSaid(/Already rejected by Priya Nair at/);
  expect((await runOf(one)).decidedBy).toBe(priya.email);
  await page.unroute("**/events");

  await mine.open();
  await mine.queue.getByRole("checkbox", { name: "Select: Pay supplier, 1,250.00" }).check();
  await page.keyboard.press("Escape");
  // All of it by keyboard.
  await mine.expectOpen("1,250.00");
  await page.keyboard.press("Shift+X");
  await expect(mine.queue.getByRole("region", { name: "2 selected" })).toContainText("1,325.00");
  await page.keyboard.press("Shift+X");
  await expect(mine.queue.getByRole("region", { name: "2 selected" })).toBeHidden();
  await page.keyboard.press("Shift+X");
  await page.keyboard.press("Shift+R");
  await expect(mine.dialog.getByRole("listitem")).toContainText([
    /Pay supplier.*pay 1,250.00 EUR to Baltic Freight/,
    /Refund.*refund 75.00 EUR to Nordlicht/,
  ]);
  await expectAccessible(page);
  await mine.dialog.getByRole("button", { name: "Reject 2" }).click();
  await expect(mine.dialog.getByText(/At least one of these actions requires one/)).toBeVisible();
  await mine.dialog.getByRole("textbox", { name: "Comment" }).fill("Not this month.");
  await mine.dialog.getByRole("button", { name: "Reject 2" }).click();
  await expect(mine.dialog.getByRole("heading", { name: "Rejected 2 of 2 runs" })).toBeVisible();
  for (const id of [two, three])
    expect(await runOf(id)).toMatchObject({ governanceStatus: "rejected", decisionComment: "Not this month." });
  await mine.dialog.getByRole("button", { name: "Back to the queue" }).click();
  await expect(mine.queue.getByText("Nothing needs your approval")).toBeVisible();

  // What was decided elsewhere still says by whom.
  await mine.open(`?run=${one}`);
  await expect(mine.card.getByText("Already decided.")).toBeVisible();
  await mine.open("?run=01a1f3af-8f9a-7948-ba8d-e1f33f0601ae");
  await expect(mine.card.getByText("Run not found")).toBeVisible();
  await context.close();
});

test("the queue is searched, sorted and grouped in its address, and what was decided leads to its receipt", async ({
  world,
  signIn,
  page,
}) => {
  const workspace = await world.workspace();
  await withActions(workspace);
  await pay(workspace, "640.00");
  await refund(workspace, "20.00", "Nordlicht");
  await refund(workspace, "75.00", "Sonnenblume");
  await signIn(page, workspace.owner);
  const approvals = new ApprovalsPage(page);
  await approvals.open();
  await approvals.expectOpen("640.00");

  await page.getByRole("combobox", { name: "Sort by" }).selectOption({ label: "Largest amount" });
  await expect(approvals.rows).toContainText([/640.00/, /75.00/, /20.00/]);
  await page.getByRole("button", { name: "Group by action" }).click();
  await expect(page).toHaveURL(/sort=amount&group=action/);
  await expect(approvals.queue.getByRole("heading", { level: 3 })).toHaveText(["Pay supplier", "Refund"]);
  await expectAccessible(page);
  await approvals.queue.getByRole("button", { name: "Select the shown requests of Refund" }).click();
  await expect(approvals.queue.getByRole("region", { name: "2 selected" })).toContainText("95.00");
  await page.keyboard.press("Escape");
  await expect(approvals.queue.getByRole("region", { name: "2 selected" })).toBeHidden();
  // Whoever opens the address sees the same, and the keys follow what is shown.
  await page.reload();
  await approvals.expectOpen("640.00");
  await page.keyboard.press("j");
  await approvals.expectOpen("75.00");

  await page.keyboard.press("/");
  await page.keyboard.type("nordlicht");
  await expect(approvals.rows).toHaveCount(1);
  await approvals.expectOpen("20.00");
  await expect(approvals.queue.getByText("1 of 3")).toBeVisible();
  // A letter belongs to the search until Escape ends it.
  await page.keyboard.press("a");
  await expect(approvals.queue.getByText("No pending requests match")).toBeVisible();
  await approvals.queue.getByRole("link", { name: "Clear search" }).click();
  await expect(approvals.rows).toHaveCount(3);
  await expect(page).toHaveURL(/sort=amount&group=action/);

  await approvals.rows.last().click();
  await approvals.expectOpen("20.00");
  await approvals.answer("Approve").click();
  await approvals.expectSaid("Approved: Refund");
  await page.getByRole("link", { name: "Open receipt" }).click();
  await page.waitForURL(/\/receipts\/[0-9a-f-]{36}$/);
  const receipt = page.url();

  await approvals.open();
  await page.getByRole("link", { name: "Decided", exact: true }).click();
  const decided = page.getByRole("table", { name: "Decided requests" });
  await expect(decided.getByRole("row").nth(1)).toContainText(/Refund.*20.00.*Approved.*You/);
  await expectAccessible(page);
  await page.getByRole("link", { name: "Me", exact: true }).click();
  await expect(page).toHaveURL(/by=me/);
  await decided.getByRole("link", { name: "Open receipt" }).click();
  await page.waitForURL(receipt);
  await page.setViewportSize({ width: 360, height: 740 });
  for (const path of ["/approvals?sort=amount&group=action", "/approvals/decided"]) {
    await page.goto(path);
    expect(await overflowOf(page)).toBe(0);
  }
});
