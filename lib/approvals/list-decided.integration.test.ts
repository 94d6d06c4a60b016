import { beforeEach, describe, expect, test } from "vitest";
import { operatorContext, systemContext, userContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { Role } from "@/lib/domain/access/roles";
import type { Decision } from "@/lib/domain/runs/statuses";
import type { UserContext } from "@/lib/security/context";
import { endApprovalWindow, expectOk, makePerson, makeRun, makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";
import { decideRun, expireRun } from "./decide-run";
import { decideWaitingRun } from "./decide-waiting-run";
import { decidedQuery, listDecided } from "./list-decided";

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await makeWorkspace();
});

async function person(role: Role | null, of = workspace): Promise<UserContext> {
  const { email, ctx } = await makePerson(of, role);
  const { userId } = ctx.actor;
  await getDb().user.update({ where: { id: userId }, data: { emailVerifiedAt: new Date() } });
  return userContext({ sessionId: "", userId, email, name: null, isOperator: false });
}

async function decided(by: UserContext, decision: Decision, { of = workspace, asked = ["somebody@example.com"] } = {}): Promise<string> {
  const runId = await makeRun(of, "always_require_approval", { approverEmails: asked });
  const { run } = expectOk(await decideWaitingRun(by, { runId, decision, comment: null, isConfirmed: true }));
  expect(run.receiptId).toBe((await getDb().receipt.findFirstOrThrow({ where: { runId, kind: "decision" } })).id);
  return runId;
}

const everyone = { isOwn: false, beforeId: null, limit: 50 };
const runIds = async (reader: UserContext, search = {}) =>
  (await listDecided(reader, { ...everyone, ...search })).map(({ runId }) => runId);

