import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { decideRun } from "@/lib/approvals/decide-run";
import { getDb } from "@/lib/db/client";
import { getReadiness } from "@/lib/health/get-readiness";
import {
  atOnce,
  endApprovalWindow,
  expectOk,
  makeAction,
  makeRun,
  makeWorkspace,
  proposeOk,
  type TestWorkspace,
  tally,
} from "@/lib/testing/factories";
import { startWorker, type Worker } from "./worker";
import { unlockDeadWorkers } from "./worker-locks";

let workspace: TestWorkspace;
let workers: Worker[] = [];
beforeAll(async () => {
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "ask", approverEmails: ["ann@example.com", "ben@example.com"] });
  workers = await atOnce(2, () => startWorker());
});
afterAll(() => Promise.all(workers.map((worker) => worker.stop())));

/** What the worker does comes soon; when, is its own business. */
const eventually = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 50_000, interval: 50 });

const ask = async () => (await proposeOk(workspace, { action: "ask", payload: { amount: 5 } })).action_run_id;
const mailsOf = (...runIds: string[]) => getDb().emailDelivery.findMany({ where: { runId: { in: runIds } } });
const run = (id: string) => getDb().actionRun.findUniqueOrThrow({ where: { id } });
const addJob = (task: string, payload: object = {}) =>
  getDb().$executeRaw`SELECT graphile_worker.add_job(${task}, ${JSON.stringify(payload)}::json)`;
const jobsFor = (id: string) => getDb().$queryRaw<{ attempts: number }[]>`
  SELECT attempts FROM graphile_worker._private_jobs WHERE ${id} IN (payload ->> 'deliveryId', payload ->> 'runId')`;
const makeDue = (id: string) => getDb().$executeRaw`
  UPDATE graphile_worker._private_jobs SET run_at = now() WHERE ${id} IN (payload ->> 'deliveryId', payload ->> 'runId')`;

describe("two workers at once", () => {
  test("deliver every mail exactly once", async () => {
    const runIds = await atOnce(40, ask);
    await eventually(async () => expect(tally((await mailsOf(...runIds)).map((mail) => mail.status))).toEqual({ sent: 80 }));
    const mails = await mailsOf(...runIds);
    const messages = await getDb().mailboxMessage.findMany({ where: { idempotencyKey: { in: mails.map(({ id }) => id) } } });
    expect(messages.map(({ idempotencyKey }) => idempotencyKey).sort()).toEqual(mails.map(({ id }) => id).sort());
    expect(tally(messages.map(({ toEmail }) => toEmail))).toEqual({ "ann@example.com": 40, "ben@example.com": 40 });
    expect(mails.every((mail) => mail.attempts === 1 && mail.sealedToken === null && mail.provider === "mailbox")).toBe(true);
  });

  test("expire a run when its time is over, and not before", async () => {
    const [due, later] = [await ask(), await ask()];
    await makeDue(later);
    await endApprovalWindow(due);
    await makeDue(due);
    await eventually(async () =>
      expect(await run(due)).toMatchObject({ governanceStatus: "rejected", governanceReason: "approval_expired", decidedBy: null }),
    );
    await eventually(async () => expect(await jobsFor(later)).toEqual([]));
    expect(await run(later)).toMatchObject({ governanceStatus: "pending_approval" });
  });

  test("sweep up a run whose own job was lost", async () => {
    const runId = await ask();
    await getDb().$executeRaw`DELETE FROM graphile_worker._private_jobs WHERE payload ->> 'runId' = ${runId}`;
    await endApprovalWindow(runId);
    await addJob("expire-overdue-runs");
    await eventually(async () => expect(await run(runId)).toMatchObject({ governanceReason: "approval_expired" }));
  });

  test("are not stopped by a job that makes no sense", async () => {
    await addJob("send-email", { deliveryId: "nonsense" });
    await addJob("expire-run", { runId: "01a1f3af-8f9a-7948-ba8d-e1f33f0601ae" });
    const runId = await ask();
    await eventually(async () => expect(tally((await mailsOf(runId)).map((mail) => mail.status))).toEqual({ sent: 2 }));
  });

  test("start anew when the database drops their sessions, all of them or only the one that holds their locks", async () => {
    const sessions = (locks: boolean) => getDb().$queryRaw<{ pid: number }[]>`
      SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
        AND CASE WHEN ${locks} THEN application_name = 'daai-console worker locks' ELSE application_name NOT LIKE 'daai-console' END`;
    for (const onlyLocks of [true, false]) {
      const before = await sessions(true);
      expect(before).toHaveLength(2);
      for (const { pid } of await sessions(onlyLocks)) await getDb().$executeRaw`SELECT pg_terminate_backend(${pid}::int)`;
      await eventually(async () => {
        const now = await sessions(true);
        expect(now).toHaveLength(2);
        expect(now.filter(({ pid }) => before.some((old) => old.pid === pid))).toEqual([]);
      });
      const runId = await ask();
      await eventually(async () => expect(tally((await mailsOf(runId)).map((mail) => mail.status))).toEqual({ sent: 2 }));
    }
  });

  test("keep a job for as long as they are at it", async () => {
    await getDb().$executeRaw`CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(1); RETURN NEW; END $$`;
    await getDb().$executeRaw`CREATE TRIGGER slow BEFORE INSERT ON mailbox_messages FOR EACH ROW EXECUTE FUNCTION slow()`;
    const runId = await makeRun(workspace, "always_require_approval");
    const [mail] = await mailsOf(runId);
    const holders = async () =>
      (
        await getDb().$queryRaw<{ locked_by: string | null }[]>`
      SELECT locked_by FROM graphile_worker._private_jobs WHERE payload ->> 'deliveryId' = ${mail?.id}`
      ).map((job) => job.locked_by);
    await eventually(async () => expect(await holders()).toEqual([expect.any(String)]));
    const before = await holders();
    await unlockDeadWorkers();
    expect(await holders()).toEqual(before);
    await getDb().$executeRaw`DROP FUNCTION slow CASCADE`;
    await eventually(async () => expect(await mailsOf(runId)).toEqual([expect.objectContaining({ status: "sent", attempts: 1 })]));
  });
});

