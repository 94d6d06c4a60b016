import type { ServerResponse } from "node:http";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { eraseRun } from "@/lib/action-runs/erase-run";
import { decideRun, expireRun } from "@/lib/approvals/decide-run";
import { systemContext } from "@/lib/auth/system-context";
import { runWebhookSchema } from "@/lib/contract/webhook";
import { getDb } from "@/lib/db/client";
import { RUN_EVENTS, type RunEvent, type WebhookKind } from "@/lib/domain/webhook-events";
import { forgetEnv } from "@/lib/env";
import { claimOk, endApprovalWindow, endLease, expectOk, makeRun, makeWorkspace, report, type TestWorkspace } from "@/lib/testing/factories";
import { startWebhookReceiver, type WebhookReceiver } from "@/lib/testing/webhook-receiver";
import { tasks } from "@/lib/jobs/tasks";
import { workOffJobs } from "@/lib/testing/work-off-jobs";
import { createWebhook } from "./create-webhook";
import { deleteWebhook } from "./delete-webhook";
import { editWebhook } from "./edit-webhook";
import { listDeliveries } from "./list-deliveries";
import { listWebhooks } from "./list-webhooks";
import { noticeDoubts } from "./notice-doubts";
import { redeliverWebhook } from "./redeliver-webhook";
import { rotateWebhookSecret } from "./rotate-webhook-secret";
import { switchWebhook } from "./switch-webhook";
import { testWebhook } from "./test-webhook";
import { deleteOldDeliveries, queueDueDeliveries } from "./tidy-deliveries";
import { sealWebhookSecret } from "./webhook-secret";

let receiver: WebhookReceiver;
let workspace: TestWorkspace;
beforeAll(async () => {
  process.env.DAAI_WEBHOOK_ALLOWED_RANGES = "127.0.0.1";
  forgetEnv();
  receiver = await startWebhookReceiver();
});
afterAll(() => receiver.close());
beforeEach(async () => {
  workspace = await makeWorkspace();
  // What the test before has left in the queue.
  await sendAll();
  receiver.received.length = 0;
  receiver.behave(204);
});

async function make(eventTypes: readonly RunEvent[] = RUN_EVENTS, kind: WebhookKind = "webhook") {
  const { id, secret } = expectOk(await createWebhook(workspace.ctx, { kind, url: `${receiver.url}/hook`, eventTypes }));
  return { id, secret: secret ?? "" };
}
const deliveries = (endpointId: string) => getDb().webhookDelivery.findMany({ where: { endpointId }, include: { attempts: true }, orderBy: { id: "asc" } });
const one = async (endpointId: string) => getDb().webhookDelivery.findFirstOrThrow({ where: { endpointId }, include: { attempts: { orderBy: { id: "asc" } } } });
const sendAll = () => workOffJobs({ "send-webhooks": tasks["send-webhooks"], "send-failing-webhooks": tasks["send-failing-webhooks"] });
/** The next attempt is due. */
const bringForward = () => getDb().$executeRaw`
  WITH due AS (UPDATE webhook_deliveries SET next_attempt_at = now() WHERE status = 'queued')
  UPDATE graphile_worker._private_jobs SET run_at = now() WHERE key LIKE 'webhook %'`;
const heard = () => [...new Map(receiver.received.map(({ headers, body }) => [headers["webhook-id"], (JSON.parse(body) as { type: string }).type])).values()];

