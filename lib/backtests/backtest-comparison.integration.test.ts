import { beforeAll, describe, expect, test } from "vitest";
import { eraseRun } from "@/lib/action-runs/erase-run";
import { decideRun } from "@/lib/approvals/decide-run";
import { getDb } from "@/lib/db/client";
import type { BacktestDays, BacktestResult } from "@/lib/domain/backtests/backtest";
import type { JsonObject } from "@/lib/domain/json-value";
import { startFreeze } from "@/lib/freezes/start-freeze";
import { thaw } from "@/lib/freezes/thaw";
import { ABOVE_100, ABOVE_500, draftOf, type Policy, proposeAmounts } from "@/lib/testing/backtests";
import { makeBudget } from "@/lib/testing/budgets";
import { claimOk, expectOk, makeAction, makeWorkspace, proposeOk, report, type TestWorkspace } from "@/lib/testing/factories";
import { GRANTED_PAYLOAD, giveGrant } from "@/lib/testing/grants";
import { makeHistory } from "@/scripts/admin/seed/history";
import { openWorld } from "@/scripts/admin/seed/seed-world";
import { writeHistory } from "@/scripts/admin/seed/write-history";
import { compareRecordedRuns } from "./compare-recorded-runs";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
});

const compare = async (actionName: string, policy: Policy, draft = draftOf(policy)): Promise<BacktestResult> => {
  return compareRecordedRuns(workspace.ctx, { actionName, draft, days: 30 });
};

/** [from, to, fate, ids] of what changes. */
const changesOf = ({ changed }: BacktestResult) => changed.map(({ from, to, fate, runs }) => [from, to, fate, runs.map(({ id }) => id)]);

describe("the comparison", () => {
  test("names what a draft changes, and what people had decided about it", async () => {
    await makeAction(workspace, { name: "refund", policy: ABOVE_100 });
    const [executed = "", failed = "", approved = "", rejected = "", pending = ""] = await proposeAmounts(
      workspace,
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
    const [erased = "", kept = ""] = await proposeAmounts(workspace, "erased", [200, 300]);
    expectOk(await decideRun(workspace.ctx, { runId: erased, decision: "reject", comment: null }));
    expectOk(await eraseRun(workspace.ctx, { runId: erased, reason: "Asked for", erasedBy: "owner@example.com" }));
    const { freezeId } = expectOk(
      await startFreeze(workspace.ctx, { actionName: "erased", apiKeyId: null, reason: "Wait", channel: "admin_cli" }),
    );
    await proposeAmounts(workspace, "erased", [10]);
    expectOk(await thaw(workspace.ctx, { freezeId, comment: null, channel: "admin_cli" }));
    const result = await compare("erased", ABOVE_500);
    expect(result).toMatchObject({ compared: 1, erased: 1, undecided: 1 });
    expect(changesOf(result)).toEqual([["pending_approval", "allowed", "pending", [kept]]]);
  });

  test("compares with what the policy alone answered, where a budget or a grant had its say", async () => {
    await makeAction(workspace, { name: "budgeted", policy: ABOVE_500 });
    await makeBudget(workspace, { limit: "100", countsAllActions: false, actions: ["budgeted"] });
    const [over = ""] = await proposeAmounts(workspace, "budgeted", [300]);
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
