import { systemContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { storeMailboxMessage } from "@/lib/mailer/store-mailbox-message";
import { NOTHING, type Things } from "@/lib/testing/console/sweep-world";
import { claimOk, endLease, expectOk, makeAction, makeRun, proposeOk } from "@/lib/testing/factories";
import { createWebhook } from "@/lib/webhooks/create-webhook";
import type { Person, World } from "./world";

export interface PageThings {
  readonly things: Things & { workspaceId: string };
  /** Who may see all of them: the workspace's owner, an operator. */
  readonly owner: Person;
}

/** What every page of the console needs to have something to show. */
export async function makePageThings(world: World): Promise<PageThings> {
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
  const { id: messageId } = await storeMailboxMessage(systemContext(null), {
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
