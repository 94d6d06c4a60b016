import { beforeAll, expect, test } from "vitest";
import { requestTest } from "@/lib/action-runs/propose/request-test";
import { getDb } from "@/lib/db/client";
import type { JsonObject } from "@/lib/domain/json-value";
import { startFreeze } from "@/lib/freezes/start-freeze";
import { budgetSums, makeBudget, withBudget } from "@/lib/testing/budgets";
import { claimOk, expectOk, makeAction, makePerson, makeWorkspace, proposeOk, report, type TestWorkspace } from "@/lib/testing/factories";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "refund", policy: { type: "always_allow" } });
  await makeAction(workspace, { name: "ask_first" });
});

const refund = (fields: JsonObject, more: JsonObject = {}, action = "refund") =>
  proposeOk(workspace, { action, payload: { currency: "EUR", ...fields }, ...more });
test("a replay is the run, and counts once", async () => {
  await withBudget(workspace, { limit: "10" }, async (id) => {
    const key = { idempotency_key: "once" };
    const first = await refund({ amount: "11" }, key);
    const again = await refund({ amount: "11" }, key);
    expect(again).toMatchObject({ action_run_id: first.action_run_id, idempotent_replay: true, budget: first.budget });
    expect(await budgetSums(id)).toEqual({ used: "11", entries: "11" });
  });
});

test("a test request is decided like any other, and counts nothing; a frozen proposal isn't looked at", async () => {
  await withBudget(workspace, { limit: "10" }, async (id) => {
    const { ctx } = await makePerson(workspace, "admin");
    const over = expectOk(await requestTest(ctx, { name: "refund", payload: '{"amount": "11", "currency": "EUR"}' }));
    const run = await getDb().actionRun.findFirstOrThrow({ where: { id: over.runId }, include: { budgetEntries: true } });
    expect(run).toMatchObject({ governanceReason: "budget_exceeded_requires_approval", budgetEntries: [{ state: "not_counted" }] });
    expect(await budgetSums(id)).toEqual({ used: "0", entries: "0" });
  });
  const other = await makeWorkspace();
  await makeAction(other, { name: "refund", policy: { type: "always_allow" } });
  const id = await makeBudget(other, { limit: "1" });
  expectOk(await startFreeze(other.ctx, { actionName: null, apiKeyId: null, reason: "Stop", channel: "admin_cli" }));
  expect(await proposeOk(other, { action: "refund", payload: { amount: "5", currency: "EUR" } })).toMatchObject({
    governance_reason: "frozen",
    budget: null,
  });
  expect(await getDb().budgetEntry.count({ where: { budgetId: id } })).toBe(0);
});

test("only the actions that it names count, and a deleted budget counts nothing", async () => {
  await withBudget(workspace, { countsAllActions: false, actions: ["ask_first"], limit: "1" }, async () => {
    expect((await refund({ amount: "5" })).governance_status).toBe("allowed");
    expect(await refund({ amount: "5" }, {}, "ask_first")).toMatchObject({ budget: { amount: "5" } });
  });
  expect(await refund({ amount: "5" }, {}, "ask_first")).toMatchObject({ budget: null });
});

test("a period's reservation ends with the run, whatever was executed meanwhile", async () => {
  await withBudget(workspace, { limit: "10" }, async (id) => {
    const run = await refund({ amount: "8" });
    const claimToken = await claimOk(workspace, run.action_run_id);
    expectOk(await report(workspace, run.action_run_id, { claimToken, outcome: "failed", error: "no" }));
    expect(await budgetSums(id)).toEqual({ used: "0", entries: "0" });
    expect((await refund({ amount: "10" })).governance_status).toBe("allowed");
    expect(await budgetSums(id)).toEqual({ used: "10", entries: "10" });
  });
});
