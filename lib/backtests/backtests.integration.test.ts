import { beforeAll, describe, expect, test } from "vitest";
import { eraseRun } from "@/lib/action-runs/erase-run";
import { decideRun } from "@/lib/approvals/decide-run";
import { systemContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import type { BacktestDays, BacktestResult } from "@/lib/domain/backtests/backtest";
import type { JsonObject } from "@/lib/domain/json-value";
import { startFreeze } from "@/lib/freezes/start-freeze";
import { thaw } from "@/lib/freezes/thaw";
import { compareInThread } from "@/lib/jobs/compare-in-thread";
import { tasks } from "@/lib/jobs/tasks";
import { draftSchema, type NewAction } from "@/lib/registered-actions/schema";
import type { MemberContext } from "@/lib/security/context";
import { NotPermitted } from "@/lib/security/not-permitted";
import { makeBudget } from "@/lib/testing/budgets";
import { drainJobs } from "@/lib/testing/drain-jobs";
import { claimOk, expectOk, makeAction, makePerson, makeWorkspace, proposeOk, report, type TestWorkspace } from "@/lib/testing/factories";
import { GRANTED_PAYLOAD, giveGrant } from "@/lib/testing/grants";
import { makeHistory } from "@/scripts/admin/seed/history";
import { openWorld } from "@/scripts/admin/seed/seed-world";
import { writeHistory } from "@/scripts/admin/seed/write-history";
import { cancelBacktest } from "./cancel-backtest";
import { compareRecordedRuns } from "./compare-recorded-runs";
import { deleteOldBacktests } from "./delete-old-backtests";
import { getBacktest } from "./get-backtest";
import { runBacktest } from "./run-backtest";
import { startBacktest } from "./start-backtest";

type Policy = NewAction["policy"];
const ABOVE_100: Policy = { type: "require_approval_above_amount", threshold: "100" };
const ABOVE_500: Policy = { type: "require_approval_above_amount", threshold: "500" };

/** Does its jobs, and none of the emails that the runs cause. */
const work = () => drainJobs({ "run-backtest": tasks["run-backtest"] });

let workspace: TestWorkspace;
let admin: MemberContext;
beforeAll(async () => {
  workspace = await makeWorkspace();
  admin = (await makePerson(workspace, "admin")).ctx;
});

const draftOf = (policy: Policy, different: { recipientField?: string; riskLevel?: "low" | "critical" } = {}) =>
  draftSchema.parse({ policy, riskLevel: "medium", recipientField: null, ...different });

async function proposeAmounts(action: string, amounts: readonly number[]): Promise<string[]> {
  const ids: string[] = [];
  for (const amount of amounts) ids.push((await proposeOk(workspace, { action, payload: { amount, currency: "EUR" } })).action_run_id);
  return ids;
}

const compare = async (actionName: string, policy: Policy, draft = draftOf(policy)): Promise<BacktestResult> => {
  return compareRecordedRuns(workspace.ctx, { actionName, draft, days: 30 });
};

/** [from, to, fate, ids] of what changes. */
const changesOf = ({ changed }: BacktestResult) => changed.map(({ from, to, fate, runs }) => [from, to, fate, runs.map(({ id }) => id)]);

describe("the comparison", () => {
  test("names what a draft changes, and what people had decided about it", async () => {
    await makeAction(workspace, { name: "refund", policy: ABOVE_100 });
    const [executed = "", failed = "", approved = "", rejected = "", pending = ""] = await proposeAmounts(
      "refund",
      [50, 60, 200, 300, 400],
    );
    for (const [runId, outcome] of [
      [executed, "executed"],
      [failed, "failed"],
    ] as const) {
      expectOk(await report(workspace, runId, { outcome, claimToken: await claimOk(workspace, runId) }));
    }
    expectOk(await decideRun(workspace.ctx, { runId: approved, decision: "approve", comment: null }));
    expectOk(await decideRun(workspace.ctx, { runId: rejected, decision: "reject", comment: null }));

    const looser = await compare("refund", ABOVE_500);
    expect(changesOf(looser)).toEqual([
      ["pending_approval", "allowed", "rejected", [rejected]],
      ["pending_approval", "allowed", "approved", [approved]],
      ["pending_approval", "allowed", "pending", [pending]],
    ]);
    expect(looser.compared).toBe(5);
    const stricter = await compare("refund", {
      type: "rules",
      rules: { rules: [{ name: "any", when: "amount < 100", then: "ask" }], otherwise: "block" },
    });
    expect(changesOf(stricter)).toEqual([
      ["pending_approval", "blocked", "rejected", [rejected]],
      ["pending_approval", "blocked", "approved", [approved]],
      ["pending_approval", "blocked", "pending", [pending]],
      ["allowed", "pending_approval", "failed", [failed]],
      ["allowed", "pending_approval", "nobody", [executed]],
    ]);
    expect(stricter.changed.at(-1)?.runs).toEqual([{ id: executed, reason: "rule_requires_approval", rule: "any" }]);
    expect(changesOf(await compare("refund", ABOVE_100))).toEqual([]);
  });

  test("counts erased runs as such, and leaves out those that no policy decided", async () => {
    await makeAction(workspace, { name: "erased", policy: ABOVE_100 });
    const [erased = "", kept = ""] = await proposeAmounts("erased", [200, 300]);
    expectOk(await decideRun(workspace.ctx, { runId: erased, decision: "reject", comment: null }));
    expectOk(await eraseRun(workspace.ctx, { runId: erased, reason: "Asked for", erasedBy: "owner@example.com" }));
    const { freezeId } = expectOk(
      await startFreeze(workspace.ctx, { actionName: "erased", apiKeyId: null, reason: "Wait", channel: "admin_cli" }),
    );
    await proposeAmounts("erased", [10]);
    expectOk(await thaw(workspace.ctx, { freezeId, comment: null, channel: "admin_cli" }));
    const result = await compare("erased", ABOVE_500);
    expect(result).toMatchObject({ compared: 1, erased: 1, undecided: 1 });
    expect(changesOf(result)).toEqual([["pending_approval", "allowed", "pending", [kept]]]);
  });

  test("compares with what the policy alone answered, where a budget or a grant had its say", async () => {
    await makeAction(workspace, { name: "budgeted", policy: ABOVE_500 });
    await makeBudget(workspace, { limit: "100", countsAllActions: false, actions: ["budgeted"] });
    const [over = ""] = await proposeAmounts("budgeted", [300]);
    expect(changesOf(await compare("budgeted", ABOVE_500))).toEqual([]);
    expect(changesOf(await compare("budgeted", ABOVE_100))).toEqual([["allowed", "pending_approval", "pending", [over]]]);

    await makeAction(workspace, { name: "granted", policy: { type: "always_require_approval" } });
    await giveGrant(workspace, { action: "granted" });
    const { action_run_id: granted } = await proposeOk(workspace, { action: "granted", payload: GRANTED_PAYLOAD });
    expect(changesOf(await compare("granted", { type: "always_block" }))).toContainEqual([
      "pending_approval",
      "blocked",
      "granted",
      [granted],
    ]);
    expect(changesOf(await compare("granted", { type: "always_require_approval" }))).toEqual([]);
  });

  test("reads what the draft would read: its own recipient field and risk, the run's key and time", async () => {
    await makeAction(workspace, { name: "read", policy: { type: "always_allow" } });
    const { action_run_id: id } = await proposeOk(workspace, { action: "read", payload: { to: "Ann", payee: "Bo" }, actor: "agent" });
    const { createdAt, apiKey } = await getDb().actionRun.findUniqueOrThrow({ where: { id }, include: { apiKey: true } });
    const when = [
      'recipient == "Bo"',
      'risk == "critical"',
      'actor == "agent"',
      `key == "${apiKey.name}"`,
      `now.hour("UTC") == ${createdAt.getUTCHours()}`,
    ].join(" && ");
    const policy: Policy = { type: "rules", rules: { rules: [{ name: "all", when, then: "block" }], otherwise: "allow" } };
    expect(changesOf(await compare("read", policy, draftOf(policy, { recipientField: "payee", riskLevel: "critical" })))).toEqual([
      ["allowed", "blocked", "nobody", [id]],
    ]);
    expect(changesOf(await compare("read", policy, draftOf(policy, { riskLevel: "critical" })))).toEqual([]);
  });

  test("says of each payload what intercept would answer under the draft", async () => {
    const rules: Policy = {
      type: "rules",
      rules: {
        rules: [
          { name: "destructive", when: "payload.destructive || !payload.reversible", then: "block" },
          { name: "small", when: 'amount <= 1000 && currency == "EUR"', then: "allow" },
        ],
        otherwise: "ask",
      },
    };
    await makeAction(workspace, { name: "before", policy: { type: "log_only" } });
    await makeAction(workspace, { name: "after", policy: rules });
    const payloads: JsonObject[] = [true, false, "yes", undefined].flatMap((reversible) =>
      [1, "1000.00", "1e3", 1000.01, null].map((amount) => ({
        amount,
        currency: "EUR",
        destructive: false,
        ...(reversible !== undefined && { reversible }),
      })),
    );
    const expected: [string, string][] = [];
    for (const payload of payloads) {
      const { action_run_id: id } = await proposeOk(workspace, { action: "before", payload });
      const { governance_status: status, policy_rule: rule } = await proposeOk(workspace, { action: "after", payload });
      if (status !== "allowed") expected.push([id, `${status} ${rule}`]);
    }
    const { changed } = await compare("before", rules);
    const found = changed.flatMap(({ to, runs }) => runs.map(({ id, rule }): [string, string] => [id, `${to} ${rule}`]));
    expect(found.sort()).toEqual(expected.sort());
    expect(new Set(found.map(([, answer]) => answer)).size).toBeGreaterThan(2);
  });

  test("reads the runs of its days, newest first, and none of other actions", async () => {
    const history = await makeWorkspace();
    await makeAction(history, { name: "seeded", policy: ABOVE_100 });
    await makeAction(history, { name: "other", policy: ABOVE_100 });
    const { actions, ...world } = await openWorld(history.workspaceId, undefined);
    // Evenly over 90 days, so about 11, 34, 56 and 79 days ago.
    await writeHistory(
      makeHistory({ ...world, actions: actions.filter(({ name }) => name === "seeded") }, { runs: 4, seedNumber: 1 }),
      () => {},
    );
    const read = async (actionName: string, days: BacktestDays) => {
      const draft = draftOf({ type: "always_block" });
      const { compared, erased } = await compareRecordedRuns(history.ctx, { actionName, draft, days });
      return compared + erased;
    };
    expect([await read("seeded", 7), await read("seeded", 30), await read("seeded", 90), await read("other", 90)]).toEqual([0, 1, 4, 0]);
  });
});

describe("the job", () => {
  const start = async (name: string, policy: Policy, ctx = admin) =>
    expectOk(await startBacktest(ctx, { name, days: 7, draft: draftOf(policy) })).backtestId;
  const look = async (backtestId: string) => expectOk(await getBacktest(admin, { backtestId })).backtest;

  beforeAll(async () => {
    await makeAction(workspace, { name: "job", policy: ABOVE_100, sentence: "refund {amount}" });
    await proposeAmounts("job", [200, 300]);
  });

  test("computes it in the worker, and shows the runs that change with their sentences", async () => {
    const id = await start("job", ABOVE_500);
    expect(await look(id)).toMatchObject({ status: "queued", result: null, runsTotal: null });
    await work();
    const { status, result, runs, runsTotal } = await look(id);
    expect({ status, runsTotal, compared: result?.compared }).toEqual({ status: "done", runsTotal: 2, compared: 2 });
    expect(
      Object.values(runs)
        .map(({ sentence }) => sentence)
        .sort(),
    ).toEqual(["refund 200.00", "refund 300.00"]);
    // The same draft is shown again, another one is computed.
    expect(await start("job", ABOVE_500)).toBe(id);
    expect(await start("job", { type: "always_block" })).not.toBe(id);
    await work();
  });

  test("stops when it is canceled, whether it has started or not", async () => {
    const queued = await start("job", { type: "log_only" });
    await cancelBacktest(admin, { backtestId: queued });
    await work();
    expect(await look(queued)).toMatchObject({ status: "canceled", result: null });

    const running = await start("job", { type: "always_allow" });
    const stop = new AbortController();
    const seen: number[] = [];
    const comparing = compareInThread(
      { workspaceId: workspace.workspaceId, actionName: "job", draft: draftOf(ABOVE_500), days: 7 },
      { onProgress: (done, total) => seen.push(done, total) > 1 && stop.abort(), signal: stop.signal },
    );
    await expect(comparing).rejects.toThrow("The backtest was ended.");
    expect(seen).toEqual([0, 2]);
    await cancelBacktest(admin, { backtestId: running });
    await runBacktest(systemContext(workspace.workspaceId), running, { compare: compareInThread });
    expect((await look(running)).status).toBe("canceled");
  });

  test("another draft of the same person takes its place, one of another person doesn't", async () => {
    const other = (await makePerson(workspace, "developer")).ctx;
    const draft = (threshold: string): Policy => ({ type: "require_approval_above_amount", threshold });
    const [theirs, first] = [await start("job", draft("7"), other), await start("job", draft("8"))];
    const second = await start("job", draft("9"));
    expect([(await look(theirs)).status, (await look(first)).status, (await look(second)).status]).toEqual([
      "queued",
      "canceled",
      "queued",
    ]);
    await work();
    expect([(await look(theirs)).status, (await look(second)).status]).toEqual(["done", "done"]);
  });

  test("ends as failed when it can't be computed, after three attempts", async () => {
    const id = await start("job", { type: "always_require_approval" });
    await getDb().$executeRaw`UPDATE backtests SET draft = '{}' WHERE id = ${id}::uuid`;
    for (let attempt = 0; attempt < 3; attempt++) {
      await work();
      await getDb().$executeRaw`UPDATE graphile_worker._private_jobs SET run_at = now() WHERE attempts < max_attempts`;
    }
    expect(await look(id)).toMatchObject({ status: "failed", result: null });
  });

  test("is for those who manage actions, in their own workspace, and is deleted after a week", async () => {
    const id = await start("job", { type: "always_require_approval" });
    const viewer = (await makePerson(workspace, "viewer")).ctx;
    await expect(startBacktest(viewer, { name: "job", days: 7, draft: draftOf(ABOVE_500) })).rejects.toThrow(NotPermitted);
    await expect(getBacktest(viewer, { backtestId: id })).rejects.toThrow(NotPermitted);
    await expect(cancelBacktest(viewer, { backtestId: id })).rejects.toThrow(NotPermitted);
    const stranger = (await makePerson(await makeWorkspace(), "owner")).ctx;
    expect(await getBacktest(stranger, { backtestId: id })).toMatchObject({ ok: false, code: "not_found" });
    await cancelBacktest(stranger, { backtestId: id });
    expect((await look(id)).status).toBe("queued");

    await getDb().$executeRaw`UPDATE backtests SET created_at = now() - interval '8 days' WHERE id = ${id}::uuid`;
    await deleteOldBacktests(systemContext(null));
    expect(await getBacktest(admin, { backtestId: id })).toMatchObject({ ok: false, code: "not_found" });
    expect(await getDb().backtest.count()).toBeGreaterThan(0);
  });
});
