import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getWaiting } from "@/lib/action-runs/list/get-waiting";
import { getRunStory } from "@/lib/action-runs/show/get-run-story";
import { runTimeline } from "@/lib/action-runs/show/run-timeline";
import { askAfterBounce } from "@/lib/approvals/ask-after-bounce";
import { decideRun } from "@/lib/approvals/decide-run";
import { getWaitingRun } from "@/lib/approvals/get-waiting-run";
import { noteLinkOpened, noteRunOpened } from "@/lib/approvals/note-opened";
import { accountContext, operatorContext, systemContext, visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { deliveryState } from "@/lib/domain/runs/delivery-state";
import type { MailMessage } from "@/lib/email/mail-provider";
import { MailRefused } from "@/lib/email/mail-refused";
import { resetEnvCache } from "@/lib/env";
import { resendWebhook } from "@/lib/http/endpoints/resend-webhook";
import { handleRequest } from "@/lib/http/mounts/handle-request";
import { resourceOf } from "@/lib/http/mounts/resource";
import { sendEmail } from "@/lib/mailer/send-email";
import { atOnce, expectOk, linkToken, linkTokens, makePerson, makeRun, makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";
import { makeApiRequest } from "@/lib/testing/make-api-request";

const SECRET = `whsec_${Buffer.from("a secret of the tests, 32 bytes!").toString("base64")}`;
const webhook = resourceOf(resendWebhook.path, [resendWebhook]);

let workspace: TestWorkspace;
beforeAll(async () => {
  process.env.RESEND_WEBHOOK_SECRET = SECRET;
  resetEnvCache();
  workspace = await makeWorkspace();
});
afterAll(() => {
  process.env.RESEND_WEBHOOK_SECRET = "";
  resetEnvCache();
});

/** Posts an event as Resend does; `id` is the message's, the same when it is sent again. */
async function post(
  event: object,
  { secret = SECRET, at = new Date(), id = "msg_1", body = JSON.stringify(event) } = {},
): Promise<[number, unknown]> {
  const headers = {
    "content-type": "application/json",
    "svix-id": id,
    "svix-timestamp": String(Math.floor(at.getTime() / 1000)),
    "svix-signature": new Webhook(secret).sign(id, at, body),
  };
  const answer = await handleRequest(webhook, makeApiRequest({ method: "POST", path: resendWebhook.path, headers, body }));
  const { code, recorded } = JSON.parse(answer.body ?? "{}") as { code?: string; recorded?: boolean };
  return [answer.status, code ?? recorded];
}

const eventOf = (type: string, deliveryId: string, more: object = {}) => ({
  type,
  created_at: "2026-11-25T22:41:11.894719+00:00",
  data: { email_id: "re_1", to: ["ann@example.com"], tags: { delivery_id: deliveryId }, ...more },
});
const delivery = (id: string) => getDb().emailDelivery.findUniqueOrThrow({ where: { id } });
const mailsOf = (runId: string) => getDb().emailDelivery.findMany({ where: { runId }, orderBy: { id: "asc" } });
const noticesOf = (runId: string) => getDb().emailDelivery.findMany({ where: { aboutDelivery: { runId } } });

async function asked(approverEmails = ["ann@example.com"]) {
  const runId = await makeRun(workspace, "always_require_approval", { approverEmails });
  const [mail] = await mailsOf(runId);
  return { runId, mailId: mail?.id ?? "" };
}

describe("Resend's events", () => {
  test("are kept once each, whatever order they come in; the page of the run tells them", async () => {
    const { runId, mailId } = await asked();
    await sendEmail(systemContext(null), { name: "resend", send: () => Promise.resolve({ providerMessageId: "re_7" }) }, mailId);
    expect(await post(eventOf("email.delivered", mailId))).toEqual([200, true]);
    expect(await post(eventOf("email.delivered", mailId))).toEqual([200, false]);
    expect(await post(eventOf("email.delivery_delayed", mailId))).toEqual([200, true]);
    expect(deliveryState(await delivery(mailId))).toBe("delivered");
    expect((await delivery(mailId)).deliveredAt).toEqual(new Date("2026-11-25T22:41:11.894Z"));
    const byProvidersId = { ...eventOf("email.complained", "x"), data: { email_id: "re_7" } };
    expect(await post(byProvidersId)).toEqual([200, true]);
    const story = await getRunStory(workspace.ctx, runId);
    expect(story && runTimeline(story).map(({ title }) => title)).toEqual(
      expect.arrayContaining(["Email sent", "Email delayed", "Email delivered", "Email marked as spam"]),
    );
  });

  test("of mails that are not known, and of kinds that are not, are taken and change nothing", async () => {
    const { mailId } = await asked();
    expect(await post(eventOf("email.opened", mailId))).toEqual([200, false]);
    expect(await post(eventOf("email.delivered", "01a1f3af-8f9a-7948-ba8d-e1f33f0601ae"))).toEqual([200, false]);
    expect(await post({ type: "domain.created", created_at: "now", data: null })).toEqual([200, false]);
    expect(await post([])).toEqual([200, false]);
  });

  test("count only with the signature of the secret, of now, over these bytes", async () => {
    const { mailId } = await asked();
    const event = eventOf("email.bounced", mailId);
    const other = `whsec_${Buffer.from("another secret").toString("base64")}`;
    expect(await post(event, { secret: other })).toEqual([401, "invalid_signature"]);
    expect(await post(event, { at: new Date(Date.now() - 3_600_000) })).toEqual([401, "invalid_signature"]);
    expect(await post(event, { body: "x".repeat(300_000) })).toEqual([413, "body_too_large"]);
    expect((await delivery(mailId)).bouncedAt).toBeNull();
    process.env.RESEND_WEBHOOK_SECRET = "";
    resetEnvCache();
    expect(await post(event)).toEqual([404, "not_found"]);
    process.env.RESEND_WEBHOOK_SECRET = SECRET;
    resetEnvCache();
  });
});

describe("a mail that comes back", () => {
  test("makes the console ask the next person and tell the owner, once", async () => {
    await getDb().workspace.update({
      where: { id: workspace.workspaceId },
      data: { approverEmails: ["ann@example.com", "zoe@example.com"] },
    });
    const { runId, mailId } = await asked();
    const bounce = { bounce: { message: "550 5.1.1 no such user", type: "Permanent", subType: "General" } };
    expect(await post(eventOf("email.bounced", mailId, bounce))).toEqual([200, true]);
    expect(await post(eventOf("email.bounced", mailId, bounce), { id: "msg_2" })).toEqual([200, false]);
    await atOnce(3, () => askAfterBounce(systemContext(workspace.workspaceId), mailId));
    const mails = await mailsOf(runId);
    expect(mails.map((mail) => [mail.toEmail, mail.askReason, deliveryState(mail)])).toEqual([
      ["ann@example.com", null, "bounced"],
      ["zoe@example.com", "bounce", "queued"],
    ]);
    const notices = await noticesOf(runId);
    expect(notices.map(({ toEmail, kind }) => [toEmail, kind])).toEqual([[workspace.ownerEmail, "bounce_notice"]]);

    const taken: MailMessage[] = [];
    const provider = { name: "test", send: (message: MailMessage) => Promise.resolve({ providerMessageId: String(taken.push(message)) }) };
    await sendEmail(systemContext(null), provider, notices[0]?.id ?? "");
    for (const words of [
      "ann@example.com",
      "550 5.1.1 no such user",
      "zoe@example.com",
      `/workspaces/${workspace.workspaceId}/runs/${runId}`,
    ])
      expect(taken[0]?.text).toContain(words);
    expect(taken[0]?.subject).toBe("Email to ann@example.com bounced");
  });

  test.each([
    ["of a stage that is over", "ann@example.com", ["ann@example.com", "ben@example.com"], ["dot@example.com"]],
    ["of somebody who has approved", "ann@example.com", ["ann@example.com"], ["ben@example.com"]],
    ["of somebody who is asked", "ben@example.com", ["ann@example.com"], ["ben@example.com", "owner"]],
  ])("where several approvals are needed, and it is %s: others are asked only if it was open", async (_, bounced, approving, after) => {
    const runId = await makeRun(workspace, "always_require_approval", {
      approverEmails: ["ann@example.com", "ben@example.com"],
      approvals: 2,
      laterStages: [{ approvals: 1, people: ["dot@example.com"] }],
    });
    await getDb().workspace.update({ where: { id: workspace.workspaceId }, data: { approverEmails: [] } });
    const mail = (await mailsOf(runId)).find(({ toEmail }) => toEmail === bounced);
    for (const email of approving)
      expectOk(await decideRun(operatorContext(workspace.workspaceId, email), { runId, decision: "approve", comment: null }));
    await askAfterBounce(systemContext(workspace.workspaceId), mail?.id ?? "");
    const { approverEmails } = await getDb().approvalRequest.findFirstOrThrow({ where: { runId } });
    expect(approverEmails.map((email) => (email === workspace.ownerEmail ? "owner" : email))).toEqual(after);
    expect((await noticesOf(runId)).map(({ toEmail, kind }) => [toEmail, kind])).toEqual([[workspace.ownerEmail, "bounce_notice"]]);
  });

  test("is followed up also when the provider refuses it at once; a run that is decided is left alone", async () => {
    const { mailId } = await asked();
    await sendEmail(systemContext(null), { name: "smtp", send: () => Promise.reject(new MailRefused("550 no such user")) }, mailId);
    const jobs = await getDb().$queryRaw<object[]>`SELECT id FROM graphile_worker._private_jobs WHERE key = ${`bounce:${mailId}`}`;
    expect(jobs).toHaveLength(1);
    const decided = await asked();
    await getDb().$executeRaw`UPDATE action_runs SET expires_at = now() - interval '1 second' WHERE id = ${decided.runId}::uuid`;
    await askAfterBounce(systemContext(workspace.workspaceId), decided.mailId);
    expect([await mailsOf(decided.runId), await noticesOf(decided.runId)].map(({ length }) => length)).toEqual([1, 0]);
  });
});

describe("that a page was opened", () => {
  const wait = (runId: string) =>
    getDb().$executeRaw`UPDATE approval_requests SET created_at = created_at - interval '11 minutes' WHERE run_id = ${runId}::uuid`;

  test("is kept the first time, for whom the link is; until then nobody has seen the run", async () => {
    const before = (await getWaiting(workspace.ctx)).unseen;
    const { runId } = await asked(["ann@example.com", "ben@example.com"]);
    const single = await asked();
    await wait(runId);
    await wait(single.runId);
    expect((await getWaiting(workspace.ctx)).unseen).toBe(before + 2);
    const token = await linkToken(single.runId);
    await atOnce(5, () => noteLinkOpened(visitorContext(), token));
    const link = await getDb().decisionLink.findFirstOrThrow({ where: { approvalRequest: { runId: single.runId } } });
    await noteLinkOpened(visitorContext(), token);
    expect(await getDb().decisionLink.findUniqueOrThrow({ where: { id: link.id } })).toEqual(link);
    expect(link.openedAt).toBeInstanceOf(Date);
    const person = await makePerson(workspace, "approver");
    await noteRunOpened(person.ctx, { workspaceId: workspace.workspaceId, runId, email: "ben@example.com" });
    expect((await getWaiting(workspace.ctx)).unseen).toBe(before);
    const user = accountContext({ id: person.ctx.actor.userId, email: person.ctx.actor.email }, getDb());
    const card = await getWaitingRun(user, runId);
    expect(
      card?.state === "waiting" && card.deciders.filter(({ mail }) => mail !== null).map(({ email, mail }) => [email, mail?.state]),
    ).toEqual([
      ["ann@example.com", "queued"],
      ["ben@example.com", "opened"],
    ]);
    const story = await getRunStory(workspace.ctx, single.runId);
    expect(story && runTimeline(story).find(({ title }) => title === "Request page opened")?.rest).toBe(
      "from the link sent to ann@example.com",
    );
  });

  test("is not kept for a link that was taken back, or whose holder has left: nobody has seen the request", async () => {
    const leaving = await makePerson(workspace, "approver");
    const { runId } = await asked(["ann@example.com", leaving.email]);
    const tokens = await linkTokens(runId);
    const links = { approvalRequest: { runId } };
    await getDb().decisionLink.updateMany({
      where: { ...links, approverEmail: "ann@example.com" },
      data: { withdrawnAt: new Date(), withdrawnReason: "replaced" },
    });
    await getDb().member.deleteMany({ where: { userId: leaving.ctx.actor.userId } });
    for (const token of tokens.values()) expect(await noteLinkOpened(visitorContext(), token)).toBe(true);
    expect(await getDb().decisionLink.count({ where: { ...links, openedAt: { not: null } } })).toBe(0);
    expect(await getDb().approvalRequest.findFirst({ where: { runId }, select: { openedAt: true } })).toEqual({ openedAt: null });
  });
});
