import { beforeAll, expect, test } from "vitest";
import { settleRun } from "@/lib/action-runs/execute/settle-run";
import { getDb } from "@/lib/db/client";
import type { BudgetEntryState } from "@/lib/domain/budgets/budget";
import { firstAttempt, type HAPPENED } from "@/lib/testing/attempts";
import { budgetSums, makeBudget } from "@/lib/testing/budgets";
import { claimOk, endLease, expectOk, makeAction, makeWorkspace, proposeOk, type TestWorkspace } from "@/lib/testing/factories";

let workspace: TestWorkspace;
let budgetId: string;
beforeAll(async () => {
  workspace = await makeWorkspace();
  budgetId = await makeBudget(workspace, { limit: "1000000" });
  await makeAction(workspace, { name: "ask_first" });
  await makeAction(workspace, { name: "go_ahead", policy: { type: "always_allow" } });
});

const PAYLOAD = { amount: "100", currency: "EUR" };
const stateOf = async (runId: string) => (await getDb().budgetEntry.findFirstOrThrow({ where: { runId, budgetId } })).state;

/** What becomes of a reservation, whatever becomes of its run. */
const ENDINGS: Record<keyof typeof HAPPENED, BudgetEntryState> = {
  nothing: "reserved",
  rejected: "given_back",
  "blocked by a person": "given_back",
  approved: "reserved",
  withdrawn: "given_back",
  "withdrawn after an approval": "given_back",
  executed: "kept",
  "executed after an approval": "kept",
  failed: "given_back",
  "failed after an approval": "given_back",
  expired: "given_back",
  revoked: "given_back",
  lapsed: "given_back",
  "lapsed, but not recorded as lapsed": "reserved",
  claimed: "reserved",
  "in doubt": "reserved",
};
const ALLOWED_FIRST = new Set<string>(["executed", "failed", "claimed", "in doubt"]);

test.each(Object.entries(ENDINGS) as [keyof typeof HAPPENED, BudgetEntryState][])("%s: %s", async (happened, state) => {
  const before = await budgetSums(budgetId);
  const { runId } = await firstAttempt(workspace, ALLOWED_FIRST.has(happened) ? "go_ahead" : "ask_first", happened, PAYLOAD);
  expect(await stateOf(runId)).toBe(state);
  const { used, entries } = await budgetSums(budgetId);
  expect(used).toBe(entries);
  expect(Number(used) - Number(before.used)).toBe(state === "given_back" ? 0 : 100);
});

test.each([
  ["executed", "kept"],
  ["failed", "given_back"],
] as const)("in doubt, then settled as %s: %s", async (settlement, state) => {
  const { action_run_id: runId } = await proposeOk(workspace, { action: "go_ahead", payload: PAYLOAD });
  await claimOk(workspace, runId);
  await endLease(runId);
  expect(await stateOf(runId)).toBe("reserved");
  expectOk(await settleRun(workspace.ctx, { runId, settlement, settledBy: workspace.ownerEmail }));
  expect(await stateOf(runId)).toBe(state);
});

test("the ledger can't be rewritten, and a budget can't count something else", async () => {
  const { runId } = await firstAttempt(workspace, "ask_first", "rejected", PAYLOAD);
  const db = getDb();
  for (const change of [
    db.$executeRaw`UPDATE budget_entries SET state = 'reserved' WHERE run_id = ${runId}::uuid`,
    db.$executeRaw`UPDATE budget_entries SET amount = 1 WHERE run_id = ${runId}::uuid`,
    db.$executeRaw`DELETE FROM budget_entries WHERE run_id = ${runId}::uuid`,
    db.$executeRaw`UPDATE budgets SET period = 'day' WHERE id = ${budgetId}::uuid`,
    db.$executeRaw`UPDATE budgets SET currency = 'USD' WHERE id = ${budgetId}::uuid`,
    db.$executeRaw`DELETE FROM budgets WHERE id = ${budgetId}::uuid`,
  ]) {
    await expect(change).rejects.toThrow();
  }
});
