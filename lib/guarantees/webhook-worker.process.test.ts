import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, expect, it } from "vitest";
import { decideRun } from "@/lib/approvals/decide-run";
import { systemContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { resetEnvCache } from "@/lib/env";
import { expectOk, makeAction, makeWorkspace, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { printFigures } from "@/lib/testing/guarantees/print-figures";
import { proofSize } from "@/lib/testing/guarantees/proof-size";
import { type ConsoleProcess, startConsole } from "@/lib/testing/guarantees/start-consoles";
import { type ReceivedWebhook, startWebhookReceiver, type WebhookReceiver } from "@/lib/testing/webhook-receiver";
import { createWebhook } from "@/lib/webhooks/create-webhook";
import { queueDueDeliveries } from "@/lib/webhooks/tidy-deliveries";

const ALLOWED = { DAAI_WEBHOOK_ALLOWED_RANGES: "127.0.0.1" };
const KILLS = proofSize(3, 20);
const RUNS = proofSize(30, 200);
const PATIENCE = { interval: 100, timeout: 180_000 };

let receiver: WebhookReceiver;
let worker: ConsoleProcess;
let workspace: TestWorkspace;
let secret: string;

beforeAll(async () => {
  Object.assign(process.env, ALLOWED);
  resetEnvCache();
  receiver = await startWebhookReceiver();
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "refund", policy: { type: "always_require_approval" } });
  const made = await createWebhook(workspace.ctx, {
    kind: "webhook",
    url: `${receiver.url}/daai`,
    eventTypes: ["run.pending", "run.decided"],
  });
  secret = expectOk(made).secret ?? "";
  worker = await startConsole({ env: { DAAI_WORKER: "only", ...ALLOWED } });
});
afterAll(async () => {
  await worker?.server.kill("SIGKILL");
  await receiver?.close();
});

const idOf = ({ headers }: ReceivedWebhook) => String(headers["webhook-id"]);

/** Slow, failing, busy, gone before it answers; each webhook is taken at its fifth time at the latest, so that none is given up. */
function behaveBadly(): void {
  const times = new Map<string, number>();
  let turn = 0;
  receiver.behave((answer, received) => {
    const id = idOf(received);
    const time = (times.get(id) ?? 0) + 1;
    times.set(id, time);
    const behavior = time >= 5 ? "take" : (["take", "fail", "slow", "drop", "take", "busy", "slow"] as const)[turn++ % 7];
    if (behavior === "drop") answer.destroy();
    else if (behavior === "slow") setTimeout(() => answer.writeHead(204).end(), 300);
    else answer.writeHead(behavior === "fail" ? 500 : behavior === "busy" ? 429 : 204).end();
  });
}

/**
 * The next attempt of what failed comes at once: the backoff has its own tests. What a killed worker had taken stays away until
 * its lease ends, as it would, and is then found by the sweep, which comes more often here than every minute.
 */
async function deliveredCount(): Promise<number> {
  await getDb()
    .$executeRaw`UPDATE webhook_deliveries SET next_attempt_at = now() WHERE status = 'queued' AND next_attempt_at > now() + interval '31 seconds'`;
  await queueDueDeliveries(systemContext(null));
  return getDb().webhookDelivery.count({ where: { workspaceId: workspace.workspaceId, status: "delivered" } });
}

it("every webhook arrives, and each time with the same webhook-id, through kills of the worker", {
  timeout: proofSize(300_000, 1_800_000),
}, async () => {
  behaveBadly();
  const runIds: string[] = [];
  const happening = (async () => {
    for (let n = 0; n < RUNS; n++) {
      const { action_run_id: runId } = await proposeOk(workspace, { action: "refund", payload: { n } });
      expectOk(await decideRun(workspace.ctx, { runId, decision: n % 2 === 0 ? "approve" : "reject", comment: null }));
      runIds.push(runId);
    }
  })();
  const all = 2 * RUNS;
  for (let kill = 1; kill <= KILLS; kill++) {
    await expect.poll(deliveredCount, PATIENCE).toBeGreaterThanOrEqual(Math.floor((kill * all) / (KILLS + 2)));
    expect(await worker.restart("SIGKILL")).toBeNull();
  }
  await happening;
  await expect.poll(deliveredCount, PATIENCE).toBe(all);

  const ids = new Map<string, Set<string>>();
  for (const received of receiver.received) {
    const event = new Webhook(secret).verify(received.body, received.headers as Record<string, string>) as {
      type: string;
      data: { action_run_id: string };
    };
    const name = `${event.type} ${event.data.action_run_id}`;
    ids.set(name, (ids.get(name) ?? new Set()).add(idOf(received)));
  }
  expect([...ids.keys()].toSorted()).toEqual(runIds.flatMap((runId) => [`run.decided ${runId}`, `run.pending ${runId}`]).toSorted());
  expect([...ids.values()].every((own) => own.size === 1)).toBe(true);
  const deliveries = await getDb().webhookDelivery.findMany({ where: { workspaceId: workspace.workspaceId }, select: { id: true } });
  expect([...ids.values()].flatMap((own) => [...own]).toSorted()).toEqual(deliveries.map(({ id }) => id).toSorted());
  printFigures("Webhooks", {
    events: all,
    kills: KILLS,
    requests: receiver.received.length,
    "not arrived": 0,
    "repeated under another webhook-id": 0,
  });
});
