import { beforeAll, describe, expect, test } from "vitest";
import { getDb } from "@/lib/db/client";
import type { Role } from "@/lib/domain/access/roles";
import { RISK_LEVELS } from "@/lib/domain/policy/risk-levels";
import { compareQueued, QUEUE_SORTS, queueOrder } from "@/lib/domain/runs/queue-order";
import type { UserContext } from "@/lib/security/context";
import { makeDecider } from "@/lib/testing/deciders";
import { endApprovalWindow, expectOk, makeAction, makeRun, makeWorkspace, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { proofSize } from "@/lib/testing/guarantees/proof-size";
import { countWaiting } from "./count-waiting";
import { decideWaitingRun } from "./decide-waiting-run";
import { listWaiting } from "./list-waiting";

const MANY = proofSize(3_000, 20_000);
const LIMIT = 50;

let workspace: TestWorkspace;
let other: TestWorkspace;
beforeAll(async () => {
  [workspace, other] = [await makeWorkspace(), await makeWorkspace()];
});

const person = async (role: Role | null, of = workspace) => (await makeDecider(of, role)).user;
const pending = (approverEmails: string[] = ["somebody@example.com"], of = workspace) =>
  makeRun(of, "always_require_approval", { approverEmails });
const ids = async (user: UserContext, workspaceId?: string) =>
  (await listWaiting(user, { limit: LIMIT, workspaceId: workspaceId ?? null })).runs.map(({ runId }) => runId);

describe("the queue", () => {
  test("is in its order over all workspaces, and can be cut short, filtered and counted", async () => {
    const [one, two] = [await makeWorkspace(), await makeWorkspace()];
    const user = await person("approver", one);
    await getDb().member.create({ data: { workspaceId: two.workspaceId, userId: user.actor.userId, role: "owner" } });
    await getDb().workspace.update({ where: { id: two.workspaceId }, data: { name: "Another" } });
    for (const of of [one, two]) {
      for (const [n, riskLevel] of [...RISK_LEVELS, ...RISK_LEVELS].entries()) {
        await makeRun(of, "always_require_approval", { riskLevel, approvalWindowMinutes: 60 + ((n * 37) % 100) });
      }
    }
    const over = await makeRun(one, "always_require_approval", { riskLevel: "critical" });
    await endApprovalWindow(over);
    const all = await listWaiting(user, { limit: LIMIT });
    expect(all.runs).toHaveLength(16);
    expect(all.runs.map(({ runId }) => runId)).toEqual([...all.runs].sort(compareQueued).map(({ runId }) => runId));
    expect(all).toMatchObject({
      total: 16,
      workspaces: [
        { name: "Another", count: 8 },
        { name: "Test workspace", count: 8 },
      ],
    });
    expect((await listWaiting(user, { limit: 5 })).runs).toEqual(all.runs.slice(0, 5));
    expect(await ids(user, two.workspaceId)).toEqual(
      all.runs.filter(({ workspaceId }) => workspaceId === two.workspaceId).map(({ runId }) => runId),
    );
    expect(await ids(user, other.workspaceId)).toEqual([]);
  });

  test("can be sorted, grouped by action and searched, with true counts, and the page's order is the database's", async () => {
    const of = await makeWorkspace();
    const user = await person("approver", of);
    for (const [index, name] of ["refund", "pay_supplier", "close_account"].entries())
      await makeAction(of, {
        name,
        riskLevel: RISK_LEVELS[index],
        approvalWindowMinutes: 90 - index * 20,
        approverEmails: ["somebody@example.com"],
      });
    const amounts = ["20.00", "1000", "3", null, "100000000000000000000.5", "20.00"] as const;
    for (const [index, amount] of amounts.entries())
      for (const action of ["refund", "pay_supplier", "close_account"].slice(index % 2))
        await proposeOk(of, {
          action,
          payload: { note: index === 2 ? "Baltic 100%_Freight" : `note ${index}`, ...(amount === null ? {} : { amount, currency: "EUR" }) },
        });
    const every = (await listWaiting(user, { limit: LIMIT })).runs;
    expect(every).toHaveLength(15);
    const idsOf = (runs: readonly { runId: string }[]) => runs.map(({ runId }) => runId);
    for (const sort of QUEUE_SORTS) {
      for (const isGrouped of [false, true]) {
        const order = { sort, isGrouped };
        const wanted = idsOf([...every].sort(queueOrder(order)));
        expect({ order, ids: idsOf((await listWaiting(user, { limit: LIMIT, ...order })).runs) }).toEqual({ order, ids: wanted });
        const cut = await listWaiting(user, { limit: 4, ...order });
        expect({ order, ids: idsOf(cut.runs), matches: cut.matches }).toEqual({ order, ids: wanted.slice(0, 4), matches: 15 });
      }
    }
    const { groups } = await listWaiting(user, { limit: 1, isGrouped: true });
    const countOf = (of: string) => groups.find(({ actionName }) => actionName === of)?.count;
    expect(["refund", "pay_supplier", "close_account"].map(countOf)).toEqual([3, 6, 6]);

    const found = await listWaiting(user, { limit: LIMIT, text: "freight 100%_", isGrouped: true });
    expect(found).toMatchObject({ matches: 3, total: 15 });
    expect(idsOf(found.runs)).toHaveLength(3);
    expect(found.groups.reduce((sum, { count }) => sum + count, 0)).toBe(3);
    expect(await listWaiting(user, { limit: LIMIT, text: "nowhere" })).toMatchObject({ runs: [], matches: 0, total: 15 });
    expect((await listWaiting(user, { limit: LIMIT, text: "note", workspaceId: other.workspaceId })).matches).toBe(0);
    expect((await listWaiting(await person("approver", other), { limit: LIMIT, text: "Freight" })).runs).toEqual([]);
  });

  test("sorts by the amount that a request was changed to, as its line shows it", async () => {
    const of = await makeWorkspace();
    const [first, user] = [await person("approver", of), await person("approver", of)];
    const policy = { type: "always_require_approval" as const, changeableFields: [{ field: "amount", kind: "not_above" as const }] };
    await makeAction(of, { name: "pay", approvals: 2, approverEmails: [first.actor.email, user.actor.email], policy });
    const propose = async (amount: string) =>
      (await proposeOk(of, { action: "pay", payload: { amount, currency: "EUR" }, accepts_changes: true })).action_run_id;
    const [changed, other] = [await propose("50"), await propose("40")];
    const change = { decision: "approve", comment: "Less.", isConfirmed: true, changes: { amount: "30" } } as const;
    expectOk(await decideWaitingRun(first, { runId: changed, ...change }));
    for (const limit of [1, LIMIT]) {
      const { runs } = await listWaiting(user, { limit, sort: "amount" });
      expect(runs.map(({ runId, amount }) => [runId, amount?.decimal])).toEqual(
        [
          [other, "40"],
          [changed, "30"],
        ].slice(0, limit),
      );
    }
  });

  test("says what is odd", async () => {
    await makeAction(workspace, { name: "pay_supplier", sentence: "pay {supplier}" });
    await proposeOk(workspace, { action: "pay_supplier", payload: { supplier: "Baltic Fre\u0456ght", memo: "a\u200Bb" } });
    const { runs } = await listWaiting(await person("owner"), { limit: LIMIT });
    expect(runs.find(({ actionTitle }) => actionTitle === "pay_supplier")?.warnings).toEqual([
      expect.stringContaining("Cyrillic"),
      expect.stringContaining("zero-width space"),
    ]);
  });
});

test(`${MANY} runs that wait are sorted, grouped, searched and counted, and cost those nothing whom they don't wait for`, {
  timeout: proofSize(60_000, 300_000),
}, async () => {
  const crowded = await makeWorkspace();
  const user = await person("approver", crowded);
  const template = await pending([], crowded);
  // In parts, each of which stays far below the time that a statement may take.
  for (let part = 0; part < MANY / 1000; part++) {
    await getDb().$executeRaw`
      WITH runs AS (
        INSERT INTO action_runs (id, workspace_id, api_key_id, action_name, action_id, policy_version_id, risk_level, governance_status, governance_reason,
          execution_status, payload_text, payload, payload_hash, payload_salt, sentence, created_at, expires_at)
        SELECT gen_random_uuid(), workspace_id, api_key_id, action_name, action_id, policy_version_id, (ARRAY['low', 'medium', 'high', 'critical'])[1 + n % 4], governance_status,
          governance_reason, execution_status, payload_text, payload, sha256(n::text::bytea), payload_salt, sentence, created_at, expires_at + n * interval '1 second'
        FROM action_runs, generate_series(${part * 1000 + 1}::int, ${part * 1000 + 1000}::int) n WHERE id = ${template}::uuid
        RETURNING id, workspace_id, created_at, expires_at)
      INSERT INTO approval_requests (id, workspace_id, run_id, approver_emails, policy_reason, expires_at, created_at)
      SELECT gen_random_uuid(), workspace_id, id, ARRAY['somebody@example.com'], 'policy_requires_approval', expires_at, created_at FROM runs`;
  }
  await getDb().$executeRaw`ANALYZE action_runs, approval_requests`;
  const { runs, total } = await listWaiting(user, { limit: 100 });
  expect([runs.length, total, new Set(runs.map(({ riskLevel }) => riskLevel))]).toEqual([100, MANY + 1, new Set(["critical"])]);
  for (const sort of QUEUE_SORTS) {
    const sorted = await listWaiting(user, { limit: 100, sort, isGrouped: true });
    expect([sorted.runs.length, sorted.matches, sorted.groups.map(({ count }) => count)]).toEqual([100, MANY + 1, [MANY + 1]]);
  }
  expect(await listWaiting(user, { limit: 100, text: template })).toMatchObject({
    matches: 1,
    total: MANY + 1,
    runs: [{ runId: template }],
  });
  // Every page counts what waits for its reader: others' runs cost that nothing.
  const elsewhere = await makeWorkspace();
  const outsider = await person("approver", elsewhere);
  await pending([], elsewhere);
  expect(await rowsReadToCount(outsider)).toBeLessThan(10);
});

/** How many rows of runs, in the table or an index, counting what waits for someone looks at. */
function rowsReadToCount(user: UserContext): Promise<number> {
  return getDb().$transaction(async (tx) => {
    const read = async () => {
      const [row] = await tx.$queryRaw<{ rows: number }[]>`
        SELECT sum(pg_stat_get_xact_tuples_returned(oid))::int AS rows FROM pg_class
        WHERE oid = 'action_runs'::regclass OR oid IN (SELECT indexrelid FROM pg_index WHERE indrelid = 'action_runs'::regclass)`;
      return row?.rows ?? 0;
    };
    const before = await read();
    expect(await countWaiting({ ...user, db: tx })).toBe(1);
    return (await read()) - before;
  });
}
