import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { getDb } from "@/lib/db/client";
import { expectOk, makeRun } from "@/lib/testing/factories";
import { firstDeliveryOf, sendAll, webhookWorld } from "@/lib/testing/webhook-world";
import { createWebhook } from "./create-webhook";
import { listDeliveries } from "./list-deliveries";
import { getWebhook, listWebhooks } from "./list-webhooks";
import { rotateWebhookSecret } from "./rotate-webhook-secret";
import { testWebhook } from "./test-webhook";
import { sealWebhookSecret } from "./webhook-secret";

const world = webhookWorld();
test("a secret is exchanged with both signing for a while; a test is sent once; what was sent is listed", async () => {
  const { id, secret } = await world.make();
  const { secret: next } = expectOk(await rotateWebhookSecret(world.workspace.ctx, { id, overlapMinutes: 60 }));
  expect(await getWebhook(world.workspace.ctx, id)).toMatchObject({ oldSecretEndsAt: expect.any(Date) });
  expectOk(await testWebhook(world.workspace.ctx, id));
  await sendAll();
  const sent = world.receiver.received[0];
  expect(String(sent?.headers["webhook-signature"]).split(" ")).toHaveLength(2);
  for (const known of [secret, next])
    expect(new Webhook(known).verify(sent?.body ?? "", sent?.headers as Record<string, string>)).toMatchObject({ type: "test" });
  await getDb().$executeRaw`UPDATE webhook_endpoints SET old_secret_ends_at = now() - interval '1 second' WHERE id = ${id}::uuid`;
  expect(await getWebhook(world.workspace.ctx, id)).toMatchObject({ oldSecretEndsAt: null });
  world.receiver.behave(500);
  expectOk(await testWebhook(world.workspace.ctx, id));
  await sendAll();
  const second = world.receiver.received[1];
  expect(() => new Webhook(secret).verify(second?.body ?? "", second?.headers as Record<string, string>)).toThrow();
  const { deliveries: listed } = await listDeliveries(world.workspace.ctx, { endpointId: id, kind: "webhook", before: null });
  expect(listed.map(({ status, attempts, request }) => ({ status, responseStatus: attempts[0]?.responseStatus, request }))).toEqual([
    { status: "dead", responseStatus: 500, request: second?.body },
    { status: "delivered", responseStatus: 204, request: sent?.body },
  ]);
  const stored =
    JSON.stringify(await getDb().webhookEndpoint.findUnique({ where: { id } })) +
    JSON.stringify(await getDb().auditEvent.findMany({ where: { subjectId: id } }));
  expect(stored).not.toContain(secret.slice(6, 20));
});

test("private addresses and plain http are refused when it is made, unless the operator allows them", async () => {
  const made = (url: string) => createWebhook(world.workspace.ctx, { kind: "webhook", url, eventTypes: ["run.pending"] });
  for (const url of ["https://10.0.0.1/", "https://0xa.1/", "https://[::ffff:169.254.169.254]/"])
    expect(await made(url)).toMatchObject({ code: "validation_failed" });
  // A name is looked up when it is connected to.
  const { id } = expectOk(await made("https://localhost:1/"));
  expectOk(await testWebhook(world.workspace.ctx, id));
  await sendAll();
  expect(await firstDeliveryOf(id)).toMatchObject({
    status: "dead",
    attempts: [{ responseStatus: null, error: expect.stringMatching(/./) }],
  });
});

test("people's channels: Slack gets blocks with the agent's words as plain text, a notification webhook one sentence", async () => {
  const { id: slackId } = expectOk(
    await createWebhook(world.workspace.ctx, {
      kind: "slack",
      url: "https://hooks.slack.com/services/T0/B0/abcdefgh1234",
      eventTypes: ["run.pending"],
    }),
  );
  expect(await listWebhooks(world.workspace.ctx, ["slack"])).toMatchObject([{ url: "https://hooks.slack.com/…1234" }]);
  await getDb().webhookEndpoint.update({ where: { id: slackId }, data: { sealedUrl: sealWebhookSecret(`${world.receiver.url}/slack`) } });
  const { secret } = await world.make(["run.pending"], "notification");
  const runId = await makeRun(world.workspace, "always_require_approval", { sentence: "write {made}" });
  await sendAll();
  const [slack, notification] = ["/slack", "/hook"].map((path) => world.receiver.received.find((one) => one.path === path));
  expect(JSON.parse(slack?.body ?? "")).toMatchObject({
    text: expect.stringMatching(/^Approval needed: action_\d+$/),
    blocks: expect.any(Array),
  });
  expect(slack?.body).toMatch(/The agent wants to write \d+/);
  expect(slack?.headers["webhook-signature"]).toBeUndefined();
  expect(new Webhook(secret).verify(notification?.body ?? "", notification?.headers as Record<string, string>)).toEqual({
    text: expect.stringMatching(/^Approval needed: action_\d+$/),
    url: `http://localhost:3000/workspaces/${world.workspace.workspaceId}/runs/${runId}`,
  });
});
