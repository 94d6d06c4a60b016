import { ApprovalsPage } from "@/e2e/pages/approvals-page";
import { getDb } from "@/lib/db/client";
import { makeAction, proposeOk } from "@/lib/testing/factories";
import { expectAccessible } from "./accessibility";
import { expect, test } from "./fixtures";
import { pay, refund, runOf, withActions } from "./pending-requests";
import { overflowOf } from "./watch-page";

test("what happened before to runs like this one stands on its card, and leads to them", async ({ world, signIn, page }) => {
  const workspace = await world.workspace();
  await withActions(workspace);
  for (const amount of ["20.00", "30.00"]) await refund(workspace, amount, "Nordlicht");
  await refund(workspace, "40.00", "Sonnenblume");
  await signIn(page, workspace.owner);
  const approvals = new ApprovalsPage(page);
  await approvals.open();
  await approvals.expectOpen("20.00");
  await expect(approvals.card.getByText("First “Refund” to this recipient in 30 days")).toBeVisible();
  // The next card comes at once: nothing else is loaded beside it, and not the whole page anew.
  const others: string[] = [];
  page.on("request", (request) => {
    if (request.isNavigationRequest() || "next-router-prefetch" in request.headers()) others.push(request.url());
  });
  await approvals.answer("Approve").click();
  await approvals.expectOpen("30.00");
  expect(others).toEqual([]);
  await expect(approvals.card.getByText("support_agent: 1 of 1 request approved in 30 days")).toBeVisible();
  await approvals.card.getByRole("link", { name: "2nd “Refund” to this recipient in 30 days: 1 approved" }).click();
  await expect(page.getByRole("button", { name: "Remove the filter Recipient" })).toBeVisible();
  await expect(page.getByRole("table").getByRole("row")).toHaveCount(3);
  await expectAccessible(page);
});

test("on a phone, list and card are two screens; who was only asked sees their runs alone", async ({ world, signIn, page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const workspace = await world.workspace();
  await withActions(workspace);
  const ann = await world.person(workspace, null);
  await getDb().user.update({ where: { id: ann.userId }, data: { emailVerifiedAt: new Date() } });
  await makeAction(workspace, {
    name: "close_account",
    title: "Close account",
    riskLevel: "high",
    sentence: "close the account of {name}",
    recipientField: "name",
    approverEmails: [ann.email],
  });
  await pay(workspace, "640.00");
  const { action_run_id: mine } = await proposeOk(workspace, { action: "close_account", payload: { name: "Ines Caldeira" } });
  await signIn(page, ann);
  const approvals = new ApprovalsPage(page);
  await approvals.open();
  await expect(approvals.rows).toHaveCount(1);
  await expect(approvals.card).toBeHidden();
  expect(await overflowOf(page)).toBe(0);

  await approvals.rows.first().click();
  await approvals.expectOpen("close the account of Ines Caldeira");
  await expect(approvals.queue).toBeHidden();
  expect(await overflowOf(page)).toBe(0);
  await expectAccessible(page);
  for (const name of ["Approve", "Reject", "Block"] as const) {
    await expect(approvals.answer(name)).toBeInViewport({ ratio: 1 });
    expect((await approvals.answer(name).boundingBox())?.height).toBeGreaterThanOrEqual(44);
  }
  await page.getByRole("link", { name: "Waiting for you, 1 of 1" }).click();
  await expect(approvals.card).toBeHidden();
  await approvals.rows.first().click();
  await approvals.expectOpen("Ines Caldeira");
  await approvals.answer("Approve").click();
  await approvals.expectSaid("Approved: Close account");
  await expect(approvals.queue.getByText("Nothing needs your approval")).toBeVisible();
  expect(await runOf(mine)).toMatchObject({ governanceStatus: "approved", decidedBy: ann.email });
});
