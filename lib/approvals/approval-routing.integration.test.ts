import { beforeEach, describe, expect, test } from "vitest";
import { systemContext, userContext, visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { DAY_MS } from "@/lib/domain/time/units";
import { drainJobs, newestMail } from "@/lib/testing/drain-jobs";
import {
  atOnce,
  expectOk,
  linkTokens,
  makeAction,
  makePerson,
  makeRun,
  makeWorkspace,
  passApprovalTime,
  proposeOk,
  type TestWorkspace,
} from "@/lib/testing/factories";
import { endAbsence } from "@/lib/users/end-absence";
import { setAbsence } from "@/lib/users/set-absence";
import { setApprovalRouting } from "@/lib/workspaces/set-approval-routing";
import { askAgain } from "./ask-again";
import { decideByLink } from "./decide-by-link";
import { expireRun } from "./decide-run";
import { getDecisionByToken } from "./get-decision-by-token";
import { takeDueApprovalSteps } from "./take-approval-steps";

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await makeWorkspace();
});

const requestOf = (runId: string) => getDb().approvalRequest.findFirstOrThrow({ where: { runId } });
const mailsOf = async (runId: string) =>
  (await getDb().emailDelivery.findMany({ where: { runId }, orderBy: { id: "asc" } })).map(
    ({ toEmail, askReason, status }) => `${askReason ?? "first"} ${toEmail} ${status}`,
  );
/** The time has come, and several workers notice it at once. */
const workersLook = () => atOnce(4, () => takeDueApprovalSteps(systemContext(null)));
const routing = (different: object) =>
  setApprovalRouting(workspace.ctx, { approverEmails: [], approvalWindowMinutes: null, ...different }).then(expectOk);
const asUser = ({ ctx, email }: Awaited<ReturnType<typeof makePerson>>) =>
  userContext({ sessionId: "", userId: ctx.actor.userId, email, name: null, isOperator: false });

describe("reminders and escalation", () => {
  test("come once each, however many workers there are, and each mail's link decides", async () => {
    await routing({ escalationEmails: ["boss@example.com"], escalationPercent: 75 });
    const runId = await makeRun(workspace, "always_require_approval", { approverEmails: ["ann@example.com", "ben@example.com"] });
    const first = ["first ann@example.com queued", "first ben@example.com queued"];
    await workersLook();
    expect(await mailsOf(runId)).toEqual(first);

    await passApprovalTime(runId, 51);
    await workersLook();
    const half = [...first, "reminder ann@example.com queued", "reminder ben@example.com queued"];
    expect(await mailsOf(runId)).toEqual(half);

    await passApprovalTime(runId, 76);
    await workersLook();
    expect(await mailsOf(runId)).toEqual([...half, "escalation boss@example.com queued"]);
    expect(await requestOf(runId)).toMatchObject({
      approverEmails: ["ann@example.com", "ben@example.com", "boss@example.com"],
      escalatedTo: ["boss@example.com"],
    });

    await passApprovalTime(runId, 91);
    await workersLook();
    expect((await mailsOf(runId)).slice(-3)).toEqual(["ann", "ben", "boss"].map((name) => `reminder ${name}@example.com queued`));
    expect((await requestOf(runId)).nextStepAt).toBeNull();

    // The first link and the newest are equally good; who was asked last may answer.
    const tokens = await linkTokens(runId);
    expectOk(
      await decideByLink(visitorContext(), tokens.get("boss@example.com") ?? "", { decision: "reject", comment: null, confirm: false }),
    );
    expect(await getDecisionByToken(visitorContext(), tokens.get("ann@example.com") ?? "")).toMatchObject({
      ok: false,
      code: "already_decided",
      fields: { decided_by: "boss@example.com" },
    });
  });

  test("stay out when they are off, when the run is decided, and when nobody else is named", async () => {
    await routing({ remindsAtHalf: false, remindsNearEnd: false });
    const [quiet, decided] = [await makeRun(workspace, "always_require_approval"), await makeRun(workspace, "always_require_approval")];
    const [token = ""] = (await linkTokens(decided)).values();
    expectOk(await decideByLink(visitorContext(), token, { decision: "block", comment: null, confirm: false }));
    for (const percent of [51, 76, 91]) {
      for (const runId of [quiet, decided]) await passApprovalTime(runId, percent);
      await workersLook();
    }
    for (const runId of [quiet, decided]) {
      expect(await mailsOf(runId)).toEqual([`first ${workspace.ownerEmail} queued`]);
      expect(await requestOf(runId)).toMatchObject({ nextStepAt: null, escalatedAt: null, remindedAtHalfAt: null });
    }
  });

  test("ask the action's own second list, once, after a long stop too", async () => {
    await routing({ escalationEmails: ["workspace@example.com"] });
    const runId = await makeRun(workspace, "always_require_approval", { escalationEmails: ["action@example.com", workspace.ownerEmail] });
    await passApprovalTime(runId, 95);
    await workersLook();
    expect(await mailsOf(runId)).toEqual([
      `first ${workspace.ownerEmail} queued`,
      `reminder ${workspace.ownerEmail} queued`,
      "escalation action@example.com queued",
    ]);
  });

  test("end with the time, which is told apart from a person's no", async () => {
    const runId = await makeRun(workspace, "always_require_approval");
    await passApprovalTime(runId, 101);
    await workersLook();
    expect(await mailsOf(runId)).toHaveLength(1);
    expectOk(await expireRun(systemContext(workspace.workspaceId), runId));
    expect(await getDb().actionRun.findUniqueOrThrow({ where: { id: runId } })).toMatchObject({
      governanceStatus: "rejected",
      governanceReason: "approval_expired",
      decidedBy: null,
    });
  });
});

