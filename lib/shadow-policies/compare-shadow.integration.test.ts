import { beforeAll, expect, test } from "vitest";
import { eraseRun } from "@/lib/action-runs/erase-run";
import { requestTest } from "@/lib/action-runs/propose/request-test";
import { decideRun } from "@/lib/approvals/decide-run";
import { getDb } from "@/lib/db/client";
import type { JsonObject } from "@/lib/domain/json-value";
import { startFreeze } from "@/lib/freezes/start-freeze";
import { thaw } from "@/lib/freezes/thaw";
import { editAction } from "@/lib/registered-actions/edit-action";
import type { MemberContext } from "@/lib/security/context";
import { makeBudget } from "@/lib/testing/budgets";
import { expectOk, makeAction, makePerson, makeWorkspace, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { GRANTED_PAYLOAD, giveGrant } from "@/lib/testing/grants";
import { ABOVE_100, ABOVE_500, BY_RULES, type Policy, runInShadow, shadowAnswerOf, shadowOf } from "@/lib/testing/shadows";
import { compareShadow } from "./compare-shadow";
import { countAnswers } from "./get-shadow";
import { makeShadowThePolicy } from "./make-shadow-the-policy";
import { stopShadow } from "./stop-shadow";

let workspace: TestWorkspace;
let admin: MemberContext;
beforeAll(async () => {
  workspace = await makeWorkspace();
  admin = (await makePerson(workspace, "admin")).ctx;
});

const start = (name: string, policy: Policy, beside = {}) => runInShadow(admin, name, policy, beside);
const propose = async (action: string, payload: JsonObject) => (await proposeOk(workspace, { action, payload })).action_run_id;
const pay = (action: string, amount: number) => propose(action, { amount, currency: "EUR" });
/** [from, to, fate, ids] of what is answered differently. */
const changesOf = async (shadowId: string) =>
  (await compareShadow(admin, shadowId)).result.changed.map(({ from, to, fate, runs }) => [from, to, fate, runs.map(({ id }) => id)]);

test("the answers are kept with each run from the start to the end, and compared as a backtest's are", async () => {
  await makeAction(workspace, { name: "refund", policy: ABOVE_100 });
  const before = await pay("refund", 150);
  const shadowId = await start("refund", BY_RULES);
  const [small, approved, rejected, large] = [
    await pay("refund", 50),
    await pay("refund", 150),
    await pay("refund", 160),
    await pay("refund", 300),
  ];
  expectOk(await decideRun(workspace.ctx, { runId: approved, decision: "approve", comment: null }));
  expectOk(await decideRun(workspace.ctx, { runId: rejected, decision: "reject", comment: null }));
  expect(await shadowAnswerOf(before)).toBeNull();
  expect(await shadowAnswerOf(small)).toMatchObject({ policyOutcome: "allowed", outcome: "allowed", reason: "rule_allowed", rule: null });
  expect(await shadowAnswerOf(large)).toMatchObject({ policyOutcome: "pending_approval", outcome: "blocked", rule: "large" });
  expect(await changesOf(shadowId)).toEqual([
    ["pending_approval", "allowed", "rejected", [rejected]],
    ["pending_approval", "allowed", "approved", [approved]],
    ["pending_approval", "blocked", "pending", [large]],
  ]);
  expect(await shadowOf(admin, "refund")).toMatchObject({ ended: null, startedBy: admin.actor.email, policyVersion: 1 });
  expect(await countAnswers(admin, shadowId)).toEqual({ compared: 4, different: 3 });

  expectOk(await stopShadow(admin, { name: "refund", shadowId }));
  expect(await shadowAnswerOf(await pay("refund", 300))).toBeNull();
  expect(await shadowOf(admin, "refund")).toMatchObject({ ended: { reason: "stopped", by: admin.actor.email } });
  expect((await compareShadow(admin, shadowId)).result.compared).toBe(4);
  expect(await stopShadow(admin, { name: "refund", shadowId })).toMatchObject({ ok: false, code: "not_found" });
});

test("the answers are of the policies alone where a budget or a grant had its say, and leave out what no policy decided and test requests", async () => {
  await makeAction(workspace, { name: "budgeted", policy: ABOVE_500 });
  await makeBudget(workspace, { limit: "100", countsAllActions: false, actions: ["budgeted"] });
  const shadowId = await start("budgeted", ABOVE_100);
  const over = await pay("budgeted", 300);
  expect(await changesOf(shadowId)).toEqual([["allowed", "pending_approval", "pending", [over]]]);
  const { freezeId } = expectOk(
    await startFreeze(workspace.ctx, { actionName: "budgeted", apiKeyId: null, reason: "Wait", channel: "admin_cli" }),
  );
  expect(await shadowAnswerOf(await pay("budgeted", 300))).toMatchObject({ policyOutcome: null, outcome: null });
  expectOk(await thaw(workspace.ctx, { freezeId, comment: null, channel: "admin_cli" }));
  const { runId: tested } = expectOk(await requestTest(admin, { name: "budgeted", payload: '{"amount": 300}' }));
  expect(await shadowAnswerOf(tested)).toBeNull();
  expect((await compareShadow(admin, shadowId)).result).toMatchObject({ compared: 1, undecided: 1, erased: 0 });

  await makeAction(workspace, { name: "granted", policy: { type: "always_require_approval" } });
  await giveGrant(workspace, { action: "granted" });
  const blocking = await start("granted", { type: "always_block" });
  const granted = await propose("granted", GRANTED_PAYLOAD);
  expect(await changesOf(blocking)).toEqual([["pending_approval", "blocked", "granted", [granted]]]);
});

test("the answers are by the draft's own recipient field and risk, and count a repeated proposal once", async () => {
  await makeAction(workspace, { name: "read", policy: { type: "always_allow" } });
  const when = 'recipient == "Bo" && risk == "critical"';
  const rules: Policy = { type: "rules", rules: { rules: [{ name: "all", when, then: "block" }], otherwise: "allow" } };
  const shadowId = await start("read", rules, { recipientField: "payee", riskLevel: "critical" });
  const again = { action: "read", payload: { to: "Ann", payee: "Bo" }, idempotency_key: "once" };
  const { action_run_id: id } = await proposeOk(workspace, again);
  await proposeOk(workspace, again);
  expect(await changesOf(shadowId)).toEqual([["allowed", "blocked", "nobody", [id]]]);
  expect((await compareShadow(admin, shadowId)).runs[id]?.sentence).toBe("run read, to Ann");
});

test("the answers are counted whole, and listed by the newest 25 of each kind", async () => {
  await makeAction(workspace, { name: "many", policy: { type: "always_allow" } });
  const shadowId = await start("many", BY_RULES);
  const ids: string[] = [];
  for (let made = 0; made < 27; made++) ids.unshift(await pay("many", 300));
  await pay("many", 1);
  const { result } = await compareShadow(admin, shadowId);
  expect(result).toMatchObject({ compared: 28, changed: [{ from: "allowed", to: "blocked", fate: "nobody", count: 27 }] });
  expect(result.changed[0]?.runs).toEqual(ids.slice(0, 25).map((id) => ({ id, reason: "rule_blocked", rule: "large" })));
});

test("the answers go with the payload when a run is erased, and are counted as such", async () => {
  await makeAction(workspace, { name: "erased", policy: { type: "always_block" } });
  const shadowId = await start("erased", BY_RULES);
  const [erased, kept] = [await pay("erased", 10), await pay("erased", 20)];
  expectOk(await eraseRun(workspace.ctx, { runId: erased, reason: "Asked for", erasedBy: "owner@example.com" }));
  expect(await shadowAnswerOf(erased)).toMatchObject({ policyOutcome: null, outcome: null, reason: null, rule: null, isErased: true });
  expect((await compareShadow(admin, shadowId)).result).toMatchObject({ compared: 1, erased: 1 });
  expect(await changesOf(shadowId)).toEqual([["blocked", "allowed", "nobody", [kept]]]);
});

test("a draft that this release can't evaluate changes and stops nothing, and is counted", async () => {
  await makeAction(workspace, { name: "odd", policy: { type: "always_allow" } });
  const shadowId = await start("odd", BY_RULES);
  await getDb()
    .$executeRaw`UPDATE shadow_policies SET draft = '{"policy": {"type": "rules", "rules": {"rules": 7}}}' WHERE id = ${shadowId}::uuid`;
  const { action_run_id: id, governance_status: status } = await proposeOk(workspace, { action: "odd", payload: { amount: 1 } });
  expect(status).toBe("allowed");
  expect(await shadowAnswerOf(id)).toMatchObject({ policyOutcome: "allowed", outcome: null });
  expect(await compareShadow(admin, shadowId)).toMatchObject({ failed: 1, result: { compared: 0 } });
  expect(await countAnswers(admin, shadowId)).toEqual({ compared: 0, different: 0 });

  // It can be stopped.
  expect(await shadowOf(admin, "odd")).toMatchObject({ id: shadowId, draft: null });
  expect(await makeShadowThePolicy(admin, { name: "odd", shadowId, configVersion: 1, comment: "" })).toMatchObject({
    code: "validation_failed",
    detail: expect.stringContaining("can’t read the draft") as string,
  });
  expectOk(await editAction(admin, { name: "odd", title: "odd", policy: { type: "always_block" } }));
  expectOk(await stopShadow(admin, { name: "odd", shadowId }));
});
