import { beforeAll, describe, expect, test } from "vitest";
import { decideRun } from "@/lib/approvals/decide-run";
import { takeDueApprovalSteps } from "@/lib/approvals/take-approval-steps";
import { operatorContext, systemContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import type { MailMessage, MailProvider } from "@/lib/email/mail-provider";
import { MailDeferred, MailRefused } from "@/lib/email/mail-refused";
import { resetEnvCache } from "@/lib/env";
import {
  expectOk,
  linkTokens,
  makeAction,
  makeRun,
  makeWorkspace,
  passApprovalTime,
  proposeOk,
  type TestWorkspace,
} from "@/lib/testing/factories";
import { withinOnePeriod, withinOneWindow } from "@/lib/testing/within-one-period";
import { createUser } from "@/lib/users/create-user";
import { markEmailFailed } from "./deliver-email";
import { findLostMail } from "./find-lost-mail";
import { sendEmail } from "./send-email";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
});

/** Takes mail as a provider would, or fails as one. */
function makeProvider(send: (message: MailMessage) => Promise<void> = () => Promise.resolve()) {
  const taken: MailMessage[] = [];
  const provider: MailProvider = {
    name: "test",
    send: async (message) => {
      await send(message);
      taken.push(message);
      return { providerMessageId: `message ${taken.length}` };
    },
  };
  return { provider, taken };
}

async function queued() {
  const runId = await makeRun(workspace, "always_require_approval", { approverEmails: ["ann@example.com"] });
  const { id } = await getDb().emailDelivery.findFirstOrThrow({ where: { runId } });
  const token = (await linkTokens(runId)).get("ann@example.com") ?? "";
  return { runId, id, token };
}
const retries = (id: string) => getDb().$queryRaw<{ run_at: Date }[]>`
  SELECT run_at FROM graphile_worker._private_jobs WHERE key = ${`mail:${id}`} AND payload ->> 'deliveryId' = ${id}`;
const delivery = (id: string) => getDb().emailDelivery.findUniqueOrThrow({ where: { id } });
const reject = (runId: string) => decideRun(workspace.ctx, { runId, decision: "reject", comment: null }).then(expectOk);

describe("mails to strangers", () => {
  test("have a ceiling an hour on every plan, and wait for the next; who has an account or has answered is none", async () => {
    Object.assign(process.env, { DAAI_PLAN: "unlimited", DAAI_STRANGER_MAILS_PER_HOUR: "2" });
    resetEnvCache();
    try {
      const { provider, taken } = makeProvider();
      const third = await withinOneWindow(60, async () => {
        taken.length = 0;
        await getDb().usageCounter.deleteMany();
        const mails = [await queued(), await queued(), await queued()];
        // What a provider does not take is not counted.
        const down = makeProvider(() => Promise.reject(new Error("down")));
        for (const { id } of mails) await sendEmail(systemContext(null), down.provider, id);
        for (const { id } of mails) await sendEmail(systemContext(null), provider, id);
        return mails[2];
      });
      expect(taken).toHaveLength(2);
      const waiting = await delivery(third?.id ?? "");
      expect(waiting).toMatchObject({ status: "queued", lastError: expect.stringContaining("DAAI_STRANGER_MAILS_PER_HOUR") });
      expect(waiting.nextTryAt?.getTime()).toBeLessThanOrEqual(Date.now() + 3_660_000);

      await getDb().decisionLink.updateMany({ where: { approvalRequest: { runId: third?.runId ?? "" } }, data: { usedAt: new Date() } });
      await sendEmail(systemContext(null), provider, third?.id ?? "");
      expect(taken).toHaveLength(3);
      await getDb().decisionLink.updateMany({ where: { approverEmail: "ann@example.com" }, data: { usedAt: null } });
      const { id } = await queued();
      await createUser(operatorContext(null), { email: "ann@example.com" });
      await sendEmail(systemContext(null), provider, id);
      expect(taken).toHaveLength(4);
    } finally {
      delete process.env.DAAI_PLAN;
      delete process.env.DAAI_STRANGER_MAILS_PER_HOUR;
      resetEnvCache();
    }
  });
});