describe("decided requests", () => {
  test("are those of the workspaces where the reader decides, the newest first, page by page", async () => {
    const [owner, approver] = [await person("owner"), await person("approver")];
    const ids = [await decided(owner, "approve"), await decided(approver, "reject"), await decided(owner, "block")];
    const expired = await makeRun(workspace, "always_require_approval");
    await endApprovalWindow(expired);
    expectOk(await expireRun(systemContext(workspace.workspaceId), expired));
    await makeRun(workspace, "always_require_approval");
    await makeRun(workspace, "always_block");
    const other = await makeWorkspace();
    await decided(await person("owner", other), "approve", { of: other });
    const all = [expired, ...ids.toReversed()];
    expect(await runIds(owner)).toEqual(all);
    expect(await runIds(approver)).toEqual(all);
    expect(await runIds(owner, { isOwn: true })).toEqual([ids[2], ids[0]]);

    const [first, second] = await listDecided(owner, { ...everyone, limit: 2 });
    expect([first?.runId, second?.runId]).toEqual(all.slice(0, 2));
    expect(await runIds(owner, { beforeId: second?.decisionId ?? null })).toEqual(all.slice(2));
    expect(first).toMatchObject({ status: "rejected", reason: "approval_expired", deciders: [] });
    expect(second).toMatchObject({
      status: "blocked",
      reason: "manually_blocked_by_approver",
      deciders: [{ email: owner.actor.email, isReader: true }],
    });
    const base = `/workspaces/${workspace.workspaceId}`;
    expect(second?.paths?.run).toBe(`${base}/runs/${ids[2]}`);
    expect(second?.paths?.receipt).toMatch(new RegExp(`^${base}/receipts/[0-9a-f-]{36}$`));
  });

  test("a developer, a stranger and someone who was only asked see their own at most, and no page of the workspace", async () => {
    const owner = await person("owner");
    const theirs = await decided(owner, "approve");
    const asked = await person(null);
    const mine = await decided(asked, "reject", { asked: [asked.actor.email] });
    for (const role of ["developer", "viewer", null] as const) expect(await runIds(await person(role))).toEqual([]);
    expect(await listDecided(asked, everyone)).toMatchObject([{ runId: mine, paths: null }]);
    expect(await runIds(owner)).toEqual([mine, theirs]);
  });

  test("are everyone's whose approval counted, where several were needed, and nobody's who only approved what others rejected", async () => {
    const [ann, ben, outsider] = [await person("approver"), await person("approver"), await person(null)];
    const three = [ann, ben, outsider].map(({ actor }) => actor.email);
    const ask = (people: string[]) =>
      makeRun(workspace, "always_require_approval", {
        approverEmails: people,
        approvals: 2,
        laterStages: [{ approvals: 1, people: ["dot@example.com"] }],
      });
    const approve = async (by: UserContext, runId: string) =>
      expectOk(await decideWaitingRun(by, { runId, decision: "approve", comment: null, isConfirmed: true }));
    const asDot = (runId: string, decision: Decision) =>
      decideRun(operatorContext(workspace.workspaceId, "dot@example.com"), { runId, decision, comment: null }).then(expectOk);
    const spelled = outsider.actor.email.replace("@", "+work@");
    const [approved, rejected, respelled] = [await ask(three), await ask(three), await ask([ann.actor.email, spelled])];
    for (const runId of [approved, rejected]) for (const by of [ann, outsider]) await approve(by, runId);
    await approve(ann, respelled);
    expectOk(await decideRun(operatorContext(workspace.workspaceId, spelled), { runId: respelled, decision: "approve", comment: null }));
    await asDot(approved, "approve");
    await asDot(rejected, "reject");
    await asDot(respelled, "approve");
    for (const reader of [ann, outsider]) expect(await runIds(reader, { isOwn: true })).toEqual([respelled, approved]);
    expect(await runIds(ben, { isOwn: true })).toEqual([]);
    expect(await runIds(outsider)).toEqual([respelled, approved]);
    const [, second, third] = await listDecided(ann, everyone);
    expect(second?.deciders).toMatchObject([{ email: "dot@example.com", isReader: false }]);
    expect(third?.deciders.map(({ email, isReader }) => [email, isReader])).toEqual([
      [ann.actor.email, true],
      [outsider.actor.email, false],
      ["dot@example.com", false],
    ]);
  });

  test("are no longer shown to who has left, is disabled, or whose workspace was deleted", async () => {
    const [leaver, disabled, owner] = [await person("approver"), await person("approver"), await person("owner")];
    for (const by of [leaver, disabled, owner]) await decided(by, "reject");
    await getDb().member.deleteMany({ where: { userId: leaver.actor.userId } });
    await getDb().user.update({ where: { id: disabled.actor.userId }, data: { disabledAt: new Date() } });
    for (const reader of [leaver, disabled]) {
      expect(await runIds(reader)).toEqual([]);
      expect(await runIds(reader, { isOwn: true })).toEqual([]);
    }
    await getDb().workspace.update({ where: { id: workspace.workspaceId }, data: { deletedAt: new Date() } });
    expect(await runIds(owner)).toEqual([]);
  });

  test("are read straight from their indexes, a page of them, however many there are", async () => {
    const owner = await person("owner");
    const template = await decided(owner, "reject");
    const db = getDb();
    await db.$executeRaw`
      INSERT INTO action_runs SELECT (jsonb_populate_record(run, jsonb_build_object('id', gen_random_uuid(), 'idempotency_key', NULL))).*
      FROM action_runs run, generate_series(1, 3000) WHERE run.id = ${template}::uuid`;
    for (const table of [Prisma.sql`decisions`, Prisma.sql`approval_requests`])
      await db.$executeRaw`
        INSERT INTO ${table} SELECT (jsonb_populate_record(t, jsonb_build_object('id', gen_random_uuid(), 'run_id', run.id))).*
        FROM ${table} t JOIN action_runs run ON run.workspace_id = t.workspace_id AND run.id <> t.run_id WHERE t.run_id = ${template}::uuid`;
    await db.$executeRaw`ANALYZE action_runs, decisions, approval_requests`;
    expect((await listDecided(owner, everyone)).length).toBe(50);
    const plan = JSON.stringify(await db.$queryRaw(Prisma.sql`EXPLAIN (ANALYZE, FORMAT JSON) ${decidedQuery(owner, everyone)}`));
    expect(plan).toContain("decisions_by_workspace");
    expect(plan).toContain("decisions_by_person");
    const read = [...plan.matchAll(/"Relation Name":"decisions".*?"Actual Rows":([0-9.]+)/g)].map(([, rows]) => Number(rows));
    expect(read.length).toBeGreaterThan(0);
    expect(Math.max(...read)).toBeLessThanOrEqual(everyone.limit);
  });
});
