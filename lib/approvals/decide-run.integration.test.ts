import { createHash, createHmac } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { operatorContext, systemContext, visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { ROLES } from "@/lib/domain/access/roles";
import { DECISIONS, type Decision } from "@/lib/domain/runs/statuses";
import {
  atOnce,
  endApprovalWindow,
  expectOk,
  linkToken,
  linkTokens,
  makePerson,
  makeRun,
  makeWorkspace,
  type TestWorkspace,
  tally,
} from "@/lib/testing/factories";
import { proofSize } from "@/lib/testing/guarantees/proof-size";
import { tableContents } from "@/lib/testing/table-contents";
import { untilAvailable } from "@/lib/testing/until-available";
import { decideByLink } from "./decide-by-link";
import { decideRun, expireRun } from "./decide-run";

const RACES = proofSize(60, 1000);

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
});

const EFFECTS = {
  approve: ["approved", "awaiting_execution_report", "approved_by_human"],
  reject: ["rejected", "not_executed", "rejected_by_human"],
  block: ["blocked", "not_executed", "manually_blocked_by_approver"],
  expire: ["rejected", "not_executed", "approval_expired"],
} as const;

const pending = (approverEmails: string[] = []) => makeRun(workspace, "always_require_approval", { approverEmails, riskLevel: "critical" });
const byLink = async (runId: string, decision: Decision) =>
  decideByLink(visitorContext(), await linkToken(runId), { decision, comment: "Seen.", confirm: true });
const byOperator = (runId: string, decision: Decision) => decideRun(workspace.ctx, { runId, decision, comment: "Seen." });
const byMember = async (runId: string, decision: Decision) =>
  decideRun((await makePerson(workspace, "approver")).ctx, { runId, decision, comment: "Seen." });
const expire = (runId: string) => expireRun(systemContext(workspace.workspaceId), runId);

describe("a decision", () => {
  test.each([
    ...DECISIONS.flatMap((decision) => [
      [decision, "decision_link", byLink] as const,
      [decision, "admin_cli", byOperator] as const,
      [decision, "console", byMember] as const,
    ]),
    ["expire", "expiry", expire] as const,
  ])("%s by %s: run, decision, receipt and link say the same", async (decision, channel, decide) => {
    const runId = await pending();
    if (decision === "expire") await endApprovalWindow(runId);
    const { run: decided } = expectOk(await decide(runId, decision === "expire" ? "reject" : decision));
    const [governanceStatus, executionStatus, governanceReason] = EFFECTS[decision];
    expect(decided).toMatchObject({ runId, effect: { governanceStatus, executionStatus, reason: governanceReason } });

    const run = await getDb().actionRun.findUniqueOrThrow({
      where: { id: runId },
      include: { decision: true, receipts: true, approvalRequest: { include: { links: true } } },
    });
    const { decidedAt, decidedBy, comment } = decided;
    expect(comment).toBe(decision === "expire" ? null : "Seen.");
    expect(run).toMatchObject({
      governanceStatus,
      executionStatus,
      governanceReason,
      decidedAt,
      decidedBy,
      decisionComment: comment,
      claimTokenHash: null,
    });
    const [link] = run.approvalRequest?.links ?? [];
    const isByLink = channel === "decision_link";
    expect(run.decision).toMatchObject({ decision, channel, decidedBy, comment, createdAt: decidedAt, linkId: isByLink ? link?.id : null });
    expect(link?.usedAt).toEqual(isByLink ? decidedAt : null);

    const [receipt] = run.receipts;
    const body = JSON.stringify({
      action: run.actionName,
      actor: null,
      api_key_id: run.apiKeyId,
      approval_required: true,
      channel,
      comment,
      context_commitment: null,
      decided_at: decidedAt.toISOString(),
      decided_by: decidedBy,
      governance_status: governanceStatus,
      kind: "decision",
      payload_commitment: createHmac("sha256", run.payloadSalt ?? "")
        .update(run.payloadText ?? "")
        .digest("hex"),
      policy: { amount_field: "amount", currency: null, currency_field: "currency", threshold: null, type: "always_require_approval" },
      policy_version: 1,
      proposed_at: run.createdAt.toISOString(),
      reason: governanceReason,
      receipt_id: receipt?.id,
      risk_level: "critical",
      run_id: runId,
      v: 1,
      workspace_id: workspace.workspaceId,
    });
    expect(run.receipts).toHaveLength(1);
    expect(receipt).toMatchObject({ body, kind: "decision", createdAt: decidedAt });
    expect(Buffer.from(receipt?.leafHash ?? "")).toEqual(createHash("sha256").update(`\0${body}`).digest());
  });

  test("who comes second is told who was first, and nothing changes", async () => {
    const runId = await pending(["ann@example.com"]);
    const { run } = expectOk(await byLink(runId, "reject"));
    const before = await tableContents();
    const fields = { decided_by: "ann@example.com", decided_at: run.decidedAt.toISOString(), decision: "rejected", comment: "Seen." };
    for (const decision of DECISIONS)
      expect(await byOperator(runId, decision)).toMatchObject({ ok: false, code: "already_decided", fields });
    await endApprovalWindow(runId).then(() => expire(runId));
    expect(await byOperator(runId, "approve")).toMatchObject({ code: "already_decided", fields });
    const { "public.action_runs": _run, "public.decision_links": _link, ...after } = await tableContents();
    expect(before).toMatchObject(after);
  });

  test("what a policy decided is decided", async () => {
    for (const type of ["always_allow", "always_block"] as const) {
      const runId = await makeRun(workspace, type);
      expect(await byOperator(runId, "approve")).toMatchObject({ code: "already_decided", fields: { decided_by: null } });
      expect((await expire(runId)).ok).toBe(false);
    }
  });
});

