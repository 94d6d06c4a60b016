import { beforeAll, describe, expect, test } from "vitest";
import { eraseRun } from "@/lib/action-runs/erase-run";
import { requestTest } from "@/lib/action-runs/propose/request-test";
import { getRunStatus } from "@/lib/action-runs/status/get-run-status";
import { visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import type { JsonObject } from "@/lib/domain/json-value";
import { startFreeze } from "@/lib/freezes/start-freeze";
import { readRunDocument } from "@/lib/receipts/document/get-receipt-document";
import { checkReceipts } from "@/lib/receipts/log/check-receipts";
import { makeBudget } from "@/lib/testing/budgets";
import { expectOk, makeAction, makePerson, makeWorkspace, proposeOk, report, type TestWorkspace } from "@/lib/testing/factories";
import { GRANTED_PAYLOAD, giveGrant, grantSums } from "@/lib/testing/grants";
import { sequenceReceipts } from "@/lib/testing/sequence-receipts";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
});

/** The run whose approval gave the grant. Its file has the grant's receipt too. */
function grantedRunId(body = "{}"): string {
  return (JSON.parse(body) as { grant: { run_id: string } }).grant.run_id;
}

let actions = 0;
async function withGrant(different: Partial<Parameters<typeof giveGrant>[1]> = {}, settings: object = {}) {
  const action = `pay_${++actions}`;
  await makeAction(workspace, { name: action, ...settings });
  const grantId = await giveGrant(workspace, { action, ...different });
  const pay = (payload: JsonObject = {}, more: JsonObject = {}) =>
    proposeOk(workspace, { action, payload: { ...GRANTED_PAYLOAD, ...payload }, ...more });
  return { action, grantId, pay };
}

describe("a run that matches", () => {
  test("is allowed, and says so everywhere", async () => {
    const { grantId, pay } = await withGrant();
    await pay();
    const run = await pay({ amount: "130.50" });
    const grant = {
      id: grantId,
      given_by: workspace.ownerEmail,
      confirmed_by: null,
      facts: ["payload.supplier.id"],
      asked_reason: "policy_requires_approval",
      currency: "EUR",
      amount_each: "500",
      total: "2000",
      max_uses: 10,
      uses_before: 1,
      used_before: "120",
    };
    expect(run).toMatchObject({
      governance_status: "allowed",
      governance_reason: "standing_grant",
      executable: true,
      grant,
      receipt: { outcome: "allowed", reason: "standing_grant", channel: "policy", decided_by: null, grant },
      decision: { outcome: "allowed", reason: "standing_grant", by: null },
    });
    const status = expectOk(await getRunStatus(visitorContext(), workspace.credentials, run.action_run_id)).answer;
    expect(status).toMatchObject({ governance_reason: "standing_grant", grant, receipt: { grant } });
    const document = await readRunDocument(workspace.ctx, run.action_run_id);
    expect(document?.decision.says).toMatchObject({
      approval_required: true,
      grant: {
        grant_id: grantId,
        given_by: workspace.ownerEmail,
        uses_before: "1",
        used_before: "120",
        asked_reason: "policy_requires_approval",
      },
    });
    expect(document?.policy?.explanation).toBe(
      `The policy asks a person about every run of this action. ${workspace.ownerEmail} approved it in advance with a standing grant: run 2 of 10, 120.00 of 2,000.00\u00a0EUR used before it.`,
    );
    await sequenceReceipts(workspace.ctx);
    for (const runId of [run.action_run_id, grantedRunId(document?.decision.body)])
      expect((await checkReceipts(workspace.ctx, { runId })).verdict.problems).toEqual([]);
  });

  test.each<[string, JsonObject]>([
    ["another supplier", { supplier: { id: "S-18" } }],
    ["the supplier's id as a number", { supplier: { id: 17 } }],
    ["a supplier in another case", { supplier: { id: "s-17" } }],
    ["no supplier", { supplier: null }],
    ["a list where the field was", { supplier: [{ id: "S-17" }] }],
    ["more than the amount each", { amount: "500.01" }],
    ["an amount with an exponent", { amount: "1e2" }],
    ["a negative amount", { amount: "-5" }],
    ["another currency", { currency: "USD" }],
    ["no currency", { currency: null }],
    ["a currency that is no text", { currency: 7 }],
  ])("not with %s", async (_what, different) => {
    const { pay, grantId } = await withGrant();
    expect(await pay(different)).toMatchObject({ governance_status: "pending_approval", grant: null });
    expect(await grantSums(grantId)).toEqual({ uses: 0, used: "0", runs: 0 });
  });

  test("not where it has an amount that the approved run hadn't", async () => {
    const { pay } = await withGrant({ payload: { supplier: { id: "S-17" } }, amountEach: "", total: "" });
    expect(await pay()).toMatchObject({ governance_status: "pending_approval" });
  });

  test.each([
    ["the amount", "500", "allowed"],
    ["more than the total", "500", "pending_approval"],
  ])("within its limits: %s", async (what, amount, status) => {
    const { pay } = await withGrant({ total: what === "the amount" ? "500" : "599" });
    if (status === "pending_approval") await pay({ amount: "100" });
    expect(await pay({ amount })).toMatchObject({ governance_status: status });
  });

  test("replayed, uses nothing up again", async () => {
    const { pay, grantId } = await withGrant();
    const first = await pay({}, { idempotency_key: "k" });
    const again = await pay({}, { idempotency_key: "k" });
    expect(again).toMatchObject({
      action_run_id: first.action_run_id,
      idempotent_replay: true,
      governance_reason: "standing_grant",
      grant: { uses_before: 0 },
    });
    expect(await grantSums(grantId)).toMatchObject({ uses: 1 });
  });

  test("claimed with its proposal, is handed out", async () => {
    const { pay } = await withGrant();
    expect((await pay({}, { claim: { worker: "w" } })).claim).toMatchObject({ token: expect.any(String) });
  });
});

