import { beforeEach, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { drainJobs, newestMail } from "@/lib/testing/drain-jobs";
import { atOnce, expectOk, makePerson, makeRun } from "@/lib/testing/factories";
import { webhookWorld } from "@/lib/testing/webhook-world";
import { deleteWebhook } from "./delete-webhook";
import { deliverWebhook } from "./deliver-webhook";
import { listStoppedWebhooks } from "./list-stopped-webhooks";
import { switchWebhook } from "./switch-webhook";

const world = webhookWorld();
let owners: string[];
beforeEach(async () => {
  await makePerson(world.workspace, "admin");
  owners = [world.workspace.ownerEmail, (await makePerson(world.workspace, "owner")).email].sort();
});

const make = async () => (await world.make(["run.pending"])).id;
const failForDays = (id: string) =>
  getDb().$executeRaw`UPDATE webhook_endpoints SET failing_since = now() - interval '73 hours' WHERE id = ${id}::uuid`;
const noticesOf = (aboutWebhookId: string) => getDb().emailDelivery.findMany({ where: { aboutWebhookId }, orderBy: { toEmail: "asc" } });
/** Several attempts fail at the same moment, so that all of them see that it is enough. */
async function fail(id: string, status: number): Promise<void> {
  world.receiver.behave(status);
  for (let n = 0; n < 3; n++) await makeRun(world.workspace, "always_require_approval");
  const queued = await getDb().webhookDelivery.findMany({ where: { endpointId: id, status: "queued" } });
  await atOnce(queued.length, (index) => deliverWebhook(systemContext(null), queued[index]?.id ?? ""));
}

test("every owner is mailed once each time that it is disabled, and the console says so until somebody enables it", async () => {
  const id = await make();
  await failForDays(id);
  await fail(id, 500);
  expect((await noticesOf(id)).map(({ toEmail }) => toEmail)).toEqual(owners);
  expect(await listStoppedWebhooks(world.workspace.ctx)).toEqual([
    { id, kind: "webhook", url: `${world.receiver.url}/hook`, disabledReason: "failing" },
  ]);

  const { subject, text, links } = await newestMail(world.workspace.ownerEmail);
  expect(subject).toMatch(/^A webhook in .+ was disabled$/);
  expect(text).toContain("Every delivery failed for three days, so the console disabled it.");
  expect(text).toContain("Result of the last attempt: It responded with 500.");
  expect(links).toEqual([`http://localhost:3000/workspaces/${world.workspace.workspaceId}/settings/webhooks/${id}`]);
  await drainJobs();
  expect((await noticesOf(id)).map(({ status, attempts }) => [status, attempts])).toEqual([
    ["sent", 1],
    ["sent", 1],
  ]);

  expectOk(await switchWebhook(world.workspace.ctx, { id, isEnabled: true }));
  expect(await listStoppedWebhooks(world.workspace.ctx)).toEqual([]);
  await fail(id, 410);
  expect(await noticesOf(id)).toHaveLength(4);
  expect((await newestMail(world.workspace.ownerEmail)).text).toContain("It responded with 410 Gone, so the console disabled it.");
});

test("nobody is mailed of what somebody has seen to already, or has disabled themselves", async () => {
  const [enabled, deleted, byHand] = [await make(), await make(), await make()];
  for (const id of [enabled, deleted]) await fail(id, 410);
  expectOk(await switchWebhook(world.workspace.ctx, { id: enabled, isEnabled: true }));
  expectOk(await deleteWebhook(world.workspace.ctx, deleted));
  expectOk(await switchWebhook(world.workspace.ctx, { id: byHand, isEnabled: false }));
  await drainJobs();
  for (const id of [enabled, deleted]) expect((await noticesOf(id)).map(({ status }) => status)).toEqual(["not_sent", "not_sent"]);
  expect(await noticesOf(byHand)).toEqual([]);
  expect(await listStoppedWebhooks(world.workspace.ctx)).toEqual([]);
});
