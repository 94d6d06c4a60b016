import { beforeAll, describe, expect, test } from "vitest";
import { takeDueApprovalSteps } from "@/lib/approvals/take-approval-steps";
import { systemContext, visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { readDecisionBody, readRevocationBody } from "@/lib/domain/log/read-receipt-body";
import { getReceiptDocument } from "@/lib/receipts/document/get-receipt-document";
import { listReceipts } from "@/lib/receipts/document/list-receipts";
import {
  asSdk,
  claimOk,
  endApprovalWindow,
  endLease,
  expectOk,
  linkToken,
  makePerson,
  makeRun,
  makeWorkspace,
  passApprovalTime,
  report,
  type TestWorkspace,
} from "@/lib/testing/factories";
import { tableContents } from "@/lib/testing/table-contents";
import { decideRun } from "./decide-run";
import { getDecisionByToken } from "./get-decision-by-token";
import { withdrawRun } from "./withdraw-run";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
});

const pending = () => makeRun(workspace, "always_require_approval");
const withdraw = (runId: string, reason = "Paid by hand.") => asSdk(workspace, (ctx) => withdrawRun(ctx, { runId, reason }));
const readRun = (id: string) =>
  getDb().actionRun.findUniqueOrThrow({
    where: { id },
    include: { decision: true, revocation: true, receipts: { orderBy: { id: "asc" } } },
  });
const approve = async (runId: string) => expectOk(await decideRun(workspace.ctx, { runId, decision: "approve", comment: null }));

describe("a pending run that its app withdraws", () => {
  test("is rejected as withdrawn, with a decision and a receipt that say so", async () => {
    const runId = await pending();
    const { answer } = expectOk(await withdraw(runId));
    expect(answer).toEqual({
      action_run_id: runId,
      governance_status: "rejected",
      execution_status: "not_executed",
      governance_reason: "withdrawn",
      withdrawn_at: expect.stringMatching(/Z$/),
      reason: "Paid by hand.",
      idempotent_replay: false,
    });
    const run = await readRun(runId);
    expect(run).toMatchObject({
      governanceStatus: "rejected",
      governanceReason: "withdrawn",
      decidedBy: null,
      decisionComment: "Paid by hand.",
    });
    expect(run.decision).toMatchObject({ decision: "withdraw", channel: "api", decidedBy: null });
    expect(run.receipts.map(({ kind }) => kind)).toEqual(["decision"]);
    expect(readDecisionBody(run.receipts[0]?.body ?? "")).toMatchObject({
      governance_status: "rejected",
      reason: "withdrawn",
      channel: "api",
      decided_by: null,
      comment: "Paid by hand.",
    });
    expect(await getDb().auditEvent.findMany({ where: { subjectId: runId } })).toMatchObject([
      { verb: "run.withdrawn", actorType: "api_key", data: { decision: "withdraw", by: null, channel: "api" } },
    ]);
  });

  test("says so to whoever opens the link, and nobody is reminded of it", async () => {
    const runId = await pending();
    const token = await linkToken(runId);
    await passApprovalTime(runId, 60);
    await withdraw(runId);
    expect(await getDecisionByToken(visitorContext(), token)).toMatchObject({
      ok: false,
      code: "already_decided",
      fields: { governance_reason: "withdrawn", comment: "Paid by hand.", decided_by: null },
    });
    const mails = await getDb().emailDelivery.count({ where: { runId } });
    await takeDueApprovalSteps(systemContext(null));
    expect(await getDb().emailDelivery.count({ where: { runId } })).toBe(mails);
  });

  test("stays withdrawn: again is a replay that writes nothing, and no decision follows", async () => {
    const runId = await pending();
    const first = expectOk(await withdraw(runId)).answer;
    const before = await tableContents();
    expect(expectOk(await withdraw(runId, "Another reason.")).answer).toEqual({ ...first, idempotent_replay: true });
    expect(await decideRun(workspace.ctx, { runId, decision: "approve", comment: null })).toMatchObject({
      ok: false,
      code: "already_decided",
    });
    expect(await tableContents()).toEqual(before);
  });
});

