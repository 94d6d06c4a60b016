import { beforeEach, describe, expect, test } from "vitest";
import { getRunStatus } from "@/lib/action-runs/status/get-run-status";
import { createApiKey } from "@/lib/api-keys/create-api-key";
import { revokeApiKey } from "@/lib/api-keys/revoke-api-key";
import { rotateApiKey } from "@/lib/api-keys/rotate-api-key";
import { decideByLink } from "@/lib/approvals/decide-by-link";
import { decideRun, expireRun } from "@/lib/approvals/decide-run";
import { expireOverdueRuns } from "@/lib/approvals/expire-overdue-runs";
import { getDecisionByToken } from "@/lib/approvals/get-decision-by-token";
import { lapseApprovals } from "@/lib/approvals/lapse-approvals";
import { listWaiting } from "@/lib/approvals/list-waiting";
import { takeDueApprovalSteps } from "@/lib/approvals/take-approval-steps";
import { withdrawRun } from "@/lib/approvals/withdraw-run";
import { accountContext, operatorContext, systemContext, visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { readDecisionBody, readFreezeBody } from "@/lib/domain/log/read-receipt-body";
import { MINUTE_MS } from "@/lib/domain/time/units";
import {
  claim,
  claimOk,
  credentialsOf,
  endApprovalWindow,
  endLease,
  expectOk,
  linkToken,
  makeAction,
  makePerson,
  makeWorkspace,
  passApprovalTime,
  proposeOk,
  report,
  type TestWorkspace,
} from "@/lib/testing/factories";
import { listFreezes, listMyFreezes } from "./list-freezes";
import { setThawRule } from "./set-thaw-rule";
import { freezeConsole, startFreeze } from "./start-freeze";
import { thaw, thawConsole } from "./thaw";

const CHANNEL = "console" as const;
const all = { actionName: null, apiKeyId: null, reason: "Wrong refunds", channel: CHANNEL };
const consoleCtx = () => operatorContext(null, "ops@example.com");

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "pay", policy: { type: "always_allow" } });
  await makeAction(workspace, { name: "ask", approvalValidMinutes: 60 });
});

const freeze = async (input: Partial<typeof all> | { actionName: string } | { apiKeyId: string } = {}) =>
  expectOk(await startFreeze(workspace.ctx, { ...all, ...input })).freezeId;
const end = async (freezeId: string) => expectOk(await thaw(workspace.ctx, { freezeId, comment: null, channel: CHANNEL })).thawedAt;
const pay = (to = workspace) => proposeOk(to, { action: "pay", payload: { amount: 5 } });
const ask = async () => (await proposeOk(workspace, { action: "ask", payload: { amount: 5 } })).action_run_id;
const statusOf = async (runId: string) => expectOk(await getRunStatus(visitorContext(), workspace.credentials, runId)).answer;
const decide = (runId: string, decision: "approve" | "reject" | "block") => decideRun(workspace.ctx, { runId, decision, comment: null });
const readRun = (id: string) =>
  getDb().actionRun.findUniqueOrThrow({ where: { id }, include: { approvalRequest: { include: { links: true } } } });
const system = () => systemContext(null);

/** As if the freeze had begun that much earlier, with everything that was there then. */
async function age(freezeId: string, minutes: number) {
  await getDb().$executeRawUnsafe("ALTER TABLE freezes DISABLE TRIGGER freezes_thawed_once");
  await getDb().$executeRaw`UPDATE freezes SET frozen_at = frozen_at - make_interval(mins => ${minutes}) WHERE id = ${freezeId}::uuid`;
  await getDb().$executeRawUnsafe("ALTER TABLE freezes ENABLE TRIGGER freezes_thawed_once");
}

/** The run and everything about it happened that much earlier. */
async function ageRun(runId: string, minutes: number) {
  await getDb().$executeRaw`
    WITH request AS (
      UPDATE approval_requests SET created_at = created_at - by.time, expires_at = expires_at - by.time, next_step_at = next_step_at - by.time
      FROM (SELECT make_interval(mins => ${minutes}) AS time) by WHERE run_id = ${runId}::uuid RETURNING id),
    links AS (UPDATE decision_links SET expires_at = expires_at - make_interval(mins => ${minutes}) WHERE approval_request_id IN (SELECT id FROM request))
    UPDATE action_runs SET expires_at = expires_at - make_interval(mins => ${minutes}),
      approval_valid_until = approval_valid_until - make_interval(mins => ${minutes}) WHERE id = ${runId}::uuid`;
}