describe("a grant never overrides", () => {
  test("a freeze", async () => {
    const { action, pay, grantId } = await withGrant();
    expectOk(await startFreeze(workspace.ctx, { actionName: action, apiKeyId: null, reason: "Stop", channel: "console" }));
    expect(await pay()).toMatchObject({ governance_status: "blocked", governance_reason: "frozen" });
    expect(await grantSums(grantId)).toMatchObject({ uses: 0 });
  });

  test("a budget that blocks, but one that asks, and counts toward it", async () => {
    const other = await makeWorkspace();
    await makeAction(other, { name: "pay" });
    await giveGrant(other, { action: "pay" });
    await makeBudget(other, { name: "Asks", limit: "200", whenExceeded: "ask" });
    const pay = (amount: string) => proposeOk(other, { action: "pay", payload: { ...GRANTED_PAYLOAD, amount } });
    expect(await pay("150")).toMatchObject({ governance_reason: "standing_grant", budget: null });
    expect(await pay("100")).toMatchObject({
      governance_reason: "standing_grant",
      budget: { name: "Asks", used_before: "150" },
      receipt: { budget: { used_before: "150" }, grant: { used_before: "150" } },
    });
    await makeBudget(other, { name: "Blocks", limit: "100", whenExceeded: "block" });
    expect(await pay("100")).toMatchObject({ governance_reason: "standing_grant" });
    expect(await pay("1")).toMatchObject({ governance_status: "blocked", governance_reason: "budget_exceeded_blocked", grant: null });
  });

  test("what a policy can't read", async () => {
    const { pay } = await withGrant({}, { policy: { type: "require_approval_above_amount", threshold: "100", currency: "EUR" } });
    expect(await pay({ amount: "200" })).toMatchObject({ governance_reason: "standing_grant" });
    expect(await pay({ amount: "200 EUR" })).toMatchObject({ governance_reason: "policy_amount_invalid_requires_approval" });
    expect(await pay({ currency: "USD" })).toMatchObject({ governance_reason: "policy_currency_mismatch_requires_approval" });
  });

  test("a rule that asks something else, or blocks", async () => {
    const rules = {
      rules: [
        { name: "sanctioned", when: 'payload.iban == "KP"', then: "block" as const },
        { name: "new account", when: "payload.is_new == true", then: "ask" as const },
        { name: "large", when: 'amount > dec("100")', then: "ask" as const },
      ],
      otherwise: "allow" as const,
    };
    const { pay } = await withGrant({ payload: { ...GRANTED_PAYLOAD, is_new: false } }, { policy: { type: "rules", rules } });
    expect(await pay({ is_new: false })).toMatchObject({ governance_reason: "standing_grant", policy_rule: "large" });
    expect(await pay({ is_new: true })).toMatchObject({ governance_status: "pending_approval", policy_rule: "new account" });
    expect(await pay({ is_new: "no" })).toMatchObject({ governance_reason: "rule_unreadable_requires_approval" });
    expect(await pay({ iban: "KP", is_new: false })).toMatchObject({ governance_status: "blocked" });
  });

  test("self-approval: a run of a key that its giver made is asked about where the action wants another person", async () => {
    const { pay, action } = await withGrant();
    await getDb().registeredAction.updateMany({ where: { name: action }, data: { requiresFourEyes: true } });
    expect(await pay()).toMatchObject({ governance_status: "pending_approval" });
  });
});