describe("an executable run that nobody has claimed", () => {
  test.each(["allowed", "approved"] as const)("that is %s can be withdrawn: a revocation follows its decision", async (status) => {
    const runId = await makeRun(workspace, status === "allowed" ? "always_allow" : "always_require_approval");
    if (status === "approved") await approve(runId);
    expectOk(await withdraw(runId));
    const run = await readRun(runId);
    expect(run).toMatchObject({ governanceStatus: "rejected", governanceReason: "withdrawn", executionStatus: "not_executed" });
    expect(run.revocation).toMatchObject({ revokedStatus: status, reason: "withdrawn", channel: "api", revokedBy: null });
    expect(run.receipts.map(({ kind }) => kind)).toEqual(["decision", "revocation"]);
    const [decided, revoked] = run.receipts;
    expect(readDecisionBody(decided?.body ?? "")).toMatchObject({ governance_status: status });
    expect(readRevocationBody(revoked?.body ?? "")).toMatchObject({
      decision_receipt_id: decided?.id,
      revoked_status: status,
      reason: "withdrawn",
      comment: "Paid by hand.",
      revoked_at: run.decidedAt?.toISOString(),
    });
    expect(await report(workspace, runId)).toMatchObject({ code: "not_reportable" });
    expect(await getReceiptDocument(workspace.ctx, decided?.id ?? "")).toMatchObject({ revocation: { id: revoked?.id } });
    const { receipts } = await listReceipts(workspace.ctx, {}, {}, 2);
    expect(receipts.map(({ kind, outcome, reason }) => [kind, outcome, reason])).toEqual([
      ["revocation", "rejected", "withdrawn"],
      ["decision", status, status === "allowed" ? "policy_always_allow" : "approved_by_human"],
    ]);
  });

  test("is counted where it stands now", async () => {
    const own = await makeWorkspace();
    const runId = await makeRun(own, "always_allow");
    expectOk(await asSdk(own, (ctx) => withdrawRun(ctx, { runId, reason: "r" })));
    expect(await getDb().runCount.findMany({ where: { workspaceId: own.workspaceId } })).toMatchObject([
      { allowed: 0, approved: 0, pendingApproval: 0, rejected: 1, expired: 0 },
    ]);
  });
});

test.each<[string, () => Promise<string>, string]>([
  [
    "claimed",
    async () => {
      const runId = await makeRun(workspace, "always_allow");
      await claimOk(workspace, runId);
      return runId;
    },
    "already_claimed",
  ],
  [
    "in doubt",
    async () => {
      const runId = await makeRun(workspace, "always_allow");
      await claimOk(workspace, runId);
      await endLease(runId);
      return runId;
    },
    "already_claimed",
  ],
  [
    "free again after a claim that ran out",
    async () => {
      const runId = await makeRun(workspace, "always_allow", { autoReleasesClaims: true });
      await claimOk(workspace, runId);
      await endLease(runId);
      return runId;
    },
    "already_claimed",
  ],
  [
    "reported",
    async () => {
      const runId = await makeRun(workspace, "always_allow");
      await report(workspace, runId);
      return runId;
    },
    "already_reported",
  ],
  [
    "rejected",
    async () => {
      const runId = await pending();
      await decideRun(workspace.ctx, { runId, decision: "reject", comment: null });
      return runId;
    },
    "already_decided",
  ],
  ["blocked", () => makeRun(workspace, "always_block"), "already_decided"],
  [
    "expired",
    async () => {
      const runId = await pending();
      await endApprovalWindow(runId);
      return runId;
    },
    "already_decided",
  ],
])("a run that is %s cannot be withdrawn", async (_, make, code) => {
  const runId = await make();
  const before = await tableContents();
  expect(await withdraw(runId)).toMatchObject({ ok: false, code });
  expect(await tableContents()).toEqual(before);
});

test("members withdraw by their role, and another workspace's run is like a missing one", async () => {
  const other = await makeWorkspace();
  const foreign = await pending();
  expect(await asSdk(other, (ctx) => withdrawRun(ctx, { runId: foreign, reason: "r" }))).toMatchObject({ code: "run_not_found" });
  for (const [role, isAllowed] of [
    ["owner", true],
    ["admin", true],
    ["developer", true],
    ["approver", false],
    ["viewer", false],
  ] as const) {
    const runId = await pending();
    const { ctx, email } = await makePerson(workspace, role);
    if (!isAllowed) {
      await expect(withdrawRun(ctx, { runId, reason: "r" })).rejects.toMatchObject({ name: "NotPermitted" });
      continue;
    }
    expectOk(await withdrawRun(ctx, { runId, reason: "r" }));
    expect((await readRun(runId)).decision).toMatchObject({ decision: "withdraw", channel: "console", decidedBy: email });
  }
});
