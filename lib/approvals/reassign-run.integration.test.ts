import { beforeEach, describe, expect, test } from "vitest";
import { getRunStory } from "@/lib/action-runs/show/get-run-story";
import { runTimeline } from "@/lib/action-runs/show/run-timeline";
import { memberContext, operatorContext, systemContext, visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { formatInstant } from "@/lib/domain/time/format-instant";
import { readRunDocument } from "@/lib/receipts/document/get-receipt-document";
import { NotPermitted } from "@/lib/security/not-permitted";
import { APPROVE, makeDecider, requestOf, waitingFor } from "@/lib/testing/deciders";
import { drainJobs, mailedToken, newestMail } from "@/lib/testing/drain-jobs";
import {
  expectOk,
  linkToken,
  makeAction,
  makePerson,
  makeWorkspace,
  passApprovalTime,
  proposeOk,
  type TestWorkspace,
} from "@/lib/testing/factories";
import { askApprover } from "./ask-approver";
import { askReassigned } from "./ask-reassigned";
import { decideByLink } from "./decide-by-link";
import { decideRun } from "./decide-run";
import { getDecisionByToken } from "./get-decision-by-token";
import { getMemberRequests, getReassignmentChoices } from "./get-reassignment-choices";
import { reassignAll, reassignRun } from "./reassign-run";
import { takeDueApprovalSteps } from "./take-approval-steps";

const ANN = "ann@example.com";

let workspace: TestWorkspace;
let ben: Awaited<ReturnType<typeof makeDecider>>;
beforeEach(async () => {
  workspace = await makeWorkspace();
  ben = await makeDecider(workspace, "approver");
  await makeAction(workspace, { name: "pay", approverEmails: [ANN] });
});

const propose = async (action = "pay", payload = { amount: 5 }) => (await proposeOk(workspace, { action, payload })).action_run_id;
const reassign = (runId: string, to = ben.email, from = ANN) => reassignRun(workspace.ctx, { runId, from, to });
const mailsOf = async (runId: string) =>
  (await getDb().emailDelivery.findMany({ where: { runId }, orderBy: { id: "asc" } })).map(
    ({ toEmail, status, notSentReason, askReason }) => [toEmail, status, notSentReason, askReason],
  );

describe("a request that is reassigned", () => {
  test("is the other person's: they are emailed and decide, and the old link says to whom and when", async () => {
    const runId = await propose();
    const old = await linkToken(runId);
    expect(expectOk(await reassign(runId))).toEqual({ ok: true, reassigned: 1 });

    const [reassignment] = await getDb().reassignment.findMany({ where: { runId } });
    const at = reassignment?.createdAt ?? new Date(0);
    const gone = {
      code: "link_withdrawn",
      detail: `This request was reassigned to ${ben.email} on ${formatInstant(at)}. This link no longer works.`,
      fields: { reason: "reassigned", reassigned_to: ben.email, reassigned_at: at.toISOString() },
    };
    expect(await getDecisionByToken(visitorContext(), old)).toMatchObject(gone);
    expect(await decideByLink(visitorContext(), old, APPROVE)).toMatchObject(gone);
    expect(await decideRun(operatorContext(workspace.workspaceId, ANN), { runId, decision: "approve", comment: null })).toMatchObject({
      code: "run_not_found",
    });
    expect((await requestOf(runId)).approverEmails).toEqual([ben.email]);
    expect(await waitingFor(ben.user)).toEqual([runId]);

    const mail = await newestMail(ben.email);
    expect(mail.text).toContain(`This request was reassigned to you from ${ANN}.`);
    expect(await mailsOf(runId)).toEqual([
      [ANN, "not_sent", "withdrawn", null],
      [ben.email, "sent", null, "reassignment"],
    ]);
    const token = await mailedToken(ben.email);
    expect(expectOk(await getDecisionByToken(visitorContext(), token)).decision).toMatchObject({ takenOverFrom: ANN });
    expectOk(await decideByLink(visitorContext(), token, APPROVE));

    const story = await getRunStory(workspace.ctx, runId);
    const steps = story ? runTimeline(story).map(({ title, rest }) => `${title} ${rest}`) : [];
    expect(steps).toContain(`Reassigned to ${ben.email} from ${ANN}, by ${workspace.ownerEmail}`);
    expect(steps.find((step) => step.startsWith("Policy required"))).toContain(`asked ${ANN}`);
    expect((await readRunDocument(workspace.ctx, runId))?.reassignments).toEqual([{ from: ANN, to: ben.email, at }]);
    expect(await getDb().auditEvent.findMany({ where: { subjectId: runId, verb: "run.reassigned" } })).toMatchObject([
      { actorType: "operator", data: { from: ANN, to: ben.email, by: workspace.ownerEmail } },
    ]);
  });

  test("reminds the other person only, and nobody asks the first one again while someone is asked", async () => {
    await makeAction(workspace, { name: "send", approverEmails: [ANN, "chi@example.com"], escalationEmails: [ANN, "dot@example.com"] });
    const runId = await propose("send");
    expectOk(await reassign(runId));
    await drainJobs();
    await passApprovalTime(runId, 95);
    await takeDueApprovalSteps(systemContext(null));
    const later = (await mailsOf(runId)).slice(2).map(([to, , , reason]) => [to, reason]);
    expect(later).toEqual([
      [ben.email, "reassignment"],
      ["chi@example.com", "reminder"],
      [ben.email, "reminder"],
      ["dot@example.com", "escalation"],
    ]);
    const ctx = systemContext(workspace.workspaceId);
    expect(await askApprover(ctx, { runId, email: ANN, reason: "bounce" })).toMatchObject({ code: "not_permitted" });
  });

  test("can be passed back, and then a new link of the first person works", async () => {
    const runId = await propose();
    const old = await linkToken(runId);
    expectOk(await reassign(runId));
    expectOk(await reassignRun(memberOf(ben), { runId, from: ben.email, to: ANN }));
    await drainJobs();
    expect(await getDecisionByToken(visitorContext(), old)).toMatchObject({
      code: "link_withdrawn",
      detail: "This request was reassigned to you again. Use the link in your latest email.",
    });
    expectOk(await decideByLink(visitorContext(), await mailedToken(ANN), APPROVE));
  });

  test("is emailed once, however often the job runs, and not after it was passed on again", async () => {
    const chi = await makeDecider(workspace, "approver");
    const runId = await propose();
    expectOk(await reassign(runId));
    const first = await getDb().reassignment.findFirstOrThrow({ where: { runId } });
    await drainJobs();
    await askReassigned(systemContext(workspace.workspaceId), first.id);
    expect((await mailsOf(runId)).filter(([to]) => to === ben.email)).toHaveLength(1);

    const other = await propose();
    expectOk(await reassign(other));
    expectOk(await reassign(other, chi.email, ben.email));
    await drainJobs();
    expect((await mailsOf(other)).map(([to]) => to)).toEqual([ANN, chi.email]);
  });
});

const memberOf = (person: { email: string; userId: string }) => memberContext(person, workspace.workspaceId);

describe("who can reassign, and to whom", () => {
  test("owners and admins reassign anyone's request, others only their own", async () => {
    const people = await Promise.all((["admin", "developer", "approver", "viewer"] as const).map((role) => makePerson(workspace, role)));
    for (const [index, { ctx, email }] of people.entries()) {
      const others = await propose();
      const attempt = reassignRun(ctx, { runId: others, from: ANN, to: ben.email });
      if (index === 0) expectOk(await attempt);
      else await expect(attempt).rejects.toThrow(NotPermitted);
      const own = await propose();
      expectOk(await askApprover(systemContext(workspace.workspaceId), { runId: own, email, reason: "escalation" }));
      expectOk(await reassignRun(ctx, { runId: own, from: email, to: ben.email }));
      // Now it isn't theirs to reassign.
      if (index > 0) await expect(reassignRun(ctx, { runId: own, from: ben.email, to: email })).rejects.toThrow(NotPermitted);
    }
  });

  test("strangers, viewers, the key's maker under four eyes and the person themself take nothing over", async () => {
    const viewer = await makePerson(workspace, "viewer");
    const runId = await propose();
    expect(await reassign(runId, "stranger@example.com")).toMatchObject({ code: "not_permitted" });
    expect(await reassign(runId, viewer.email)).toMatchObject({ code: "not_permitted" });
    expect(await reassign(runId, "Ann+more@example.com")).toMatchObject({ code: "validation_failed" });
    expect(await reassign(runId, ben.email, "nobody@example.com")).toMatchObject({ code: "validation_failed" });
    expect(await reassignRun((await makeWorkspace()).ctx, { runId, from: ANN, to: ben.email })).toMatchObject({ code: "run_not_found" });

    await makeAction(workspace, { name: "careful", approverEmails: [ANN, "out@example.com"], requiresFourEyes: true });
    const careful = await propose("careful");
    expect(await reassign(careful, workspace.ownerEmail)).toMatchObject({ code: "four_eyes" });
    // An address that the action lists may be asked, though it belongs to no member.
    expectOk(await reassign(careful, "out@example.com"));
    expect(await getDb().reassignment.count({ where: { runId } })).toBe(0);
  });

  test("nothing is reassigned that is decided, expired or passed on already", async () => {
    const [decided, passedOn] = [await propose(), await propose()];
    expectOk(await decideRun(workspace.ctx, { runId: decided, decision: "block", comment: null }));
    expect(await reassign(decided)).toMatchObject({ code: "already_decided", fields: { decided_by: workspace.ownerEmail } });
    expectOk(await reassign(passedOn));
    expect(await reassign(passedOn)).toMatchObject({ code: "validation_failed" });
    const overdue = await propose();
    await passApprovalTime(overdue, 101);
    expect(await reassign(overdue)).toMatchObject({ code: "already_decided" });
  });

  test("the choices offered are exactly those that are accepted", async () => {
    await makePerson(workspace, "viewer");
    const admin = await makePerson(workspace, "admin");
    await makeAction(workspace, { name: "careful", approverEmails: [ANN, "out@example.com"], requiresFourEyes: true });
    for (const action of ["pay", "careful"]) {
      const runId = await propose(action);
      const { choices } = await getReassignmentChoices(admin.ctx, { runId });
      expect(choices.from[0]).toBe(ANN);
      const everyone = [ANN, "out@example.com", workspace.ownerEmail, admin.email, ben.email, "stranger@example.com"];
      const accepted: string[] = [];
      for (const to of everyone) {
        if (to !== ANN && (await reassign(runId, to)).ok) {
          accepted.push(to);
          expectOk(await reassign(runId, ANN, to));
        }
      }
      expect(
        choices.to
          .map(({ email }) => email)
          .filter((email) => email !== ANN)
          .sort(),
      ).toEqual(accepted.sort());
    }
    const own = await getReassignmentChoices(memberOf(ben), { runId: await propose() });
    expect(own.choices).toEqual({ from: [], to: [] });
  });
});

describe("identical requests, which are shown as one", () => {
  test("are reassigned together, and no other", async () => {
    const [first, second, third, other] = [await propose(), await propose(), await propose(), await propose()];
    expectOk(await reassign(third, workspace.ownerEmail));
    const together = { runId: first, identicalIds: [second, third], from: ANN, to: ben.email };
    // The third is no longer Ann's.
    expect(expectOk(await reassignRun(workspace.ctx, together)).reassigned).toBe(2);
    const asked = await Promise.all([first, second, third, other].map(async (runId) => (await requestOf(runId)).approverEmails));
    expect(asked).toEqual([[ben.email], [ben.email], [workspace.ownerEmail], [ANN]]);
  });
});

describe("all requests of one person", () => {
  test("are reassigned in batches; what the other can't take over stays", async () => {
    await makeAction(workspace, { name: "careful", approverEmails: [ANN], requiresFourEyes: true });
    for (let n = 0; n < 230; n++) await propose("pay", { amount: n });
    const kept = await propose("careful");
    const outcome = expectOk(await reassignAll(workspace.ctx, { from: ANN, to: workspace.ownerEmail }));
    expect(outcome).toEqual({ ok: true, reassigned: 230, remaining: 1 });
    expect((await requestOf(kept)).approverEmails).toEqual([ANN]);
    expect(await reassignAll(workspace.ctx, { from: ANN, to: workspace.ownerEmail })).toMatchObject({ code: "not_permitted" });
    expect(await reassignAll(workspace.ctx, { from: "nobody@example.com", to: ben.email })).toMatchObject({ code: "not_found" });
    const owner = await getDb().user.findUniqueOrThrow({ where: { email: workspace.ownerEmail } });
    const seen = {
      runs: 230,
      to: [
        { email: ANN, runs: 230 },
        { email: ben.email, runs: 230 },
      ],
    };
    const { to, runs } = expectOk(await getMemberRequests(memberOf({ userId: owner.id, email: owner.email }), { userId: owner.id }));
    expect({ runs, to: to.map(({ email, runs: able }) => ({ email, runs: able })).sort((a, b) => a.email.localeCompare(b.email)) }).toEqual(
      seen,
    );
  });
});
