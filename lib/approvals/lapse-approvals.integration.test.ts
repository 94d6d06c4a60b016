import { beforeAll, describe, expect, test } from "vitest";
import { settleRun } from "@/lib/action-runs/execute/settle-run";
import { getWaiting } from "@/lib/action-runs/list/get-waiting";
import { listRuns } from "@/lib/action-runs/list/list-runs";
import { getRunStatus } from "@/lib/action-runs/status/get-run-status";
import { systemContext, visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { readRevocationBody } from "@/lib/domain/log/read-receipt-body";
import type { NewAction } from "@/lib/registered-actions/schema";
import {
  asSdk,
  claim,
  claimOk,
  endApprovalValidity,
  endLease,
  expectOk,
  makeAction,
  makeRun,
  makeWorkspace,
  proposeOk,
  report,
  type TestWorkspace,
} from "@/lib/testing/factories";
import { decideRun } from "./decide-run";
import { lapseApproval, lapseApprovals } from "./lapse-approvals";
import { revokeApproval } from "./revoke-approval";
import { withdrawRun } from "./withdraw-run";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
});

const readRun = (id: string) => getDb().actionRun.findUniqueOrThrow({ where: { id }, include: { revocation: true, receipts: true } });
const lapse = (runId: string) => lapseApproval(systemContext(workspace.workspaceId), runId);
const statusOf = async (runId: string) => expectOk(await getRunStatus(visitorContext(), workspace.credentials, runId)).answer;

async function approved(action: Partial<NewAction> = {}): Promise<string> {
  const runId = await makeRun(workspace, "always_require_approval", action);
  expectOk(await decideRun(workspace.ctx, { runId, decision: "approve", comment: null }));
  return runId;
}

describe("how long an approval is valid", () => {
  test.each([
    [{}, 1440],
    [{ approvalValidMinutes: 90 }, 90],
    [{ approvalValidMinutes: null }, null],
  ])("is what its action says from the decision on: %o", async (action, minutes) => {
    const { decidedAt, approvalValidUntil } = await readRun(await approved(action));
    expect(approvalValidUntil?.getTime() ?? null).toBe(minutes === null || !decidedAt ? null : decidedAt.getTime() + minutes * 60_000);
  });

  test("is not said of what a policy allowed, and stays what it was when the action is changed", async () => {
    expect((await readRun(await makeRun(workspace, "always_allow"))).approvalValidUntil).toBeNull();
    const runId = await approved();
    const { actionId, approvalValidUntil } = await readRun(runId);
    await getDb().registeredAction.update({ where: { id: actionId ?? "" }, data: { approvalValidMinutes: 5 } });
    expect((await readRun(runId)).approvalValidUntil).toEqual(approvalValidUntil);
    expect((await statusOf(runId)).approval_valid_until).toBe(approvalValidUntil?.toISOString());
  });

  test("has no end for an action of before, whose row says nothing", async () => {
    const runId = await makeRun(workspace, "always_require_approval");
    const { actionId } = await readRun(runId);
    await getDb().$executeRaw`UPDATE registered_actions SET approval_valid_minutes = NULL WHERE id = ${actionId}::uuid`;
    expectOk(await decideRun(workspace.ctx, { runId, decision: "approve", comment: null }));
    await endApprovalValidity(runId);
    expect(await lapse(runId)).toBe(false);
    expect((await statusOf(runId)).executable).toBe(true);
  });
});

