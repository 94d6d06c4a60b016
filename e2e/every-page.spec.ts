import { getDb } from "@/lib/db/client";
import { claimOk, endLease, expectOk, makeAction, makeRun, proposeOk } from "@/lib/testing/factories";
import { storeMailboxMessage } from "@/lib/notifications/store-mailbox-message";
import { PAGE_ROWS } from "@/lib/testing/console/page-rows";
import { NOTHING, type Things } from "@/lib/testing/console/sweep-world";
import { createWebhook } from "@/lib/webhooks/create-webhook";
import { expectAccessible } from "./accessibility";
import { expect, test } from "./fixtures";
import { layoutShiftOf, overflowOf, watchLayoutShift } from "./watch-page";
import type { World } from "./world";

/** Beyond this a page is felt to jump (web.dev/cls). */
const MOST_SHIFT = 0.1;

async function makeThings(world: World): Promise<{ things: Things & { workspaceId: string }; owner: { email: string; password: string } }> {
  const workspace = await world.workspace({ name: "Finance automations", clientName: "Halvorsen Logistics" });
  await getDb().user.update({ where: { email: workspace.ownerEmail }, data: { isOperator: true } });
  await makeAction(workspace, {
    name: "pay_supplier",
    title: "Pay supplier",
    riskLevel: "critical",
    policy: { type: "require_approval_above_amount", threshold: "5000" },
  });
  const asked = await proposeOk(workspace, {
    action: "pay_supplier",
    payload: { amount: "18400.00", currency: "EUR", supplier: { name: "Baltic Frеight OÜ" }, memo: "a\u200bb" },
    reasoning: "The invoice is due.",
    actor: "finance_agent",
  });
  const doubtful = await makeRun(workspace, "always_allow");
  await claimOk(workspace, doubtful);
  await endLease(doubtful);
  const receipt = await getDb().receipt.findFirstOrThrow({ where: { runId: doubtful } });
  const person = await world.person(workspace, "approver");
  const { id: messageId } = await storeMailboxMessage({
    idempotencyKey: receipt.id,
    from: "console@example.com",
    to: "priya@example.com",
    subject: "Decide",
    html: "<p>Decide</p>",
    text: "Decide",
  });
  const { workspaceId } = workspace;
  const { id: webhookId } = expectOk(
    await createWebhook(workspace.ctx, { kind: "webhook", url: "https://example.com/hooks", eventTypes: ["run.decided"] }),
  );
  const { id: channelId } = expectOk(
    await createWebhook(workspace.ctx, { kind: "notification", url: "https://example.com/channel", eventTypes: ["run.pending"] }),
  );
  const things = {
    ...NOTHING,
    workspaceId,
    runId: asked.action_run_id,
    doubtfulRunId: doubtful,
    receiptId: receipt.id,
    userId: person.userId,
    actionName: "pay_supplier",
    messageId,
    webhookId,
    channelId,
  };
  return { things, owner: workspace.owner };
}

for (const isSignedIn of [false, true]) {
  const rows = Object.entries(PAGE_ROWS).filter(([, { who }]) => (who === "anybody") !== isSignedIn);
  test(`every page ${isSignedIn ? "of the console" : "for strangers"}: no violation, no error, no jump, and it fits a phone`, async ({
    page,
    world,
    signIn,
    watch,
  }) => {
    test.setTimeout(600_000);
    // The frame of a kept mail keeps the test's own recorder out, too.
    watch.allow(/^console error: Blocked script execution in '[^']*\/admin\/mailbox\/[^']*\/html'/);
    const { things, owner } = await makeThings(world);
    if (isSignedIn) await signIn(page, owner);
    await watchLayoutShift(page);
    for (const [address, { path }] of rows) {
      await test.step(address, async () => {
        await page.setViewportSize({ width: 1440, height: 900 });
        await page.goto(path(things));
        await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
        await expect(page).toHaveTitle(/DAAI Console/);
        expect.soft(await layoutShiftOf(page), `layout shift of ${address}`).toBeLessThan(MOST_SHIFT);
        await expectAccessible(page);
        await page.setViewportSize({ width: 360, height: 780 });
        expect.soft(await overflowOf(page), `overflow of ${address}`).toBe(0);
        expect.soft(watch.troubles(), address).toEqual([]);
      });
    }
  });
}