describe("while a workspace is frozen", () => {
  test("new proposals are blocked with a receipt, no policy decides, and the same key gets the same run", async () => {
    await freeze();
    const blocked = await proposeOk(workspace, { action: "pay", payload: { amount: 5 }, idempotency_key: "k", claim: { worker: "w" } });
    expect(blocked).toMatchObject({ governance_status: "blocked", governance_reason: "frozen", executable: false, claim: null });
    expect(blocked.receipt).toMatchObject({ outcome: "blocked", reason: "frozen", policy_type: null });
    const receipt = await getDb().receipt.findFirstOrThrow({ where: { runId: blocked.action_run_id } });
    expect(readDecisionBody(receipt.body)).toMatchObject({ governance_status: "blocked", reason: "frozen", policy: null });
    expect(await proposeOk(workspace, { action: "pay", payload: { amount: 5 }, idempotency_key: "k" })).toMatchObject({
      action_run_id: blocked.action_run_id,
      idempotent_replay: true,
    });
    expect(await proposeOk(workspace, { action: "nobody_registered", payload: {} })).toMatchObject({ governance_reason: "frozen" });
    expect(await proposeOk(workspace, { action: "ask", payload: {} })).toMatchObject({ governance_status: "blocked" });
    expect(await getDb().approvalRequest.count({ where: { workspaceId: workspace.workspaceId } })).toBe(0);
    expect(await pay(await otherWorkspace())).toMatchObject({ governance_status: "allowed" });
  });

  test("what nobody claimed is not handed out, what is claimed can be finished, and all of it is listed", async () => {
    const [{ action_run_id: free }, { action_run_id: held }, { action_run_id: doubtful }] = [await pay(), await pay(), await pay()];
    const approved = await ask();
    expectOk(await decide(approved, "approve"));
    const token = await claimOk(workspace, held);
    await claimOk(workspace, doubtful);
    await endLease(doubtful);
    const started = expectOk(await startFreeze(workspace.ctx, all));
    expect(started.claims).toBe(2);
    for (const runId of [free, approved]) {
      expect(await claim(workspace, runId)).toMatchObject({
        code: "frozen",
        detail: expect.stringContaining("Wrong refunds"),
        fields: { frozen: { scope: "workspace", frozen_by: workspace.ownerEmail } },
      });
      expect(await statusOf(runId)).toMatchObject({ executable: false, frozen: true });
    }
    const { active } = await listFreezes(workspace.ctx);
    expect(active.flatMap(({ claims }) => claims.map(({ runId, state }) => [runId, state])).sort()).toEqual(
      [
        [held, "held"],
        [doubtful, "in_doubt"],
      ].sort(),
    );
    expect(await claim(workspace, held, { token })).toMatchObject({ ok: true });
    expectOk(await report(workspace, held, { claimToken: token }));
    expectOk(await withdrawRun(workspace.ctx, { runId: free, reason: "Not needed" }));
    await end(started.freezeId);
    expect(await statusOf(approved)).toMatchObject({ executable: true, frozen: false });
    await claimOk(workspace, approved);
    expect(await pay()).toMatchObject({ governance_status: "allowed" });
  });

  test("nothing is approved, by link or in the console; rejecting and blocking work", async () => {
    const [first, second, third] = [await ask(), await ask(), await ask()];
    const token = await linkToken(first);
    const freezeId = await freeze();
    const approve = () => decideByLink(visitorContext(), token, { decision: "approve", comment: null, confirm: true });
    expect(await approve()).toMatchObject({ code: "frozen", detail: expect.stringContaining("You can still reject or block") });
    expect(await decide(second, "approve")).toMatchObject({ code: "frozen" });
    expectOk(await decide(second, "reject"));
    expectOk(await decide(third, "block"));
    await end(freezeId);
    expectOk(await approve());
  });
});

