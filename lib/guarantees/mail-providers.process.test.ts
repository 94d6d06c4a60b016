import { afterEach, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { SLOW_QUEUES } from "@/lib/jobs/tasks";
import { INTERCEPT } from "@/lib/testing/api-suite/api-client";
import { endApprovalWindow, makeAction, makeWorkspace, proposeOk, type TestWorkspace, tally } from "@/lib/testing/factories";
import { printFigures } from "@/lib/testing/guarantees/print-figures";
import { proofSize } from "@/lib/testing/guarantees/proof-size";
import { type ConsoleProcess, startConsole } from "@/lib/testing/guarantees/start-consoles";
import { mixedBehaviors } from "@/lib/testing/mail/mail-behavior";
import { type ResendStandIn, startResendStandIn } from "@/lib/testing/mail/resend-stand-in";
import { startSmtpStandIn } from "@/lib/testing/mail/smtp-stand-in";

const APPROVERS = ["ada@example.com", "grace@example.com"];
const KILLS = proofSize(3, 20);
/** SMTP has nothing that the worker could get wrong beyond what it gets right with Resend. */
const SMTP_KILLS = proofSize(2, 20);
const RUNS = proofSize(20, 200);
const MEASURED = proofSize(40, 300);
/** What a killed worker held is given back within a minute, and may then meet a provider that hangs. */
const PATIENCE = { interval: 50, timeout: 300_000 };

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function startWorker(env: Record<string, string>): Promise<ConsoleProcess> {
  const worker = await startConsole({
    env: { DAAI_WORKER: "only", DAAI_MAIL_FROM: "Console <console@console.example>", DAAI_STRANGER_MAILS_PER_HOUR: "100000", ...env },
  });
  stops.push(() => worker.server.kill("SIGKILL"));
  return worker;
}

async function makeAsking(): Promise<TestWorkspace> {
  const workspace = await makeWorkspace();
  await makeAction(workspace, { name: "refund", approverEmails: APPROVERS });
  return workspace;
}

const ask = (workspace: TestWorkspace, n: number) => proposeOk(workspace, { action: "refund", payload: { n } });
const mailsOf = ({ workspaceId }: TestWorkspace) => getDb().emailDelivery.findMany({ where: { workspaceId } });
const sentCount = ({ workspaceId }: TestWorkspace) => getDb().emailDelivery.count({ where: { workspaceId, status: "sent" } });

/** A failed mail's next try comes at once: the backoff has its own tests. */
const makeDue = () => getDb().$executeRaw`
  UPDATE graphile_worker._private_jobs SET run_at = now() WHERE key LIKE 'mail:%' AND locked_at IS NULL AND run_at > now()`;

/** Kills the worker again and again while mail goes out, until all of it has. */
async function sendThroughKills(worker: ConsoleProcess, workspace: TestWorkspace, kills: number): Promise<void> {
  const proposing = (async () => {
    for (let n = 0; n < RUNS; n++) await ask(workspace, n);
  })();
  const all = RUNS * APPROVERS.length;
  const sent = async () => {
    await makeDue();
    return sentCount(workspace);
  };
  for (let kill = 1; kill <= kills; kill++) {
    await expect.poll(sent, PATIENCE).toBeGreaterThanOrEqual(Math.floor((kill * all) / (kills + 2)));
    expect(await worker.restart("SIGKILL")).toBeNull();
  }
  await proposing;
  await expect.poll(sent, PATIENCE).toBe(all);
}

describe("a provider that is slow, fails, is busy, hangs, drops connections and takes mail twice", () => {
  it("sends every mail exactly once where it keeps idempotency keys, through kills of the worker", {
    timeout: proofSize(600_000, 1_800_000),
  }, async () => {
    const resend = await startResendStandIn();
    stops.push(resend.stop);
    resend.behavior = mixedBehaviors(1, 40);
    const workspace = await makeAsking();
    await sendThroughKills(await startWorker({ RESEND_API_KEY: "re_test", RESEND_BASE_URL: resend.url }), workspace, KILLS);
    const mails = await mailsOf(workspace);
    expect(resend.sent.map(({ key, body }) => `${key} ${body.to}`).toSorted()).toEqual(
      mails.map(({ id, toEmail }) => `${id} ${toEmail}`).toSorted(),
    );
    printFigures("Mail by Resend", {
      mails: mails.length,
      kills: KILLS,
      tries: mails.reduce((sum, { attempts }) => sum + attempts, 0),
      "not sent": 0,
      "sent twice": 0,
    });
  });

  it("sends every mail at least once by SMTP, each time with the same Message-ID", { timeout: proofSize(600_000, 1_800_000) }, async () => {
    const smtp = await startSmtpStandIn();
    stops.push(smtp.stop);
    smtp.behavior = mixedBehaviors(2, 40);
    const workspace = await makeAsking();
    await sendThroughKills(await startWorker({ SMTP_URL: smtp.url }), workspace, SMTP_KILLS);
    const mails = await mailsOf(workspace);
    const copies = tally(smtp.sent.map(({ messageId, to }) => `${messageId} ${to.join()}`));
    expect(Object.keys(copies).toSorted()).toEqual(mails.map(({ id, toEmail }) => `<${id}@console.example> ${toEmail}`).toSorted());
    const repeated = Object.values(copies).filter((count) => count > 1).length;
    printFigures("Mail by SMTP", {
      mails: mails.length,
      kills: SMTP_KILLS,
      "not sent": 0,
      "sent more than once, under one Message-ID": repeated,
    });
  });
});

it("a provider that hangs keeps nothing else waiting: runs expire, and proposals are taken", { timeout: 300_000 }, async () => {
  const resend = await startResendStandIn();
  stops.push(resend.stop);
  resend.behavior = () => "hang";
  const workspace = await makeAsking();
  const daai = await startWorker({
    DAAI_WORKER: "inline",
    DAAI_PLAN: "unlimited",
    RESEND_API_KEY: "re_test",
    RESEND_BASE_URL: resend.url,
  });
  for (let n = 0; n < MEASURED; n++) await ask(workspace, n);

  await whileMailsHang(resend, async () => {
    for (let n = 0; n < MEASURED; n++) {
      const { status } = await daai.api.post(INTERCEPT, { action: "refund", payload: { n } }, { as: workspace });
      expect(status).toBe(200);
    }
  });
  await whileMailsHang(resend, async () => {
    const { action_run_id: runId } = await ask(workspace, 0);
    await endApprovalWindow(runId);
    await getDb().$executeRaw`UPDATE graphile_worker._private_jobs SET run_at = now() WHERE payload ->> 'runId' = ${runId}`;
    const run = () => getDb().actionRun.findUniqueOrThrow({ where: { id: runId }, select: { governanceReason: true } });
    await expect.poll(run, PATIENCE).toEqual({ governanceReason: "approval_expired" });
    // By its own job, not by the sweep of every minute.
    const jobs = () => getDb().$queryRaw`SELECT id FROM graphile_worker._private_jobs WHERE payload ->> 'runId' = ${runId}`;
    await expect.poll(jobs, PATIENCE).toEqual([]);
  });
  expect(resend.sent).toEqual([]);
});

/** How often a slow machine may fail to do the work before a mail's own time is over. */
const TRIES = 8;

/** `work` is done before any of the mails is given up that hung when it began, and they take all the room there is for mail. */
async function whileMailsHang({ hanging }: ResendStandIn, work: () => Promise<void>): Promise<void> {
  const room = SLOW_QUEUES.find(({ tasks }) => tasks.includes("send-email"))?.concurrency;
  const taken = async () => {
    await makeDue();
    return hanging.size;
  };
  for (let attempt = 0; attempt < TRIES; attempt++) {
    await expect.poll(taken, PATIENCE).toBe(room);
    const before = [...hanging];
    await work();
    if (before.every((mail) => hanging.has(mail))) return;
  }
  throw new Error("Every time a mail had to be given up before the work was done.");
}