test("a reminder that fails keeps nobody else waiting, and comes with the next look", async () => {
  const [broken, other] = [
    await makeRun(workspace, "always_require_approval", { approverEmails: ["broken@example.com"] }),
    await makeRun(workspace, "always_require_approval", { approverEmails: ["ann@example.com"] }),
  ];
  await passApprovalTime(broken, 60);
  await passApprovalTime(other, 51);
  const due = await getDb().approvalRequest.findMany({ where: { runId: { in: [broken, other] } }, orderBy: { nextStepAt: "asc" } });
  expect(due.map(({ runId }) => runId)).toEqual([broken, other]);
  await getDb().$executeRaw`ALTER TABLE email_deliveries ADD CONSTRAINT fails CHECK (to_email <> 'broken@example.com') NOT VALID`;
  await expect(takeDueApprovalSteps(systemContext(null))).rejects.toThrow("fails");
  expect(await mailsOf(broken)).toEqual(["first broken@example.com queued"]);
  expect(await mailsOf(other)).toEqual(["first ann@example.com queued", "reminder ann@example.com queued"]);
  await getDb().$executeRaw`ALTER TABLE email_deliveries DROP CONSTRAINT fails`;
  await takeDueApprovalSteps(systemContext(null));
  expect(await mailsOf(broken)).toEqual(["first broken@example.com queued", "reminder broken@example.com queued"]);
  expect(await mailsOf(other)).toHaveLength(2);
});