describe("an approval that nobody collected", () => {
  test("is not executable from its end on, before anyone has written that down", async () => {
    const runId = await approved();
    expect((await statusOf(runId)).executable).toBe(true);
    await endApprovalValidity(runId);
    expect(await statusOf(runId)).toMatchObject({ governance_status: "approved", executable: false, claimed: false });
    expect(await claim(workspace, runId)).toMatchObject({ code: "not_executable" });
    expect(await asSdk(workspace, (ctx) => withdrawRun(ctx, { runId, reason: "r" }))).toMatchObject({ code: "already_decided" });
    expect(await revokeApproval(workspace.ctx, { runId, comment: null })).toMatchObject({ code: "already_decided" });
  });

  test("lapses once, with a receipt, and its owners get an email each", async () => {
    const runId = await approved();
    expect(await lapse(runId)).toBe(false);
    await endApprovalValidity(runId);
    expect([await lapse(runId), await lapse(runId)]).toEqual([true, false]);
    const run = await readRun(runId);
    expect(run).toMatchObject({
      governanceStatus: "rejected",
      governanceReason: "approval_lapsed",
      executionStatus: "not_executed",
      decidedBy: null,
      revocation: { reason: "approval_lapsed", channel: "expiry", revokedBy: null, revokedStatus: "approved" },
    });
    const receipt = run.receipts.find(({ kind }) => kind === "revocation");
    expect(readRevocationBody(receipt?.body ?? "")).toMatchObject({ reason: "approval_lapsed", channel: "expiry", revoked_by: null });
    const mails = await getDb().emailDelivery.findMany({ where: { runId, kind: "uncollected_notice" } });
    expect(mails).toMatchObject([{ toEmail: workspace.ownerEmail, status: "queued" }]);
    expect(await getDb().auditEvent.findMany({ where: { subjectId: runId, verb: "run.approval_lapsed" } })).toMatchObject([
      { actorType: "system", data: { by: null, channel: "expiry" } },
    ]);
  });

  test("is found by the sweep, by the filter and in the overview, and by nobody else's", async () => {
    const [lapsed, valid] = [await approved(), await approved()];
    await endApprovalValidity(lapsed);
    await lapseApprovals(systemContext(null));
    expect((await readRun(lapsed)).governanceReason).toBe("approval_lapsed");
    expect((await readRun(valid)).governanceStatus).toBe("approved");
    const order = { sort: "created", direction: "desc", limit: 100 } as const;
    const ids = (await listRuns(workspace.ctx, { endings: ["approval_lapsed"] }, order)).runs.map(({ id }) => id);
    expect(ids).toContain(lapsed);
    expect(ids).not.toContain(valid);
    expect((await listRuns(workspace.ctx, { endings: ["withdrawn"] }, order)).runs.map(({ id }) => id)).not.toContain(lapsed);
    expect((await getWaiting(workspace.ctx)).uncollected).toBe(ids.length);
    expect((await getWaiting((await makeWorkspace()).ctx)).uncollected).toBe(0);
  });

  test("lapses again after its claim was released late", async () => {
    const runId = await approved();
    await claimOk(workspace, runId);
    await endApprovalValidity(runId);
    expect(await lapse(runId)).toBe(false);
    await endLease(runId);
    expect(await lapse(runId)).toBe(false);
    expectOk(await settleRun(workspace.ctx, { runId, settlement: "released", settledBy: "ada@example.com" }));
    expect(await claim(workspace, runId)).toMatchObject({ code: "not_executable" });
    expect(await lapse(runId)).toBe(true);
  });
});

describe("a run that was claimed in time", () => {
  test("is reported as ever, and never lapses", async () => {
    const runId = await approved();
    const claimToken = await claimOk(workspace, runId);
    await endApprovalValidity(runId);
    expect(await lapse(runId)).toBe(false);
    expectOk(await report(workspace, runId, { claimToken }));
    expect(await lapse(runId)).toBe(false);
    expect((await readRun(runId)).executionStatus).toBe("executed");
  });

  test("is in doubt once its claim ran out, also where it may be executed twice", async () => {
    const runId = await approved({ autoReleasesClaims: true });
    await claimOk(workspace, runId);
    await endLease(runId);
    expect((await statusOf(runId)).executable).toBe(true);
    await endApprovalValidity(runId);
    expect(await statusOf(runId)).toMatchObject({ executable: false, in_doubt: true });
    expect(await claim(workspace, runId)).toMatchObject({ code: "already_claimed" });
  });
});

describe("an app of today, which executes without claiming", () => {
  test("may report until the lapse is written down", async () => {
    const runId = await approved();
    await endApprovalValidity(runId);
    expectOk(await report(workspace, runId));
    expect(await lapse(runId)).toBe(false);
  });

  test("and afterwards is refused, but what it says is kept on the run, once", async () => {
    const runId = await approved();
    await endApprovalValidity(runId);
    await lapse(runId);
    expect(await report(workspace, runId)).toMatchObject({ code: "not_reportable" });
    expect(await report(workspace, runId)).toMatchObject({ code: "not_reportable" });
    expect(await getDb().auditEvent.findMany({ where: { subjectId: runId, verb: "run.reported_late" } })).toMatchObject([
      { actorType: "api_key", data: { outcome: "executed", reason: "approval_lapsed" } },
    ]);
    expect((await readRun(runId)).executionStatus).toBe("not_executed");
  });

  test("is told the same about a run that never could run, and nothing is kept", async () => {
    const runId = await makeRun(workspace, "always_require_approval");
    expectOk(await asSdk(workspace, (ctx) => withdrawRun(ctx, { runId, reason: "r" })));
    expect(await report(workspace, runId)).toMatchObject({ code: "not_reportable" });
    expect(await getDb().auditEvent.count({ where: { subjectId: runId, verb: "run.reported_late" } })).toBe(0);
  });

  test("gets its run back by its key, rejected and not executable", async () => {
    await makeAction(workspace, { name: "asked_by_key" });
    const proposal = { action: "asked_by_key", payload: { a: 1 }, idempotency_key: "k" };
    const { action_run_id: runId } = await proposeOk(workspace, proposal);
    expectOk(await decideRun(workspace.ctx, { runId, decision: "approve", comment: null }));
    expect(await proposeOk(workspace, proposal)).toMatchObject({ action_run_id: runId, executable: true });
    await endApprovalValidity(runId);
    expect(await proposeOk(workspace, proposal)).toMatchObject({ governance_status: "approved", executable: false });
    await lapse(runId);
    expect(await proposeOk(workspace, proposal)).toMatchObject({
      action_run_id: runId,
      governance_status: "rejected",
      governance_reason: "approval_lapsed",
      executable: false,
      idempotent_replay: true,
      receipt: { outcome: "rejected", reason: "approval_lapsed", channel: "expiry" },
    });
  });
});