describe("time", () => {
  test("stands still: nothing expires, nobody is reminded, no approval lapses; a deadline that had passed stays passed", async () => {
    const [pending, late] = [await ask(), await ask()];
    const approved = await ask();
    expectOk(await decide(approved, "approve"));
    await passApprovalTime(pending, 40);
    await endApprovalWindow(late);
    const freezeId = await freeze();
    // Three days later.
    for (const runId of [pending, late, approved]) await ageRun(runId, 3 * 1440);
    await age(freezeId, 3 * 1440);
    const mails = () => getDb().emailDelivery.count({ where: { runId: pending } });
    const sent = await mails();
    await takeDueApprovalSteps(system());
    await expireOverdueRuns(system());
    await lapseApprovals(system());
    expect(await expireRun(systemContext(workspace.workspaceId), pending)).toMatchObject({ ok: false });
    expect(await mails()).toBe(sent);
    expect(await statusOf(pending)).toMatchObject({ governance_status: "pending_approval" });
    expect(await statusOf(approved)).toMatchObject({ governance_status: "approved" });
    expect((await readRun(pending)).expiresAt?.getTime()).toBeLessThan(Date.now());
    expect(await getDecisionByToken(visitorContext(), await linkToken(pending))).toMatchObject({ ok: true });
    const owner = await getDb().user.findUniqueOrThrow({ where: { email: workspace.ownerEmail } });
    expect((await listWaiting(accountContext(owner, getDb()), { limit: 10 })).runs.map(({ runId }) => runId)).toEqual([pending]);

    const before = [await readRun(pending), await readRun(approved)] as const;
    await end(freezeId);
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
    expect(await statusOf(late)).toMatchObject({ governance_status: "rejected", governance_reason: "approval_expired" });
  });

  test("is given back once where freezes overlap, whichever is thawed first", async () => {
    const runId = await ask();
    const [outer, inner] = [await freeze(), await freeze({ actionName: "ask" })];
    await age(outer, 50);
    await age(inner, 30);
    await ageRun(runId, 50);
    const { expiresAt: before } = await readRun(runId);
    const first = await end(outer);
    const { expiresAt: between } = await readRun(runId);
    const last = await end(inner);
    const { expiresAt: after } = await readRun(runId);
    const started = (await getDb().freeze.findUniqueOrThrow({ where: { id: outer } })).frozenAt;
    const from = started.getTime();
    expect([(between?.getTime() ?? 0) - (before?.getTime() ?? 0), (after?.getTime() ?? 0) - (before?.getTime() ?? 0)]).toEqual([
      first.getTime() - from,
      last.getTime() - from,
    ]);
  });
});

describe("what is frozen", () => {
  test("an action, or a key, and nothing else", async () => {
    const other = await secondKey();
    const { apiKeyId } = await getDb().actionRun.findUniqueOrThrow({ where: { id: (await pay()).action_run_id } });
    const freezeId = await freeze({ apiKeyId });
    expect([await pay(), await pay(other)].map((run) => run.governance_reason)).toEqual(["frozen", "policy_always_allow"]);
    expect(await rotateApiKey(workspace.ctx, { id: apiKeyId, overlapMinutes: 0 })).toMatchObject({ ok: false, code: "frozen" });
    await end(freezeId);
    await freeze({ actionName: "pay" });
    expect(await pay(other)).toMatchObject({ governance_reason: "frozen" });
    expect(await proposeOk(workspace, { action: "ask", payload: {} })).toMatchObject({ governance_status: "pending_approval" });
    await revokeApiKey(workspace.ctx, apiKeyId);
  });

  test("the whole console: every workspace, with a receipt in each", async () => {
    const other = await otherWorkspace();
    const { freezeId } = expectOk(await freezeConsole(consoleCtx(), { reason: "Restore drill", channel: "admin_cli" }));
    expect([await pay(), await pay(other)].map((run) => run.governance_reason)).toEqual(["frozen", "frozen"]);
    expect(await thaw(workspace.ctx, { freezeId, comment: null, channel: CHANNEL })).toMatchObject({ code: "not_permitted" });
    expectOk(await thawConsole(consoleCtx(), { freezeId, comment: "Done", channel: "admin_cli" }));
    for (const { workspaceId } of [workspace, other]) {
      const receipts = await getDb().receipt.findMany({ where: { workspaceId, kind: { in: ["freeze", "thaw"] } }, orderBy: { id: "asc" } });
      expect(receipts.map(({ body }) => readFreezeBody(body))).toMatchObject([
        { kind: "freeze", scope: "console", frozen_by: "ops@example.com", reason: "Restore drill", channel: "admin_cli" },
        { kind: "thaw", scope: "console", thawed_by: "ops@example.com", comment: "Done", freeze_id: freezeId },
      ]);
    }
    expect(await pay()).toMatchObject({ governance_status: "allowed" });
  });

  test("is frozen once, and thawed once", async () => {
    const freezeId = await freeze();
    expect(await startFreeze(workspace.ctx, all)).toMatchObject({ code: "already_frozen" });
    expect(await startFreeze(workspace.ctx, { ...all, actionName: "no_such_action" })).toMatchObject({ code: "not_found" });
    await end(freezeId);
    expect(await thaw(workspace.ctx, { freezeId, comment: null, channel: CHANNEL })).toMatchObject({ code: "not_frozen" });
    const stranger = await otherWorkspace();
    expect(await thaw(stranger.ctx, { freezeId, comment: null, channel: CHANNEL })).toMatchObject({ code: "not_found" });
    await expect(getDb().freeze.update({ where: { id: freezeId }, data: { thawedAt: null } })).rejects.toThrow();
    await expect(getDb().freeze.delete({ where: { id: freezeId } })).rejects.toThrow();
  });
});