describe("what is used", () => {
  test.each([
    ["executed", { outcome: "executed" }, 1],
    ["failed", { outcome: "failed" }, 1],
  ] as const)("of a run that %s stays used", async (_what, { outcome }, uses) => {
    const { pay, grantId } = await withGrant();
    const { action_run_id: runId } = await pay();
    expectOk(await report(workspace, runId, { outcome, error: outcome === "failed" ? "The bank said no." : null }));
    expect(await grantSums(grantId)).toMatchObject({ uses });
  });

  test("can't be rewritten, and a grant stays as it was given", async () => {
    const { pay, grantId } = await withGrant();
    const { action_run_id: runId } = await pay();
    const db = getDb();
    for (const change of [
      db.$executeRaw`UPDATE grant_uses SET amount = 1 WHERE run_id = ${runId}::uuid`,
      db.$executeRaw`DELETE FROM grant_uses WHERE run_id = ${runId}::uuid`,
      db.$executeRaw`UPDATE standing_grants SET max_uses = 100 WHERE id = ${grantId}::uuid`,
      db.$executeRaw`UPDATE standing_grants SET total = 100000 WHERE id = ${grantId}::uuid`,
      db.$executeRaw`UPDATE standing_grants SET facts_text = '{}' WHERE id = ${grantId}::uuid`,
      db.$executeRaw`DELETE FROM standing_grants WHERE id = ${grantId}::uuid`,
    ])
      await expect(change).rejects.toThrow();
  });
});

describe("a test from the console", () => {
  test("uses nothing up, and is asked about", async () => {
    const { action, grantId } = await withGrant();
    const developer = await makePerson(workspace, "developer");
    const { runId } = expectOk(await requestTest(developer.ctx, { name: action, payload: JSON.stringify(GRANTED_PAYLOAD) }));
    expect(await getDb().actionRun.findUniqueOrThrow({ where: { id: runId } })).toMatchObject({ governanceStatus: "pending_approval" });
    expect(await grantSums(grantId)).toMatchObject({ uses: 0 });
  });
});

test("erasing the approved run erases what must be the same, and ends the grant", async () => {
  const { pay, grantId } = await withGrant();
  const { runId } = await getDb().standingGrant.findUniqueOrThrow({ where: { id: grantId } });
  expectOk(await report(workspace, runId, { outcome: "executed" }));
  expectOk(await eraseRun(workspace.ctx, { runId, reason: "Asked to", erasedBy: workspace.ownerEmail }));
  expect(await getDb().standingGrant.findUniqueOrThrow({ where: { id: grantId } })).toMatchObject({
    factsText: null,
    endedReason: "erased",
    endedBy: null,
  });
  expect(await pay()).toMatchObject({ governance_status: "pending_approval" });
});
