import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { getDb } from "@/lib/db/client";
import { forgetEnv } from "@/lib/env";
import { atOnce, expectOk, makePerson, makeRun, makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";
import { startWebhookReceiver, type WebhookReceiver } from "@/lib/testing/webhook-receiver";
import { newestMail, workOffJobs } from "@/lib/testing/work-off-jobs";
import { createWebhook } from "./create-webhook";
import { deleteWebhook } from "./delete-webhook";
import { deliverWebhook } from "./deliver-webhook";
import { listStoppedWebhooks } from "./list-stopped-webhooks";
import { switchWebhook } from "./switch-webhook";

let receiver: WebhookReceiver;
let workspace: TestWorkspace;
let owners: string[];
beforeAll(async () => {
  process.env.DAAI_WEBHOOK_ALLOWED_RANGES = "127.0.0.1";
  forgetEnv();
  receiver = await startWebhookReceiver();
});
afterAll(() => receiver.close());
beforeEach(async () => {
  workspace = await makeWorkspace();
  await makePerson(workspace, "admin");
  owners = [workspace.ownerEmail, (await makePerson(workspace, "owner")).email].sort();
});

const make = async () => expectOk(await createWebhook(workspace.ctx, { kind: "webhook", url: `${receiver.url}/hook`, eventTypes: ["run.pending"] })).id;
const failForDays = (id: string) => getDb().$executeRaw`UPDATE webhook_endpoints SET failing_since = now() - interval '73 hours' WHERE id = ${id}::uuid`;
const noticesOf = (aboutWebhookId: string) => getDb().emailDelivery.findMany({ where: { aboutWebhookId }, orderBy: { toEmail: "asc" } });
/** Several attempts fail at the same moment, so that all of them see that it is enough. */
async function fail(id: string, status: number): Promise<void> {
  receiver.behave(status);
  for (let n = 0; n < 3; n++) await makeRun(workspace, "always_require_approval");
  const queued = await getDb().webhookDelivery.findMany({ where: { endpointId: id, status: "queued" } });
  await atOnce(queued.length, (index) => deliverWebhook(queued[index]?.id ?? ""));
}

test("every owner is mailed once each time that it is disabled, and the console says so until somebody enables it", async () => {
  const id = await make();
  await failForDays(id);
  await fail(id, 500);
  expect((await noticesOf(id)).map(({ toEmail }) => toEmail)).toEqual(owners);
  expect(await listStoppedWebhooks(workspace.ctx)).toEqual([{ id, kind: "webhook", url: `${receiver.url}/hook`, disabledReason: "failing" }]);

  const { subject, text, links } = await newestMail(workspace.ownerEmail);
  expect(subject).toMatch(/^A webhook of .+ was disabled$/);
  expect(text).toContain("It took nothing for three days, so the console stopped sending.");
  expect(text).toContain("What came of the last attempt: It answered 500.");
  expect(links).toEqual([`http://localhost:3000/workspaces/${workspace.workspaceId}/settings/webhooks/${id}`]);
  await workOffJobs();
  expect((await noticesOf(id)).map(({ status, attempts }) => [status, attempts])).toEqual([["sent", 1], ["sent", 1]]);

  expectOk(await switchWebhook(workspace.ctx, { id, isEnabled: true }));
  expect(await listStoppedWebhooks(workspace.ctx)).toEqual([]);
  await fail(id, 410);
  expect(await noticesOf(id)).toHaveLength(4);
  expect((await newestMail(workspace.ownerEmail)).text).toContain("It answered 410 Gone, so the console stopped sending.");
});

test("nobody is mailed of what somebody has seen to already, or has disabled themselves", async () => {
  const [enabled, deleted, byHand] = [await make(), await make(), await make()];
  for (const id of [enabled, deleted]) await fail(id, 410);
  expectOk(await switchWebhook(workspace.ctx, { id: enabled, isEnabled: true }));
  expectOk(await deleteWebhook(workspace.ctx, deleted));
  expectOk(await switchWebhook(workspace.ctx, { id: byHand, isEnabled: false }));
  await workOffJobs();
  for (const id of [enabled, deleted]) expect((await noticesOf(id)).map(({ status }) => status)).toEqual(["not_sent", "not_sent"]);
  expect(await noticesOf(byHand)).toEqual([]);
  expect(await listStoppedWebhooks(workspace.ctx)).toEqual([]);
});