describe("somebody who is away", () => {
  async function annAndBen(role: "approver" | "viewer" = "approver") {
    const [ann, ben] = [await makePerson(workspace, "developer"), await makePerson(workspace, "approver")];
    await makeAction(workspace, { name: "pay", approverEmails: [ann.email] });
    await setAbsence(asUser(ann), {
      colleagueId: ben.ctx.actor.userId,
      startsAt: new Date(Date.now() - DAY_MS),
      endsAt: new Date(Date.now() + DAY_MS),
    }).then(expectOk);
    await getDb().member.updateMany({ where: { userId: ben.ctx.actor.userId }, data: { role } });
    const propose = async () => {
      const { action_run_id: runId } = await proposeOk(workspace, { action: "pay", payload: { amount: "5" } });
      await drainJobs();
      return runId;
    };
    return { ann, ben, propose };
  }

  test("has a colleague asked too, who decides in their own name", async () => {
    const { ann, ben, propose } = await annAndBen();
    const runId = await propose();
    expect(await mailsOf(runId)).toEqual([`first ${ann.email} sent`, `delegation ${ben.email} sent`]);
    const { html, text, links } = await newestMail(ben.email);
    for (const part of [text, html.replace(/<[^>]+>/g, "")])
      expect(part).toContain(`You’re asked on behalf of ${ann.email}, who is out of office until `);
    const token = new URL(links[0] ?? "").pathname.split("/").at(-1) ?? "";
    expect(await getDecisionByToken(visitorContext(), token)).toMatchObject({
      ok: true,
      decision: { standsInFor: { email: ann.email }, askedEmails: [ann.email, ben.email] },
    });

    await passApprovalTime(runId, 51);
    await workersLook();
    expect((await mailsOf(runId)).slice(2)).toEqual([`reminder ${ann.email} queued`, `reminder ${ben.email} queued`]);
    await drainJobs();
    expect((await newestMail(ben.email)).text).toContain(`You’re asked on behalf of ${ann.email}`);

    const { run } = expectOk(await decideByLink(visitorContext(), token, { decision: "approve", comment: null, confirm: true }));
    expect(run.decidedBy).toBe(ben.email);
  });

  test("is asked alone when the colleague may not decide here, and when the absence is over", async () => {
    const { ann, ben, propose } = await annAndBen("viewer");
    expect(await mailsOf(await propose())).toEqual([`first ${ann.email} sent`]);
    await getDb().member.updateMany({ where: { userId: ben.ctx.actor.userId }, data: { role: "admin" } });
    expectOk(await endAbsence(asUser(ann)));
    expect(await mailsOf(await propose())).toEqual([`first ${ann.email} sent`]);
  });

  test("hands over to colleagues who may decide only, and not for the past", async () => {
    const [ann, viewer, stranger] = [
      await makePerson(workspace, "approver"),
      await makePerson(workspace, "viewer"),
      await makePerson(await makeWorkspace(), "owner"),
    ];
    const away = { startsAt: new Date(Date.now() - 2 * DAY_MS), endsAt: new Date(Date.now() + DAY_MS) };
    for (const { ctx } of [viewer, stranger, ann]) {
      expect(await setAbsence(asUser(ann), { colleagueId: ctx.actor.userId, ...away })).toMatchObject({
        ok: false,
        fields: { errors: [{ path: "colleagueId" }] },
      });
    }
    const { ctx } = await makePerson(workspace, "approver");
    expect(await setAbsence(asUser(ann), { colleagueId: ctx.actor.userId, ...away, endsAt: new Date(Date.now() - DAY_MS) })).toMatchObject({
      ok: false,
      fields: { errors: [{ path: "endsAt" }] },
    });
  });
});

describe("sending the mail again", () => {
  test("mails each approver once, however often it is pressed, and says so when the month's mails are used up", async () => {
    const runId = await makeRun(workspace, "always_require_approval", { approverEmails: ["ann@example.com", "ben@example.com"] });
    const { ctx } = await makePerson(workspace, "developer");
    const again = () => askAgain(ctx, { runId, email: null });
    expect(await again()).toMatchObject({ ok: false, code: "too_many_attempts" });
    await getDb()
      .$executeRaw`UPDATE email_deliveries SET created_at = created_at - interval '6 minutes' WHERE run_id = ${runId}::uuid AND to_email = 'ann@example.com'`;
    const outcomes = await atOnce(5, again);
    expect(outcomes.filter(({ ok }) => ok)).toEqual([{ ok: true, mailed: ["ann@example.com"] }]);
    expect(await mailsOf(runId)).toEqual(["first ann@example.com queued", "first ben@example.com queued", "resend ann@example.com queued"]);

    await expect(makePerson(workspace, "viewer").then(({ ctx: viewer }) => askAgain(viewer, { runId, email: null }))).rejects.toThrow(
      "not permitted: run.ask",
    );
    const other = await makePerson(await makeWorkspace(), "owner");
    expect(await askAgain(other.ctx, { runId, email: null })).toMatchObject({ ok: false, code: "run_not_found" });

    const poor = await makeWorkspace({ plan: "free", limits: { emailsPerMonth: 1 } });
    const last = await makeRun(poor, "always_require_approval");
    await getDb().$executeRaw`UPDATE email_deliveries SET created_at = created_at - interval '6 minutes' WHERE run_id = ${last}::uuid`;
    const { ctx: owner } = await makePerson(poor, "owner");
    expect(await askAgain(owner, { runId: last, email: null })).toMatchObject({ ok: false, code: "monthly_email_limit" });
    expect(await getDb().emailDelivery.count({ where: { runId: last } })).toBe(1);
  });
});
