import { beforeAll, describe, expect, test } from "vitest";
import { withdrawApprover } from "@/lib/approvers/withdraw-approver";
import { operatorContext, systemContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { approveByLink, makeDecider, requestOf, statusOf } from "@/lib/testing/deciders";
import { drainJobs } from "@/lib/testing/drain-jobs";
import { expectOk, makeRun, makeWorkspace, passApprovalTime, type TestWorkspace } from "@/lib/testing/factories";
import { askApprover } from "./ask-approver";
import { decideRun } from "./decide-run";
import { decideWaitingRun } from "./decide-waiting-run";
import { handOverRequest } from "./hand-over-request";
import { readApprovals } from "./read-approvals";
import { reassignRun } from "./reassign-run";
import { takeDueApprovalSteps } from "./take-approval-steps";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
});

/** A run that needs two of these people. */
const ask = (approverEmails: string[], action = {}) =>
  makeRun(workspace, "always_require_approval", { approverEmails, approvals: 2, ...action });
/** As the operator decides for whoever they name, whatever the spelling. */
const approveAs = (runId: string, email: string) =>
  decideRun(operatorContext(workspace.workspaceId, email), { runId, decision: "approve", comment: null });
const given = async (runId: string) => (await readApprovals(workspace.ctx, [runId])).get(runId)?.by;

const away = ({ userId }: { userId: string }, colleague: { userId: string }) =>
  getDb().absence.create({
    data: { userId, colleagueId: colleague.userId, startsAt: new Date(Date.now() - 1000), endsAt: new Date("2100-01-01") },
  });
const reassign = async (runId: string, from: string, to: string) =>
  expectOk(await reassignRun(operatorContext(workspace.workspaceId, null), { runId, from, to }));

/** Ann is away, so her delegate is asked too: one of them, and Ben. */
async function askWithDelegate() {
  const [ann, delegate] = [await makeDecider(workspace, "approver"), await makeDecider(workspace, "approver")];
  await away(ann, delegate);
  const runId = await ask([ann.email, "ben@example.com"]);
  // By a job.
  await handOverRequest(workspace.ctx, (await requestOf(runId)).id);
  return { ann, delegate, runId };
}