describe("who", () => {
  test("may freeze and thaw, by role; those concerned see it", async () => {
    const people = {
      admin: await makePerson(workspace, "admin"),
      developer: await makePerson(workspace, "developer"),
      approver: await makePerson(workspace, "approver"),
      viewer: await makePerson(workspace, "viewer"),
    };
    await expect(startFreeze(people.viewer.ctx, all)).rejects.toThrow();
    const { freezeId } = expectOk(await startFreeze(people.approver.ctx, all));
    for (const { ctx } of [people.developer, people.approver, people.viewer]) {
      await expect(thaw(ctx, { freezeId, comment: null, channel: CHANNEL })).rejects.toThrow();
    }
    const mine = (ctx: (typeof people)["viewer"]["ctx"]) =>
      listMyFreezes(accountContext({ id: ctx.actor.userId, email: ctx.actor.email }, getDb()));
    expect(await mine(people.viewer.ctx)).toMatchObject([{ id: freezeId, scope: "workspace" }]);
    expect(await mine((await makePerson(workspace, null)).ctx)).toEqual([]);
    expectOk(await thaw(people.admin.ctx, { freezeId, comment: null, channel: CHANNEL }));
  });

  test("thaws is another person where the workspace says so, also when the rule is turned off meanwhile", async () => {
    const [ann, bob] = [await makePerson(workspace, "admin"), await makePerson(workspace, "owner")];
    expectOk(await setThawRule(ann.ctx, { thawNeedsAnotherPerson: true }));
    const { freezeId } = expectOk(await startFreeze(ann.ctx, all));
    expect(await thaw(ann.ctx, { freezeId, comment: null, channel: CHANNEL })).toMatchObject({ code: "thaw_needs_another_person" });
    expectOk(await setThawRule(ann.ctx, { thawNeedsAnotherPerson: false }));
    expect(await thaw(ann.ctx, { freezeId, comment: null, channel: CHANNEL })).toMatchObject({ code: "thaw_needs_another_person" });
    expectOk(await thaw(bob.ctx, { freezeId, comment: null, channel: CHANNEL }));
    const events = await getDb().auditEvent.findMany({
      where: { workspaceId: workspace.workspaceId, subjectType: "freeze" },
      orderBy: { id: "asc" },
    });
    expect(events.map(({ verb, actorId }) => [verb, actorId])).toEqual([
      ["workspace.frozen", ann.ctx.actor.userId],
      ["workspace.thawed", bob.ctx.actor.userId],
    ]);
  });
});

async function otherWorkspace(): Promise<TestWorkspace> {
  const other = await makeWorkspace();
  await makeAction(other, { name: "pay", policy: { type: "always_allow" } });
  return other;
}

/** The same workspace through another API key. */
async function secondKey(): Promise<TestWorkspace> {
  const { key } = await createApiKey(workspace.ctx, { kind: "api", name: "Second" });
  return { ...workspace, apiKey: key, credentials: credentialsOf(key, workspace.workspaceKey) };
}
