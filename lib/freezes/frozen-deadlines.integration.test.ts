import { beforeEach, describe, expect, test } from "vitest";
import { decideRun, expireRun } from "@/lib/approvals/decide-run";
import { expireOverdueRuns } from "@/lib/approvals/expire-overdue-runs";
import { getDecisionByToken } from "@/lib/approvals/get-decision-by-token";
import { lapseApprovals } from "@/lib/approvals/lapse-approvals";
import { listWaiting } from "@/lib/approvals/list-waiting";
import { takeDueApprovalSteps } from "@/lib/approvals/take-approval-steps";
import { accountContext, systemContext, visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { MINUTE_MS } from "@/lib/domain/time/units";
import { endApprovalWindow, expectOk, linkToken, passApprovalTime, type TestWorkspace } from "@/lib/testing/factories";
import { ageAsked, ageFreeze, ask, endFreeze, freeze, makePayingWorkspace, readStatus } from "@/lib/testing/freezes";

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await makePayingWorkspace();
});

const readRun = (id: string) =>
  getDb().actionRun.findUniqueOrThrow({ where: { id }, include: { approvalRequest: { include: { links: true } } } });
const system = () => systemContext(null);

describe("time", () => {
  test("stands still: nothing expires, nobody is reminded, no approval lapses; a deadline that had passed stays passed", async () => {
    const [pending, late] = [await ask(workspace), await ask(workspace)];
    const approved = await ask(workspace);
    expectOk(await decideRun(workspace.ctx, { runId: approved, decision: "approve", comment: null }));
    await passApprovalTime(pending, 40);
    await endApprovalWindow(late);
    const freezeId = await freeze(workspace);
    // Three days later.
    for (const runId of [pending, late, approved]) await ageAsked(runId, 3 * 1440);
    await ageFreeze(freezeId, 3 * 1440);
    const mails = () => getDb().emailDelivery.count({ where: { runId: pending } });
    const sent = await mails();
    await takeDueApprovalSteps(system());
    await expireOverdueRuns(system());
    await lapseApprovals(system());
    expect(await expireRun(systemContext(workspace.workspaceId), pending)).toMatchObject({ ok: false });
    expect(await mails()).toBe(sent);
    expect(await readStatus(workspace, pending)).toMatchObject({ governance_status: "pending_approval" });
    expect(await readStatus(workspace, approved)).toMatchObject({ governance_status: "approved" });
    expect((await readRun(pending)).expiresAt?.getTime()).toBeLessThan(Date.now());
    expect(await getDecisionByToken(visitorContext(), await linkToken(pending))).toMatchObject({ ok: true });
    const owner = await getDb().user.findUniqueOrThrow({ where: { email: workspace.ownerEmail } });
    expect((await listWaiting(accountContext(owner, getDb()), { limit: 10 })).runs.map(({ runId }) => runId)).toEqual([pending]);

    const before = [await readRun(pending), await readRun(approved)] as const;
    await endFreeze(workspace, freezeId);
    const after = [await readRun(pending), await readRun(approved)] as const;
    const { frozenAt, thawedAt } = await getDb().freeze.findUniqueOrThrow({ where: { id: freezeId } });
    const stood = (thawedAt?.getTime() ?? 0) - frozenAt.getTime();
    expect(stood).toBeGreaterThan(3 * 1440 * MINUTE_MS);
    const moved = (then: Date | null | undefined, now: Date | null | undefined) => (now?.getTime() ?? 0) - (then?.getTime() ?? 0);
    expect([
      moved(before[0].expiresAt, after[0].expiresAt),
      moved(before[0].approvalRequest?.expiresAt, after[0].approvalRequest?.expiresAt),
      moved(before[0].approvalRequest?.links[0]?.expiresAt, after[0].approvalRequest?.links[0]?.expiresAt),
      moved(before[0].approvalRequest?.nextStepAt, after[0].approvalRequest?.nextStepAt),
      Number(after[0].approvalRequest?.stoodStillMs),
      moved(before[1].approvalValidUntil, after[1].approvalValidUntil),
    ]).toEqual([stood, stood, stood, stood, stood, stood]);
    // Half of the window has not passed yet: the reminder is still to come.
    await takeDueApprovalSteps(system());
    expect(await mails()).toBe(sent);
    const jobs = await getDb().$queryRaw<{ run_at: Date }[]>`
      SELECT run_at FROM graphile_worker._private_jobs WHERE payload ->> 'runId' = ${pending}`;
    expect(jobs.map((job) => job.run_at)).toContainEqual(after[0].expiresAt);
    expect(await readStatus(workspace, late)).toMatchObject({ governance_status: "rejected", governance_reason: "approval_expired" });
  });

  test("is given back once where freezes overlap, whichever is thawed first", async () => {
    const runId = await ask(workspace);
    const [outer, inner] = [await freeze(workspace), await freeze(workspace, { actionName: "ask" })];
    await ageFreeze(outer, 50);
    await ageFreeze(inner, 30);
    await ageAsked(runId, 50);
    const { expiresAt: before } = await readRun(runId);
    const first = await endFreeze(workspace, outer);
    const { expiresAt: between } = await readRun(runId);
    const last = await endFreeze(workspace, inner);
    const { expiresAt: after } = await readRun(runId);
    const started = (await getDb().freeze.findUniqueOrThrow({ where: { id: outer } })).frozenAt;
    const from = started.getTime();
    expect([(between?.getTime() ?? 0) - (before?.getTime() ?? 0), (after?.getTime() ?? 0) - (before?.getTime() ?? 0)]).toEqual([
      first.getTime() - from,
      last.getTime() - from,
    ]);
  });
});
