import type { ServerResponse } from "node:http";
import { Webhook } from "standardwebhooks";
import { describe, expect, test, vi } from "vitest";
import { eraseRun } from "@/lib/action-runs/erase-run";
import { decideRun } from "@/lib/approvals/decide-run";
import { systemContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { expectOk, makeRun } from "@/lib/testing/factories";
import { deliveriesOf, firstDeliveryOf, makeDue, sendAll, webhookWorld } from "@/lib/testing/webhook-world";
import { listDeliveries } from "./list-deliveries";
import { redeliverWebhook } from "./redeliver-webhook";
import { switchWebhook } from "./switch-webhook";
import { deleteOldDeliveries, queueDueDeliveries } from "./tidy-deliveries";

const world = webhookWorld();

test("an attempt is dated by the database, whatever the clock of the process", async () => {
  const { id } = await world.make(["run.pending"]);
  await makeRun(world.workspace, "always_require_approval");
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2001-01-01") });
  try {
    await sendAll();
  } finally {
    vi.useRealTimers();
  }
  const { createdAt, deliveredAt, attempts } = await firstDeliveryOf(id);
  for (const at of [deliveredAt, attempts[0]?.attemptedAt]) expect(at?.getTime()).toBeGreaterThanOrEqual(createdAt.getTime());
});

describe("a receiver that does not take it", () => {
  test.each([
    ["answers 500", 500, /responded with 500/],
    ["answers 429", 429, /responded with 429/],
    ["redirects", 302, /Redirects aren't followed/],
    ["closes the connection", (answer: { destroy(): void }) => answer.destroy(), /socket hang up/],
  ] as const)("%s: it is tried again with the same id until it is taken", async (_name, behavior, words) => {
    const { id, secret } = await world.make(["run.pending"]);
    world.receiver.behave(behavior);
    await makeRun(world.workspace, "always_require_approval");
    await sendAll();
    expect(await firstDeliveryOf(id)).toMatchObject({ status: "queued", attemptCount: 1, lastError: expect.stringMatching(words) });
    expect(await getDb().webhookEndpoint.findUnique({ where: { id } })).toMatchObject({ failingSince: expect.any(Date) });
    world.receiver.behave((answer) => answer.writeHead(200, { "X-Answered-By": "a test" }).end("x".repeat(3000)));
    await makeDue();
    await sendAll();
    const delivery = await firstDeliveryOf(id);
    expect(delivery).toMatchObject({ status: "delivered", attemptCount: 2, lastError: null });
    expect(delivery.attempts.map(({ responseStatus, responseBody, error }) => [responseStatus, responseBody, error])).toEqual([
      typeof behavior === "number" ? [behavior, "", null] : [null, null, "socket hang up"],
      [200, "x".repeat(1024), null],
    ]);
    // Kept as they were sent, and as they came.
    for (const [index, { rawHeaders }] of world.receiver.received.entries())
      expect((delivery.attempts[index]?.requestHeaders as string[][]).flat()).toEqual(rawHeaders);
    expect(delivery.attempts[1]?.responseHeaders).toContainEqual(["X-Answered-By", "a test"]);
    expect(await getDb().webhookEndpoint.findUnique({ where: { id } })).toMatchObject({ failingSince: null });
    expect(world.receiver.received.map(({ headers }) => headers["webhook-id"])).toEqual([delivery.id, delivery.id]);
    for (const { body, headers } of world.receiver.received) new Webhook(secret).verify(body, headers as Record<string, string>);
  });

  test("what it answers about a run that is erased, meanwhile or later, is not kept", async () => {
    const { id } = await world.make(["run.decided"]);
    const runId = await makeRun(world.workspace, "always_require_approval");
    expectOk(await decideRun(world.workspace.ctx, { runId, decision: "block", comment: null }));
    const erase = () => eraseRun(world.workspace.ctx, { runId, reason: "Asked for.", erasedBy: "ann@example.com" });
    const tell = (answer: ServerResponse) => answer.writeHead(200, { "X-Client": "Marguerite Duras" }).end("Marguerite Duras");
    const forgotten = { status: "delivered", attempts: [{ responseStatus: 200, responseBody: null, responseHeaders: [] }] };
    world.receiver.behave((answer) => void erase().then(() => tell(answer)));
    await sendAll();
    expect(await firstDeliveryOf(id)).toMatchObject(forgotten);

    const later = await world.make(["run.pending"]);
    const laterRun = await makeRun(world.workspace, "always_require_approval");
    world.receiver.behave(tell);
    await sendAll();
    expect(await firstDeliveryOf(later.id)).toMatchObject({
      attempts: [{ responseBody: "Marguerite Duras", responseHeaders: expect.arrayContaining([["X-Client", "Marguerite Duras"]]) }],
    });
    expectOk(await decideRun(world.workspace.ctx, { runId: laterRun, decision: "block", comment: null }));
    expectOk(await eraseRun(world.workspace.ctx, { runId: laterRun, reason: "Asked for.", erasedBy: "ann@example.com" }));
    expect(await firstDeliveryOf(later.id)).toMatchObject(forgotten);
  });

  test("is given up after a day, and disabled after three; a job that was lost is queued again", async () => {
    const { id } = await world.make(["run.pending"]);
    world.receiver.behave(500);
    await makeRun(world.workspace, "always_require_approval");
    for (let attempt = 1; attempt <= 8; attempt++) {
      expect(await firstDeliveryOf(id)).toMatchObject({ status: "queued", attemptCount: attempt - 1 });
      if (attempt === 3) await getDb().$executeRaw`DELETE FROM graphile_worker._private_jobs WHERE key LIKE 'webhook %'`;
      await makeDue();
      await queueDueDeliveries(systemContext(null));
      await sendAll();
    }
    expect(await firstDeliveryOf(id)).toMatchObject({ status: "dead", attemptCount: 8 });
    await getDb().$executeRaw`UPDATE webhook_endpoints SET failing_since = now() - interval '73 hours' WHERE id = ${id}::uuid`;
    await makeRun(world.workspace, "always_require_approval");
    await sendAll();
    expect(await getDb().webhookEndpoint.findUnique({ where: { id } })).toMatchObject({ disabledReason: "failing" });
    expect(await getDb().auditEvent.findFirst({ where: { subjectId: id, verb: "webhook.disabled" } })).toMatchObject({
      actorType: "system",
      data: expect.objectContaining({ reason: "failing" }),
    });
    // What was still queued is given up with it, and can be sent again by hand once it is enabled.
    await makeDue();
    await sendAll();
    const [dead] = await deliveriesOf(id);
    expect(await redeliverWebhook(world.workspace.ctx, { id, deliveryId: dead?.id ?? "" })).toMatchObject({ code: "not_found" });
    expectOk(await switchWebhook(world.workspace.ctx, { id, isEnabled: true }));
    world.receiver.behave(200);
    expectOk(await redeliverWebhook(world.workspace.ctx, { id, deliveryId: dead?.id ?? "" }));
    await sendAll();
    expect((await deliveriesOf(id)).map(({ status }) => status)).toEqual(["delivered", "dead"]);
  });

  test("that says it is gone is disabled at once", async () => {
    const { id } = await world.make(["run.pending"]);
    world.receiver.behave(410);
    await makeRun(world.workspace, "always_require_approval");
    await sendAll();
    expect(await getDb().webhookEndpoint.findUnique({ where: { id } })).toMatchObject({ disabledReason: "gone" });
    expect(await firstDeliveryOf(id)).toMatchObject({ status: "dead" });
  });
});

test("what was sent is listed with its newest attempts, and gone after 30 days", async () => {
  const { id } = await world.make(["run.pending"]);
  world.receiver.behave(500);
  await makeRun(world.workspace, "always_require_approval");
  const { id: deliveryId } = await firstDeliveryOf(id);
  for (let time = 0; time < 3; time++) {
    for (let attempt = 0; attempt < 8; attempt++) {
      await sendAll();
      await makeDue();
    }
    expectOk(await redeliverWebhook(world.workspace.ctx, { id, deliveryId }));
  }
  const list = () => listDeliveries(world.workspace.ctx, { endpointId: id, kind: "webhook", before: null });
  const [listed] = (await list()).deliveries;
  expect(listed).toMatchObject({ status: "queued", attemptCount: 0, hasOlderAttempts: true });
  expect(listed?.attempts).toHaveLength(20);
  expect(listed?.attempts[0]?.requestHeaders).toContainEqual(["webhook-id", deliveryId]);
  const attempts = () => getDb().webhookAttempt.count({ where: { deliveryId } });
  expect(await attempts()).toBe(24);

  world.receiver.behave(204);
  await sendAll();
  await getDb().$executeRaw`UPDATE webhook_deliveries SET created_at = now() - interval '29 days' WHERE id = ${deliveryId}::uuid`;
  await deleteOldDeliveries(systemContext(null));
  expect(await attempts()).toBe(25);
  await getDb().$executeRaw`UPDATE webhook_deliveries SET created_at = now() - interval '31 days' WHERE id = ${deliveryId}::uuid`;
  await deleteOldDeliveries(systemContext(null));
  expect(await attempts()).toBe(0);
  expect((await list()).deliveries).toEqual([]);
});
