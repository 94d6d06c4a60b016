import { v7 as uuidv7 } from "uuid";
import { systemContext } from "@/lib/auth/contexts";
import type { Prisma } from "@/lib/db/generated/client";
import { type Db, databaseNow, inTransaction } from "@/lib/db/transaction";
import { TEST_EVENT } from "@/lib/domain/runs/webhook-events";
import { publishChange } from "@/lib/live/publish-change";
import type { SystemContext } from "@/lib/security/context";
import { disableFailingEndpoint } from "./disable-failing-endpoint";
import type { PostOutcome } from "./post-guarded";
import { queueDelivery } from "./queue-delivery";
import { nextAttempt } from "./retry-schedule";

type DeliveryWithEndpoint = Prisma.WebhookDeliveryGetPayload<{ include: { endpoint: true } }>;

/** The receiver permanently refuses deliveries (RFC 9110 section 15.5.11). */
const GONE = 410;

/** Records an attempt's result and schedules the next one, in one transaction, so that none is lost or repeated. */
export async function recordAttempt(
  { db }: SystemContext,
  delivery: DeliveryWithEndpoint,
  outcome: PostOutcome,
  at: Date,
): Promise<boolean> {
  const isTaken = outcome.status !== null && outcome.status >= 200 && outcome.status < 300;
  await inTransaction(db, async (tx) => {
    await keepAttempt(tx, delivery, outcome, at);
    await (isTaken ? recordSuccess(tx, delivery) : recordFailure(tx, delivery, outcome, at));
    await publishChange(tx, delivery.workspaceId, "webhooks");
  });
  return isTaken;
}

/**
 * A response may quote a run that has been erased meanwhile. The lock waits for an erasure in progress, and makes a later one wait until
 * the response is stored and can be erased.
 */
async function isErased(tx: Db, { workspaceId, runId }: DeliveryWithEndpoint): Promise<boolean> {
  if (runId === null) return false;
  const [run] = await tx.$queryRaw<{ is_erased: boolean }[]>`
    SELECT payload_text IS NULL AS is_erased FROM action_runs
    WHERE workspace_id = ${workspaceId}::uuid AND id = ${runId}::uuid FOR SHARE`;
  return run?.is_erased ?? false;
}

/** Without an attempt. */
export async function abandonDelivery({ db }: SystemContext, { id, workspaceId }: DeliveryWithEndpoint, lastError: string): Promise<void> {
  await db.webhookDelivery.updateMany({ where: { id, status: "queued" }, data: { status: "dead", nextAttemptAt: null, lastError } });
  await publishChange(db, workspaceId, "webhooks");
}

/** Also when another process has recorded an end of it meanwhile: it was sent. */
async function keepAttempt(db: Db, delivery: DeliveryWithEndpoint, outcome: PostOutcome, at: Date): Promise<void> {
  const { id: deliveryId, workspaceId } = delivery;
  const { status, error, durationMs, requestHeaders } = outcome;
  const { body, responseHeaders } = (await isErased(db, delivery)) ? { body: null, responseHeaders: [] } : outcome;
  await db.webhookAttempt.create({
    data: {
      ...{ id: uuidv7(), workspaceId, deliveryId, attemptedAt: at, durationMs, responseStatus: status, responseBody: body, error },
      requestHeaders: requestHeaders.map((header) => [...header]),
      responseHeaders: responseHeaders.map((header) => [...header]),
    },
  });
}

async function recordSuccess(db: Db, delivery: DeliveryWithEndpoint): Promise<void> {
  await db.webhookDelivery.updateMany({
    where: { id: delivery.id, status: "queued" },
    data: { attemptCount: { increment: 1 }, lastError: null, status: "delivered", nextAttemptAt: null, deliveredAt: await databaseNow(db) },
  });
  await db.webhookEndpoint.updateMany({ where: { id: delivery.endpointId, failingSince: { not: null } }, data: { failingSince: null } });
}

async function recordFailure(db: Db, delivery: DeliveryWithEndpoint, outcome: PostOutcome, at: Date): Promise<void> {
  const isTest = delivery.eventType === TEST_EVENT;
  // A test delivery is watched live, so it isn't retried.
  const next =
    isTest || outcome.status === GONE ? null : nextAttempt(delivery.attemptCount + 1, { at, retryAfterSeconds: outcome.retryAfterSeconds });
  const { count } = await db.webhookDelivery.updateMany({
    where: { id: delivery.id, status: "queued" },
    data: {
      attemptCount: { increment: 1 },
      lastError: outcome.error ?? statusWords(outcome.status ?? 0),
      status: next ? "queued" : "dead",
      nextAttemptAt: next,
    },
  });
  if (count === 0) return;
  if (next) await queueDelivery(db, delivery, next);
  if (isTest) return;
  await db.webhookEndpoint.updateMany({ where: { id: delivery.endpointId, failingSince: null }, data: { failingSince: at } });
  await disableFailingEndpoint(systemContext(delivery.workspaceId, db), delivery.endpointId, {
    isGone: outcome.status === GONE,
    at,
  });
}

function statusWords(status: number): string {
  if (status >= 300 && status < 400) return `It responded with ${status}. Redirects aren't followed.`;
  return `It responded with ${status}.`;
}