describe("what programs are told", () => {
  test("every event once, signed, in the transaction of the run; nothing of what its policy decides", async () => {
    const { id, secret } = await make();
    const decided = await makeRun(workspace, "always_require_approval");
    expectOk(await decideRun(workspace.ctx, { runId: decided, decision: "approve", comment: "mine" }));
    const token = await claimOk(workspace, decided);
    expectOk(await report(workspace, decided, { claimToken: token, result: { secret: "of the program" } }));
    const expired = await makeRun(workspace, "always_require_approval");
    await endApprovalWindow(expired);
    expectOk(await expireRun(systemContext(workspace.workspaceId), expired));
    const failed = await makeRun(workspace, "always_allow");
    expectOk(await report(workspace, failed, { outcome: "failed", error: "no" }));
    await makeRun(workspace, "always_block");
    const doubtful = await makeRun(workspace, "always_allow");
    await claimOk(workspace, doubtful);
    await noticeDoubts();
    expect((await deliveries(id)).map(({ eventType }) => eventType)).not.toContain("run.in_doubt");
    await endLease(doubtful);
    await noticeDoubts();
    await noticeDoubts();
    await sendAll();
    expect(heard().sort()).toEqual(["run.decided", "run.executed", "run.expired", "run.failed", "run.in_doubt", "run.pending", "run.pending"]);
    for (const { body, headers, path } of receiver.received) {
      expect(path).toBe("/hook");
      const event = runWebhookSchema.parse(new Webhook(secret).verify(body, headers as Record<string, string>));
      expect(event.data.links.run).toBe(`http://localhost:3000/workspaces/${workspace.workspaceId}/runs/${event.data.action_run_id}`);
      expect(Object.keys(event.data)).not.toContain("payload");
      expect(body).not.toMatch(/made|mine|of the program/);
    }
    expect((await deliveries(id)).every(({ status, attemptCount, attempts }) => status === "delivered" && attemptCount === 1 && attempts[0]?.responseStatus === 204)).toBe(true);
    expect(new Set(receiver.received.map(({ headers }) => headers["webhook-id"]))).toEqual(new Set((await deliveries(id)).map((delivery) => delivery.id)));
  });

  test("only what was asked for, only to endpoints that are on, and never across workspaces", async () => {
    const decided = await make(["run.decided"]);
    const off = await make();
    expectOk(await switchWebhook(workspace.ctx, { id: off.id, isEnabled: false }));
    const gone = await make();
    expectOk(await deleteWebhook(workspace.ctx, gone.id));
    const other = await makeWorkspace();
    await makeRun(other, "always_require_approval");
    const runId = await makeRun(workspace, "always_require_approval");
    await sendAll();
    expect(heard()).toEqual([]);
    expectOk(await decideRun(workspace.ctx, { runId, decision: "block", comment: null }));
    await sendAll();
    expect(heard()).toEqual(["run.decided"]);
    expect(await deliveries(decided.id)).toHaveLength(1);
    expect(await deliveries(off.id)).toEqual([]);
    expect(await editWebhook(other.ctx, { id: decided.id, url: receiver.url, eventTypes: ["run.failed"] })).toMatchObject({ code: "not_found" });
    expect(await redeliverWebhook(other.ctx, { id: decided.id, deliveryId: (await one(decided.id)).id })).toMatchObject({ code: "not_found" });
    expect(await listWebhooks(other.ctx, ["webhook"])).toEqual([]);
  });

  test("a claim that is renewed after its lease is the same claim; a new claim is a new doubt", async () => {
    const { id } = await make(["run.in_doubt"]);
    const runId = await makeRun(workspace, "always_allow");
    await claimOk(workspace, runId);
    await endLease(runId);
    await noticeDoubts();
    await getDb().$executeRaw`UPDATE action_runs SET claim_token_hash = NULL, claim_worker = NULL, claimed_at = NULL, claim_expires_at = NULL WHERE id = ${runId}::uuid`;
    await claimOk(workspace, runId);
    await endLease(runId);
    await noticeDoubts();
    expect(await deliveries(id)).toHaveLength(2);
  });
});

