import { beforeEach, expect, test } from "vitest";
import { operatorContext, systemContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { openCheckpoint } from "@/lib/domain/log/checkpoint";
import { tasks } from "@/lib/jobs/tasks";
import { openMailBody } from "@/lib/notifications/mailbox-body";
import { queueCheckpointMails } from "@/lib/notifications/queue-checkpoint-mails";
import { getLogKeys } from "@/lib/receipts/log/log-keys";
import { nodeCheck } from "@/lib/receipts/log/node-check";
import { restartLog } from "@/lib/receipts/log/restart-log";
import { NotPermitted } from "@/lib/security/not-permitted";
import { drainJobs } from "@/lib/testing/drain-jobs";
import { expectOk, makeAction, makePerson, makeWorkspace, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { sequenceReceipts } from "@/lib/testing/sequence-receipts";
import { setCheckpointEmails } from "@/lib/workspaces/set-checkpoint-emails";

const ANN = "ann@outside.example";
const JO = "jo@outside.example";

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "go", policy: { type: "always_allow" } });
});

async function add(): Promise<void> {
  await proposeOk(workspace, { action: "go", payload: {} });
  while ((await sequenceReceipts(systemContext(workspace.workspaceId))) !== 0);
}
const choose = (...emails: string[]) => setCheckpointEmails(workspace.ctx, emails);
const send = () => drainJobs({ "send-email": tasks["send-email"] });
const deliveries = () =>
  getDb().emailDelivery.findMany({ where: { workspaceId: workspace.workspaceId, kind: "log_checkpoint" }, orderBy: { id: "asc" } });
/** What was done today was done yesterday. */
const nextDay = () =>
  getDb().$executeRaw`UPDATE email_deliveries SET checkpoint_day = checkpoint_day - 1 WHERE workspace_id = ${workspace.workspaceId}::uuid`;

async function day(): Promise<number> {
  const before = (await deliveries()).length;
  await Promise.all([
    queueCheckpointMails(systemContext(null)),
    queueCheckpointMails(systemContext(null)),
    queueCheckpointMails(systemContext(null)),
  ]);
  await send();
  await queueCheckpointMails(systemContext(null));
  await nextDay();
  return (await deliveries()).length - before;
}

async function newestMail() {
  const delivery = (await deliveries()).at(-1);
  const message = await getDb().mailboxMessage.findUniqueOrThrow({ where: { idempotencyKey: delivery?.id ?? "" } });
  return { ...message, ...openMailBody(message) };
}

test("every address gets one mail a day, when there is something new, and nobody does before there is a receipt", async () => {
  expectOk(await choose(ANN, JO, ANN));
  expect(await day()).toBe(0);
  await add();
  expect(await day()).toBe(2);
  expect((await deliveries()).map(({ toEmail, status }) => [toEmail, status]).sort()).toEqual([
    [ANN, "sent"],
    [JO, "sent"],
  ]);
  expect(await day()).toBe(0);
  await add();
  await add();
  expect(await day()).toBe(2);
});

test("a receipt that comes during the day makes no second mail of it", async () => {
  expectOk(await choose(ANN));
  await add();
  await queueCheckpointMails(systemContext(null));
  await add();
  await queueCheckpointMails(systemContext(null));
  expect((await deliveries()).map(({ checkpointSize }) => checkpointSize)).toEqual([1n]);
  await nextDay();
  await queueCheckpointMails(systemContext(null));
  expect((await deliveries()).map(({ checkpointSize }) => checkpointSize)).toEqual([1n, 2n]);
});

test("the mail holds the checkpoint as it was signed, and says when the log goes on under another name", async () => {
  expectOk(await choose(ANN));
  await add();
  await day();
  const { text, toEmail } = await newestMail();
  const { note, origin } = await getDb().receiptCheckpoint.findFirstOrThrow({ where: { workspaceId: workspace.workspaceId } });
  expect([toEmail, text]).toEqual([ANN, expect.stringContaining(`\n\n${note}\n`)]);
  const kept = text.slice(text.indexOf(origin), text.indexOf("\n", text.indexOf("— ")) + 1);
  expect(await openCheckpoint(nodeCheck, kept, (await getLogKeys()).keys)).toMatchObject({ ok: true, checkpoint: { size: 1 } });
  expect(text).not.toContain("another name");
  await restartLog(operatorContext(workspace.workspaceId), new Date("2026-11-25T03:00:00Z"));
  expect(await day()).toBe(1);
  expect((await newestMail()).text).toMatch(new RegExp(`different name than in the previous email.*${origin}`, "s"));
});

test("what could not be delivered is mailed the next day; what is not wanted any more is not sent", async () => {
  expectOk(await choose(ANN));
  await add();
  await queueCheckpointMails(systemContext(null));
  await getDb().emailDelivery.updateMany({ where: { workspaceId: workspace.workspaceId }, data: { status: "dead" } });
  await nextDay();
  await queueCheckpointMails(systemContext(null));
  expectOk(await choose());
  await send();
  expect((await deliveries()).map(({ status, notSentReason }) => [status, notSentReason])).toEqual([
    ["dead", null],
    ["not_sent", "not_wanted"],
  ]);
  await add();
  await nextDay();
  expect(await day()).toBe(0);
});

test("is for owners to choose", async () => {
  for (const role of ["admin", "developer", "approver", "viewer", null] as const) {
    await expect(setCheckpointEmails((await makePerson(workspace, role)).ctx, [ANN])).rejects.toThrow(NotPermitted);
  }
  expectOk(await setCheckpointEmails((await makePerson(workspace, "owner")).ctx, [ANN]));
});
