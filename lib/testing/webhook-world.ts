import { afterAll, beforeAll, beforeEach } from "vitest";
import { getDb } from "@/lib/db/client";
import { WEBHOOK_EVENTS, type WebhookEvent, type WebhookKind } from "@/lib/domain/runs/webhook-events";
import { tasks } from "@/lib/jobs/tasks";
import { createWebhook } from "@/lib/webhooks/create-webhook";
import { drainJobs } from "./drain-jobs";
import { expectOk, makeWorkspace, type TestWorkspace } from "./factories";
import { startAllowedReceiver, type WebhookReceiver } from "./webhook-receiver";

export interface WebhookWorld {
  readonly receiver: WebhookReceiver;
  readonly workspace: TestWorkspace;
  /** A webhook of the workspace, to the receiver. */
  make(eventTypes?: readonly WebhookEvent[], kind?: WebhookKind): Promise<{ id: string; secret: string }>;
}

/** Each test of the file gets a workspace, and a receiver that accepts everything and has received nothing. */
export function webhookWorld(): WebhookWorld {
  let receiver: WebhookReceiver;
  let workspace: TestWorkspace;
  beforeAll(async () => {
    receiver = await startAllowedReceiver();
  });
  afterAll(() => receiver.close());
  beforeEach(async () => {
    workspace = await makeWorkspace();
    // What the test before has left in the queue.
    await sendAll();
    receiver.received.length = 0;
    receiver.behave(204);
  });
  return {
    get receiver() {
      return receiver;
    },
    get workspace() {
      return workspace;
    },
    async make(eventTypes = WEBHOOK_EVENTS, kind = "webhook") {
      const { id, secret } = expectOk(await createWebhook(workspace.ctx, { kind, url: `${receiver.url}/hook`, eventTypes }));
      return { id, secret: secret ?? "" };
    },
  };
}

const attemptsInOrder = { attempts: { orderBy: { id: "asc" } } } as const;

export function deliveriesOf(endpointId: string) {
  return getDb().webhookDelivery.findMany({ where: { endpointId }, include: attemptsInOrder, orderBy: { id: "asc" } });
}

export function firstDeliveryOf(endpointId: string) {
  return getDb().webhookDelivery.findFirstOrThrow({ where: { endpointId }, include: attemptsInOrder });
}

/** What is due, as the worker's two lanes would send it. */
export function sendAll(): Promise<void> {
  return drainJobs({ "send-webhooks": tasks["send-webhooks"], "send-failing-webhooks": tasks["send-failing-webhooks"] });
}

/** The next attempt is due. */
export async function makeDue(): Promise<void> {
  await getDb().$executeRaw`
    WITH due AS (UPDATE webhook_deliveries SET next_attempt_at = now() WHERE status = 'queued')
    UPDATE graphile_worker._private_jobs SET run_at = now() WHERE key LIKE 'webhook %'`;
}