describe("a receiver that does not take it", () => {
  test.each([
    ["answers 500", 500, /answered 500/],
    ["answers 429", 429, /answered 429/],
    ["redirects", 302, /redirects are not followed/],
    ["closes the connection", (answer: { destroy(): void }) => answer.destroy(), /socket hang up/],
  ] as const)("%s: it is tried again with the same id until it is taken", async (_name, behaviour, words) => {
    const { id, secret } = await make(["run.pending"]);
    receiver.behave(behaviour);
    await makeRun(workspace, "always_require_approval");
    await sendAll();
    expect(await one(id)).toMatchObject({ status: "queued", attemptCount: 1, lastError: expect.stringMatching(words) });
    expect(await getDb().webhookEndpoint.findUnique({ where: { id } })).toMatchObject({ failingSince: expect.any(Date) });
    receiver.behave((answer) => answer.writeHead(200, { "X-Answered-By": "a test" }).end("x".repeat(3000)));
    await bringForward();
    await sendAll();
    const delivery = await one(id);
    expect(delivery).toMatchObject({ status: "delivered", attemptCount: 2, lastError: null });
    expect(delivery.attempts.map(({ responseStatus, responseBody, error }) => [responseStatus, responseBody, error])).toEqual([
      typeof behaviour === "number" ? [behaviour, "", null] : [null, null, "socket hang up"],
      [200, "x".repeat(1024), null],
    ]);
    // Kept as they were sent, and as they came.
    for (const [index, { rawHeaders }] of receiver.received.entries()) expect((delivery.attempts[index]?.requestHeaders as string[][]).flat()).toEqual(rawHeaders);
    expect(delivery.attempts[1]?.responseHeaders).toContainEqual(["X-Answered-By", "a test"]);
    expect(await getDb().webhookEndpoint.findUnique({ where: { id } })).toMatchObject({ failingSince: null });
    expect(receiver.received.map(({ headers }) => headers["webhook-id"])).toEqual([delivery.id, delivery.id]);
    for (const { body, headers } of receiver.received) new Webhook(secret).verify(body, headers as Record<string, string>);
  });

  test("what it answers about a run that is erased, meanwhile or later, is not kept", async () => {
    const { id } = await make(["run.decided"]);
    const runId = await makeRun(workspace, "always_require_approval");
    expectOk(await decideRun(workspace.ctx, { runId, decision: "block", comment: null }));
    const erase = () => eraseRun(workspace.ctx, { runId, reason: "Asked for.", erasedBy: "ann@example.com" });
    const tell = (answer: ServerResponse) => answer.writeHead(200, { "X-Client": "Marguerite Duras" }).end("Marguerite Duras");
    const forgotten = { status: "delivered", attempts: [{ responseStatus: 200, responseBody: null, responseHeaders: [] }] };
    receiver.behave((answer) => void erase().then(() => tell(answer)));
    await sendAll();
    expect(await one(id)).toMatchObject(forgotten);

    const later = await make(["run.pending"]);
    const laterRun = await makeRun(workspace, "always_require_approval");
    receiver.behave(tell);
    await sendAll();
    expect(await one(later.id)).toMatchObject({ attempts: [{ responseBody: "Marguerite Duras", responseHeaders: expect.arrayContaining([["X-Client", "Marguerite Duras"]]) }] });
    expectOk(await decideRun(workspace.ctx, { runId: laterRun, decision: "block", comment: null }));
    expectOk(await eraseRun(workspace.ctx, { runId: laterRun, reason: "Asked for.", erasedBy: "ann@example.com" }));
    expect(await one(later.id)).toMatchObject(forgotten);
  });

  test("is given up after a day, and disabled after three; a job that was lost is queued again", async () => {
    const { id } = await make(["run.pending"]);
    receiver.behave(500);
    await makeRun(workspace, "always_require_approval");
    for (let attempt = 1; attempt <= 8; attempt++) {
      expect(await one(id)).toMatchObject({ status: "queued", attemptCount: attempt - 1 });
      if (attempt === 3) await getDb().$executeRaw`DELETE FROM graphile_worker._private_jobs WHERE key LIKE 'webhook %'`;
      await bringForward();
      await queueDueDeliveries();
      await sendAll();
    }
    expect(await one(id)).toMatchObject({ status: "dead", attemptCount: 8 });
    await getDb().$executeRaw`UPDATE webhook_endpoints SET failing_since = now() - interval '73 hours' WHERE id = ${id}::uuid`;
    await makeRun(workspace, "always_require_approval");
    await sendAll();
    expect(await getDb().webhookEndpoint.findUnique({ where: { id } })).toMatchObject({ disabledReason: "failing" });
    expect(await getDb().auditEvent.findFirst({ where: { subjectId: id, verb: "webhook.disabled" } })).toMatchObject({ actorType: "system", data: expect.objectContaining({ reason: "failing" }) });
    // What was still queued is given up with it, and can be sent again by hand once it is enabled.
    await bringForward();
    await sendAll();
    const [dead] = await deliveries(id);
    expect(await redeliverWebhook(workspace.ctx, { id, deliveryId: dead?.id ?? "" })).toMatchObject({ code: "not_found" });
    expectOk(await switchWebhook(workspace.ctx, { id, isEnabled: true }));
    receiver.behave(200);
    expectOk(await redeliverWebhook(workspace.ctx, { id, deliveryId: dead?.id ?? "" }));
    await sendAll();
    expect((await deliveries(id)).map(({ status }) => status)).toEqual(["delivered", "dead"]);
  });

  test("that says it is gone is disabled at once", async () => {
    const { id } = await make(["run.pending"]);
    receiver.behave(410);
    await makeRun(workspace, "always_require_approval");
    await sendAll();
    expect(await getDb().webhookEndpoint.findUnique({ where: { id } })).toMatchObject({ disabledReason: "gone" });
    expect(await one(id)).toMatchObject({ status: "dead" });
  });
});

test("a secret is exchanged with both signing for a while; a test is sent once; what was sent is listed", async () => {
  const { id, secret } = await make();
  const { secret: next } = expectOk(await rotateWebhookSecret(workspace.ctx, { id, overlapMinutes: 60 }));
  expectOk(await testWebhook(workspace.ctx, id));
  await sendAll();
  const sent = receiver.received[0];
  expect(String(sent?.headers["webhook-signature"]).split(" ")).toHaveLength(2);
  for (const known of [secret, next]) expect(new Webhook(known).verify(sent?.body ?? "", sent?.headers as Record<string, string>)).toMatchObject({ type: "test" });
  await getDb().$executeRaw`UPDATE webhook_endpoints SET old_secret_ends_at = now() WHERE id = ${id}::uuid`;
  receiver.behave(500);
  expectOk(await testWebhook(workspace.ctx, id));
  await sendAll();
  const second = receiver.received[1];
  expect(() => new Webhook(secret).verify(second?.body ?? "", second?.headers as Record<string, string>)).toThrow();
  const { deliveries: listed } = await listDeliveries(workspace.ctx, { endpointId: id, kind: "webhook", before: null });
  expect(listed.map(({ status, attempts, request }) => ({ status, responseStatus: attempts[0]?.responseStatus, request }))).toEqual([
    { status: "dead", responseStatus: 500, request: second?.body },
    { status: "delivered", responseStatus: 204, request: sent?.body },
  ]);
  const stored = JSON.stringify(await getDb().webhookEndpoint.findUnique({ where: { id } })) + JSON.stringify(await getDb().auditEvent.findMany({ where: { subjectId: id } }));
  expect(stored).not.toContain(secret.slice(6, 20));
});