describe("nobody counts twice", () => {
  test("by one link used twice, or by the link and the console", async () => {
    const ann = await makeDecider(workspace, "approver");
    const runId = await ask([ann.email, "ben@example.com"]);
    expectOk(await approveByLink(runId, ann.email));
    expect(await approveByLink(runId, ann.email)).toMatchObject({ code: "already_approved" });
    expect(await decideWaitingRun(ann.user, { runId, decision: "approve", comment: null, isConfirmed: true })).toMatchObject({
      code: "already_approved",
    });
    expect(await given(runId)).toEqual([ann.email]);
  });

  test.each(["ann+work@example.com", "Ann@example.com", "ANN+x@Example.com"])("by another address of hers: %s", async (other) => {
    const runId = await ask(["ann@example.com", "ben@example.com"]);
    // Asked at both, as after a reassignment or a resent email.
    await getDb().approvalRequest.updateMany({ where: { runId }, data: { approverEmails: ["ann@example.com", other, "ben@example.com"] } });
    expectOk(await approveByLink(runId, "ann@example.com"));
    expect((await requestOf(runId)).approverEmails).toEqual(["ben@example.com"]);
    expect(await approveAs(runId, other)).toMatchObject({ code: "already_approved" });
    expect(await askApprover(workspace.ctx, { runId, email: other, reason: "resend" })).toMatchObject({ code: "already_approved" });
    expect(await statusOf(runId)).toBe("pending_approval");
  });

  test("as a stand-in for someone who then answers too, in either order", async () => {
    for (const isStandInFirst of [true, false]) {
      const { ann, delegate: colleague, runId } = await askWithDelegate();
      expect((await requestOf(runId)).approverEmails).toEqual([ann.email, "ben@example.com", colleague.email]);
      const [first, second] = isStandInFirst ? [colleague, ann] : [ann, colleague];
      expectOk(await approveByLink(runId, first.email));
      expect((await approveByLink(runId, second.email)).ok).toBe(false);
      expect(await given(runId)).toEqual([first.email]);
      expect(await getDb().vote.findFirst({ where: { runId } })).toMatchObject({ voter: first.email, place: ann.email });
      expectOk(await approveByLink(runId, "ben@example.com"));
      expect(await statusOf(runId)).toBe("approved");
    }
  });

  test.each(["the delegate first", "the successor first"])(
    "as the delegate of someone whose request was reassigned, and its successor: %s",
    async (order) => {
      const { ann, delegate, runId } = await askWithDelegate();
      const [chi, dan] = [await makeDecider(workspace, "approver"), await makeDecider(workspace, "approver")];
      await reassign(runId, ann.email, chi.email);
      // And on to one more.
      await reassign(runId, chi.email, dan.email);
      const [first, second] = order === "the delegate first" ? [delegate, dan] : [dan, delegate];
      expectOk(await approveAs(runId, first.email));
      expect((await requestOf(runId)).approverEmails).toEqual(["ben@example.com"]);
      expect((await approveAs(runId, second.email)).ok).toBe(false);
      expect(await getDb().vote.findMany({ where: { runId } })).toMatchObject([{ voter: first.email, place: ann.email }]);
      expectOk(await approveByLink(runId, "ben@example.com"));
      expect(await statusOf(runId)).toBe("approved");
    },
  );

  test("as someone to whom a delegate's request was reassigned, and whoever is away", async () => {
    const { ann, delegate, runId } = await askWithDelegate();
    const chi = await makeDecider(workspace, "approver");
    await reassign(runId, delegate.email, chi.email);
    expectOk(await approveAs(runId, chi.email));
    expect((await approveAs(runId, ann.email)).ok).toBe(false);
    expect(await given(runId)).toEqual([chi.email]);
  });

  test("after a request went back to its first approver", async () => {
    const { ann, delegate, runId } = await askWithDelegate();
    const chi = await makeDecider(workspace, "approver");
    await reassign(runId, ann.email, chi.email);
    await reassign(runId, chi.email, ann.email);
    expectOk(await approveAs(runId, ann.email));
    expect((await approveAs(runId, delegate.email)).ok).toBe(false);
    expect(await given(runId)).toEqual([ann.email]);
  });

  test("as an escalation contact and their delegate", async () => {
    const [boss, delegate] = [await makeDecider(workspace, "approver"), await makeDecider(workspace, "approver")];
    const runId = await ask(["ann@example.com", "ben@example.com"], { escalationEmails: [boss.email] });
    await away(boss, delegate);
    await passApprovalTime(runId, 99);
    await takeDueApprovalSteps(systemContext(null));
    expect((await requestOf(runId)).approverEmails).toEqual(["ann@example.com", "ben@example.com", boss.email, delegate.email]);
    expectOk(await approveAs(runId, boss.email));
    expect((await approveAs(runId, delegate.email)).ok).toBe(false);
    expect(await statusOf(runId)).toBe("pending_approval");
  });

  test("by having the request of someone else reassigned to them", async () => {
    const [ann, ben] = [await makeDecider(workspace, "approver"), await makeDecider(workspace, "approver")];
    const runId = await ask([ann.email, ben.email]);
    expectOk(await approveByLink(runId, ann.email));
    expect(await reassignRun(operatorContext(workspace.workspaceId, null), { runId, from: ben.email, to: ann.email })).toMatchObject({
      ok: false,
    });
    expect((await requestOf(runId)).approverEmails).toEqual([ben.email]);
  });

  test("nor is a request reassigned to someone in whose place it was approved, who could not answer it", async () => {
    const { ann, delegate, runId } = await askWithDelegate();
    expectOk(await approveAs(runId, delegate.email));
    for (const to of [ann.email, ann.email.replace("@", "+2@"), delegate.email]) {
      expect((await reassignRun(operatorContext(workspace.workspaceId, null), { runId, from: "ben@example.com", to })).ok).toBe(false);
      expect((await requestOf(runId)).approverEmails).toEqual(["ben@example.com"]);
    }
    expectOk(await approveAs(runId, "ben@example.com"));
    expect(await statusOf(runId)).toBe("approved");
  });

  test("in two stages", async () => {
    const [ann, ben] = [await makeDecider(workspace, "approver"), await makeDecider(workspace, "approver")];
    const runId = await makeRun(workspace, "always_require_approval", {
      approverEmails: [ann.email],
      laterStages: [{ approvals: 1, people: [ben.email] }],
    });
    expectOk(await approveByLink(runId, ann.email));
    // However the second stage comes to ask the first one again.
    await getDb().approvalRequest.updateMany({ where: { runId }, data: { approverEmails: [ben.email, ann.email] } });
    expect(await approveByLink(runId, ann.email)).toMatchObject({ code: "already_approved" });
    expect(await statusOf(runId)).toBe("pending_approval");
  });

  test("not even once whoever made the key, where self-approval is prevented, in any stage", async () => {
    const maker = workspace.ownerEmail;
    const runId = await ask([maker, "ben@example.com", "chi@example.com"], { requiresFourEyes: true });
    expect(await approveByLink(runId, maker)).toMatchObject({ code: "four_eyes" });
    expectOk(await approveByLink(runId, "ben@example.com"));
    expect(await approveByLink(runId, maker)).toMatchObject({ code: "four_eyes" });
    // Switched on after a yes: it counts no longer, and someone else is asked.
    const other = await ask([maker, "ben@example.com"]);
    expectOk(await approveByLink(other, maker));
    await getDb().registeredAction.updateMany({ where: { workspaceId: workspace.workspaceId }, data: { requiresFourEyes: true } });
    expect(await given(other)).toEqual([]);
    expect(await getDb().vote.findFirstOrThrow({ where: { runId: other } })).toMatchObject({ voter: maker, revokedReason: "not_counted" });
    expect(await getDb().vote.count({ where: { runId, revokedAt: null } })).toBe(1);
    await drainJobs();
    // The maker can still reject it.
    expect((await requestOf(other)).approverEmails).toEqual(["ben@example.com", maker]);
    expectOk(await approveAs(other, "ben@example.com"));
    expect(await statusOf(other)).toBe("pending_approval");
    await getDb().registeredAction.updateMany({ where: { workspaceId: workspace.workspaceId }, data: { requiresFourEyes: false } });
  });

  test("and an approval ends with its person's right, so that someone else is asked", async () => {
    const runId = await ask(["ann@example.com", "ben@example.com"]);
    expectOk(await approveByLink(runId, "ann@example.com"));
    await withdrawApprover(workspace.ctx, { email: "Ann@example.com", reason: "left" });
    await getDb().registeredAction.updateMany({
      where: { workspaceId: workspace.workspaceId, runs: { some: { id: runId } } },
      data: { approverEmails: ["dan@example.com", "ben@example.com"] },
    });
    await drainJobs();
    expect(await given(runId)).toEqual([]);
    expect((await requestOf(runId)).approverEmails).toEqual(expect.arrayContaining(["ben@example.com", "dan@example.com"]));
    expect((await requestOf(runId)).approverEmails).not.toContain("ann@example.com");
  });
});