describe("sendEmail, for an approval", () => {
  test("sends the link to its approver, once, and forgets the token", async () => {
    const { id, token } = await queued();
    const { provider, taken } = makeProvider();
    await sendEmail(systemContext(null), provider, id);
    await sendEmail(systemContext(null), provider, id);
    expect(taken).toEqual([expect.objectContaining({ idempotencyKey: id, to: "ann@example.com", from: expect.stringContaining("@") })]);
    for (const part of [taken[0]?.html, taken[0]?.text]) expect(part).toContain(`http://localhost:3000/decide/${token}`);
    expect(await delivery(id)).toMatchObject({
      status: "sent",
      sealedToken: null,
      attempts: 1,
      provider: "test",
      providerMessageId: "message 1",
      lastError: null,
      sentAt: expect.any(Date),
    });
  });

  test("different runs have different subjects, and a reminder stands beside the first mail", async () => {
    await makeAction(workspace, { name: "do_thing", title: "Do the thing", approverEmails: ["ann@example.com"] });
    const { provider, taken } = makeProvider();
    await withinOnePeriod("minute", async () => {
      taken.length = 0;
      for (let i = 0; i < 3; i++) {
        const { action_run_id: runId } = await proposeOk(workspace, { action: "do_thing", payload: {} });
        const { id } = await getDb().emailDelivery.findFirstOrThrow({ where: { runId } });
        await sendEmail(systemContext(null), provider, id);
      }
      expect(taken.map(({ subject }) => subject.replace(/\d+ \w{3}, .{5}/, "then"))).toEqual([
        "Approval needed: do the thing (by then UTC)",
        expect.stringMatching(/^Approval needed: do the thing \(by then UTC, run …[0-9a-f]{6}\)$/) as string,
        expect.stringMatching(/^Approval needed: do the thing \(by then UTC, run …[0-9a-f]{6}\)$/) as string,
      ]);
      expect(new Set(taken.map(({ subject }) => subject)).size).toBe(3);
    });
    const { runId, id } = await queued();
    await sendEmail(systemContext(null), provider, id);
    await passApprovalTime(runId, 60);
    await takeDueApprovalSteps(systemContext(null));
    const reminder = await getDb().emailDelivery.findFirstOrThrow({ where: { runId, askReason: "reminder" } });
    await sendEmail(systemContext(null), provider, reminder.id);
    expect(taken.slice(-2).map(({ thread, subject }) => [thread, subject.startsWith("Reminder: ")])).toEqual([
      [id, false],
      [id, true],
    ]);
  });

  test("a failure is noted, with the next try; then it goes out", async () => {
    const { id } = await queued();
    const broken = makeProvider(() => Promise.reject(new Error(`503 ${"x".repeat(2000)}`)));
    for (const attempts of [1, 2]) {
      await sendEmail(systemContext(null), broken.provider, id);
      const tried = await delivery(id);
      expect(tried).toMatchObject({
        status: "queued",
        attempts,
        sealedToken: expect.anything(),
        nextTryAt: expect.any(Date),
        lastError: expect.stringMatching(/^503 x{496}$/),
      });
      expect(await retries(id)).toEqual([{ run_at: tried.nextTryAt }]);
    }
    const { provider, taken } = makeProvider();
    await sendEmail(systemContext(null), provider, id);
    expect(taken).toHaveLength(1);
    expect(await delivery(id)).toMatchObject({ status: "sent", attempts: 3, nextTryAt: null });
  });

  test("what the provider never takes is dead at once, and says why; what it defers waits as long as it says", async () => {
    const [refused, deferred] = [await queued(), await queued()];
    await sendEmail(systemContext(null), makeProvider(() => Promise.reject(new MailRefused("550 no such user"))).provider, refused.id);
    expect(await delivery(refused.id)).toMatchObject({ status: "dead", lastError: "550 no such user", sealedToken: null, nextTryAt: null });
    expect(await retries(refused.id)).toEqual([]);
    await sendEmail(systemContext(null), makeProvider(() => Promise.reject(new MailDeferred("429", 1800))).provider, deferred.id);
    const { nextTryAt, createdAt } = await delivery(deferred.id);
    expect((nextTryAt?.getTime() ?? 0) - createdAt.getTime()).toBeGreaterThanOrEqual(1_800_000);
  });

  test("mail whose job was lost is queued again; mail whose job has no try left is given up", async () => {
    const [lost, usedUp, young] = [await queued(), await queued(), await queued()];
    await getDb().$executeRaw`DELETE FROM graphile_worker._private_jobs WHERE payload ->> 'deliveryId' IN (${lost.id}, ${young.id})`;
    await getDb()
      .$executeRaw`UPDATE graphile_worker._private_jobs SET attempts = max_attempts WHERE payload ->> 'deliveryId' = ${usedUp.id}`;
    await getDb()
      .$executeRaw`UPDATE email_deliveries SET created_at = created_at - interval '5 minutes' WHERE id IN (${lost.id}::uuid, ${usedUp.id}::uuid)`;
    await findLostMail(systemContext(null));
    await findLostMail(systemContext(null));
    expect([await retries(lost.id), await retries(young.id)].map(({ length }) => length)).toEqual([1, 0]);
    expect([await delivery(lost.id), await delivery(usedUp.id)].map(({ status }) => status)).toEqual(["queued", "dead"]);
  });

  test("after the last try it is given up, visibly and for good", async () => {
    const { id } = await queued();
    const { provider, taken } = makeProvider();
    await markEmailFailed(systemContext(null), id);
    await sendEmail(systemContext(null), provider, id);
    expect(taken).toEqual([]);
    expect(await delivery(id)).toMatchObject({ status: "dead", sealedToken: null });
  });

  test("nobody is asked what is decided already", async () => {
    const { id, runId } = await queued();
    await reject(runId);
    const { provider, taken } = makeProvider();
    await sendEmail(systemContext(null), provider, id);
    expect(taken).toEqual([]);
    expect(await delivery(id)).toMatchObject({ status: "not_sent", notSentReason: "already_decided", sealedToken: null });
  });

  test("where several approvals are needed, nobody is asked, reminded or asked in someone's place after their answer or stage", async () => {
    const runId = await makeRun(workspace, "always_require_approval", {
      approverEmails: ["ann@example.com", "ben@example.com", "chi@example.com"],
      approvals: 2,
      laterStages: [{ approvals: 1, people: ["dot@example.com"] }],
      escalationEmails: ["esc@example.com"],
    });
    await passApprovalTime(runId, 99);
    await takeDueApprovalSteps(systemContext(null));
    const mails = await getDb().emailDelivery.findMany({ where: { runId }, orderBy: { id: "asc" } });
    expect(new Set(mails.map(({ askReason }) => askReason))).toEqual(new Set([null, "reminder", "escalation"]));
    const approve = (email: string) =>
      decideRun(operatorContext(workspace.workspaceId, email), { runId, decision: "approve", comment: null }).then(expectOk);
    const sendAll = async (before: string) => {
      const { provider, taken } = makeProvider();
      for (const { id, toEmail } of mails) if (toEmail.startsWith(before)) await sendEmail(systemContext(null), provider, id);
      return taken.length;
    };
    await approve("ann@example.com");
    expect([await sendAll("ann"), await sendAll("chi")]).toEqual([0, 2]);
    await approve("chi@example.com");
    expect([await sendAll("ben"), await sendAll("esc")]).toEqual([0, 0]);
    const skipped = await getDb().emailDelivery.findMany({ where: { runId, notSentReason: "withdrawn" }, orderBy: { toEmail: "asc" } });
    expect(skipped.map(({ toEmail }) => toEmail.slice(0, 3))).toEqual(["ann", "ann", "ben", "ben", "esc"]);
    const { provider, taken } = makeProvider();
    const next = await getDb().emailDelivery.findFirstOrThrow({ where: { runId, askReason: "next_stage" } });
    await sendEmail(systemContext(null), provider, next.id);
    expect(taken).toHaveLength(1);
  });

  test("a crash between sending and recording does not mail twice: the provider gets the same key", async () => {
    const { id } = await queued();
    const { provider, taken } = makeProvider();
    await Promise.all([sendEmail(systemContext(null), provider, id), sendEmail(systemContext(null), provider, id)]);
    expect(new Set(taken.map(({ idempotencyKey }) => idempotencyKey))).toEqual(new Set([id]));
    expect(await delivery(id)).toMatchObject({ status: "sent" });
  });

  test("a delivery that does not exist is nothing to do", async () => {
    const { provider, taken } = makeProvider();
    await sendEmail(systemContext(null), provider, "01a1f3af-8f9a-7948-ba8d-e1f33f0601ae");
    expect(taken).toEqual([]);
  });
});