test("what was sent is listed with its newest attempts, and gone after 30 days", async () => {
  const { id } = await make(["run.pending"]);
  receiver.behave(500);
  await makeRun(workspace, "always_require_approval");
  const { id: deliveryId } = await one(id);
  for (let time = 0; time < 3; time++) {
    for (let attempt = 0; attempt < 8; attempt++) {
      await sendAll();
      await bringForward();
    }
    expectOk(await redeliverWebhook(workspace.ctx, { id, deliveryId }));
  }
  const list = () => listDeliveries(workspace.ctx, { endpointId: id, kind: "webhook", before: null });
  const [listed] = (await list()).deliveries;
  expect(listed).toMatchObject({ status: "queued", attemptCount: 0, hasOlderAttempts: true });
  expect(listed?.attempts).toHaveLength(20);
  expect(listed?.attempts[0]?.requestHeaders).toContainEqual(["webhook-id", deliveryId]);
  const attempts = () => getDb().webhookAttempt.count({ where: { deliveryId } });
  expect(await attempts()).toBe(24);

  receiver.behave(204);
  await sendAll();
  await getDb().$executeRaw`UPDATE webhook_deliveries SET created_at = now() - interval '29 days' WHERE id = ${deliveryId}::uuid`;
  await deleteOldDeliveries();
  expect(await attempts()).toBe(25);
  await getDb().$executeRaw`UPDATE webhook_deliveries SET created_at = now() - interval '31 days' WHERE id = ${deliveryId}::uuid`;
  await deleteOldDeliveries();
  expect(await attempts()).toBe(0);
  expect((await list()).deliveries).toEqual([]);
});

test("private addresses and plain http are refused when it is made, unless the operator allows them", async () => {
  const made = (url: string) => createWebhook(workspace.ctx, { kind: "webhook", url, eventTypes: ["run.pending"] });
  for (const url of ["https://10.0.0.1/", "https://0xa.1/", "https://[::ffff:169.254.169.254]/"]) expect(await made(url)).toMatchObject({ code: "validation_failed" });
  // A name is looked up when it is connected to.
  const { id } = expectOk(await made("https://localhost:1/"));
  expectOk(await testWebhook(workspace.ctx, id));
  await sendAll();
  expect(await one(id)).toMatchObject({ status: "dead", attempts: [{ responseStatus: null, error: expect.stringMatching(/./) }] });
});

test("people's channels: Slack gets blocks with the agent's words as plain text, a notification webhook one sentence", async () => {
  const { id: slackId } = expectOk(await createWebhook(workspace.ctx, { kind: "slack", url: "https://hooks.slack.com/services/T0/B0/abcdefgh1234", eventTypes: ["run.pending"] }));
  expect(await listWebhooks(workspace.ctx, ["slack"])).toMatchObject([{ url: "https://hooks.slack.com/…1234" }]);
  await getDb().webhookEndpoint.update({ where: { id: slackId }, data: { sealedUrl: sealWebhookSecret(`${receiver.url}/slack`) } });
  const { secret } = await make(["run.pending"], "notification");
  const runId = await makeRun(workspace, "always_require_approval", { sentence: "write {made}" });
  await sendAll();
  const [slack, notification] = ["/slack", "/hook"].map((path) => receiver.received.find((one) => one.path === path));
  expect(JSON.parse(slack?.body ?? "")).toMatchObject({ text: expect.stringMatching(/^Waits for approval: action_\d+$/), blocks: expect.any(Array) });
  expect(slack?.body).toMatch(/The agent wants to write \d+/);
  expect(slack?.headers["webhook-signature"]).toBeUndefined();
  expect(new Webhook(secret).verify(notification?.body ?? "", notification?.headers as Record<string, string>)).toEqual({
    text: expect.stringMatching(/^Waits for approval: action_\d+$/),
    url: `http://localhost:3000/workspaces/${workspace.workspaceId}/runs/${runId}`,
  });
});