describe("who may decide", () => {
  test.each([...ROLES.map((role) => [role, ["owner", "admin", "approver"].includes(role)] as const), [null, false] as const])(
    "as %s: %s",
    async (role, may) => {
      const person = await makePerson(workspace, role);
      const runId = await pending();
      const outcome = await decideRun(person.ctx, { runId, decision: "approve", comment: null });
      expect(outcome).toMatchObject(may ? { ok: true } : { ok: false, code: "run_not_found" });
      expect(
        await decideRun(operatorContext(workspace.workspaceId, person.email), {
          runId: await pending(),
          decision: "reject",
          comment: null,
        }),
      ).toMatchObject({ ok: may });
    },
  );

  test("whoever was asked may, without an account; a role that was taken away counts no more", async () => {
    const runId = await pending(["ann@example.com"]);
    expectOk(await decideRun(operatorContext(workspace.workspaceId, "ann@example.com"), { runId, decision: "block", comment: null }));
    const admin = await makePerson(workspace, "admin");
    await getDb().member.deleteMany({ where: { user: { email: admin.email } } });
    expect(await decideRun(admin.ctx, { runId: await pending(), decision: "approve", comment: null })).toMatchObject({
      code: "run_not_found",
    });
  });

  test("somebody decides: an operator for nobody is refused", async () => {
    expect(
      await decideRun(operatorContext(workspace.workspaceId), { runId: await pending(), decision: "approve", comment: null }),
    ).toMatchObject({ code: "validation_failed" });
  });
});

describe("time", () => {
  test("before it is over, the clock does nothing; afterwards only the clock decides", async () => {
    const runId = await pending();
    const before = await tableContents();
    expect((await expire(runId)).ok).toBe(false);
    expect(await tableContents()).toEqual(before);
    await endApprovalWindow(runId);
    expect(await byOperator(runId, "approve")).toMatchObject({ code: "link_expired" });
    expect(await byLink(runId, "approve")).toMatchObject({ code: "link_expired" });
    expectOk(await expire(runId));
    expect(await byOperator(runId, "approve")).toMatchObject({ code: "link_expired" });
  });
});

test(`${RACES} races of link, link, operator, member and clock: one decision, one receipt, the losers told`, {
  timeout: proofSize(120_000, 1_800_000),
}, async () => {
  const approverEmails = ["ann@example.com", "ben@example.com"];
  const member = await makePerson(workspace, "approver");
  const race = async (round: number) => {
    const runId = await pending(approverEmails);
    const [ann = "", ben = ""] = (await linkTokens(runId)).values();
    const pick = (i: number) => DECISIONS[(round + i) % 3] ?? "reject";
    const link = (token: string, i: number) => decideByLink(visitorContext(), token, { decision: pick(i), comment: `${i}`, confirm: true });
    const outcomes = await Promise.all([
      ...[ann, ben, ann].map((token, i) => untilAvailable(() => link(token, i))),
      untilAvailable(() => decideRun(workspace.ctx, { runId, decision: pick(3), comment: "3" })),
      untilAvailable(() => decideRun(member.ctx, { runId, decision: pick(4), comment: "4" })),
      ...(round % 4 === 0 ? [endApprovalWindow(runId).then(() => untilAvailable(() => expire(runId)))] : []),
    ]);
    const run = await getDb().actionRun.findUniqueOrThrow({
      where: { id: runId },
      include: { decision: true, receipts: true, approvalRequest: { include: { links: true } } },
    });
    const winners = outcomes.filter((outcome) => outcome.ok);
    expect(winners).toEqual([
      { ok: true, run: expect.objectContaining({ decidedBy: run.decidedBy, decidedAt: run.decidedAt, comment: run.decisionComment }) },
    ]);
    expect(run.receipts).toHaveLength(1);
    expect(run.decision).toMatchObject({ decidedBy: run.decidedBy, createdAt: run.decidedAt });
    expect(run.approvalRequest?.links.filter(({ usedAt }) => usedAt !== null).map(({ id }) => id)).toEqual(
      run.decision?.linkId ? [run.decision.linkId] : [],
    );
    const isAnnsLink = run.approvalRequest?.links.some(
      ({ id, approverEmail }) => id === run.decision?.linkId && approverEmail === "ann@example.com",
    );
    for (const [i, outcome] of outcomes.entries()) {
      if (outcome.ok || outcome.code === "link_expired") continue;
      expect(outcome.code).toBe(isAnnsLink && (i === 0 || i === 2) ? "link_used" : "already_decided");
      expect(outcome.fields).toMatchObject({ decided_by: run.decidedBy, decision: run.governanceStatus });
    }
    return run.decision?.channel ?? "nobody";
  };
  const channels: string[] = [];
  for (let round = 0; round < RACES; round += 4) channels.push(...(await atOnce(4, (i) => race(round + i))));
  expect(channels).toHaveLength(RACES);
  expect(Object.keys(tally(channels)).length).toBeGreaterThan(1);
});