describe("a provider that is down", () => {
  const outage = async (work: () => Promise<void>) => {
    await getDb().$executeRaw`CREATE FUNCTION outage() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'provider is down'; END $$`;
    await getDb().$executeRaw`CREATE TRIGGER outage BEFORE INSERT ON mailbox_messages EXECUTE FUNCTION outage()`;
    try {
      await work();
    } finally {
      await getDb().$executeRaw`DROP FUNCTION outage CASCADE`;
    }
  };

  test("is tried again until it takes the mail; after the last try the mail is dead; what is decided meanwhile is not sent", async () => {
    const ask = async () => {
      const runId = await makeRun(workspace, "always_require_approval");
      return { runId, mailId: (await mailsOf(runId))[0]?.id ?? "" };
    };
    const [comesBack, givenUp, decided] = [
      { runId: "", mailId: "" },
      { runId: "", mailId: "" },
      { runId: "", mailId: "" },
    ];
    const later = [comesBack, givenUp, decided];
    await outage(async () => {
      for (const one of later) Object.assign(one, await ask());
      await eventually(async () => {
        for (const { runId } of later)
          expect(await mailsOf(runId)).toEqual([
            expect.objectContaining({ status: "queued", lastError: expect.stringContaining("provider is down") }),
          ]);
      });
      expectOk(await decideRun(workspace.ctx, { runId: decided.runId, decision: "reject", comment: null }));
      await getDb()
        .$executeRaw`UPDATE email_deliveries SET created_at = created_at - interval '21 hours' WHERE id = ${givenUp.mailId}::uuid`;
      await makeDue(givenUp.mailId);
      await eventually(async () =>
        expect(await mailsOf(givenUp.runId)).toEqual([expect.objectContaining({ status: "dead", sealedToken: null })]),
      );
    });
    for (const { mailId } of later) await makeDue(mailId);
    await eventually(async () => expect(await mailsOf(comesBack.runId)).toEqual([expect.objectContaining({ status: "sent" })]));
    await eventually(async () =>
      expect(await mailsOf(decided.runId)).toEqual([expect.objectContaining({ status: "not_sent", notSentReason: "already_decided" })]),
    );
    expect(await mailsOf(givenUp.runId)).toEqual([expect.objectContaining({ status: "dead" })]);
    expect(await getDb().mailboxMessage.count({ where: { idempotencyKey: { in: later.map(({ mailId }) => mailId) } } })).toBe(1);
  });
});

test("readiness tells of jobs that nobody takes, and stays ready", async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  workers = [];
  await eventually(async () => expect(await getReadiness()).toMatchObject({ ready: true, checks: { worker: { ok: true } } }));
  const runId = await ask();
  await getDb()
    .$executeRaw`UPDATE graphile_worker._private_jobs SET run_at = now() - interval '1 minute' WHERE payload ->> 'runId' = ${runId}`;
  expect(await getReadiness()).toMatchObject({
    ready: true,
    checks: { database: { ok: true }, migrations: { ok: true }, worker: { ok: false } },
  });
});
