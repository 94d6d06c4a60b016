import fc from "fast-check";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { eraseRun } from "@/lib/action-runs/erase-run";
import { requestTest } from "@/lib/action-runs/propose/request-test";
import { decideRun } from "@/lib/approvals/decide-run";
import { getDb } from "@/lib/db/client";
import type { JsonObject } from "@/lib/domain/json-value";
import { startFreeze } from "@/lib/freezes/start-freeze";
import { thaw } from "@/lib/freezes/thaw";
import { confirmProposal } from "@/lib/policy-proposals/confirm-proposal";
import { editAction } from "@/lib/registered-actions/edit-action";
import { restorePolicy } from "@/lib/registered-actions/restore-policy";
import { draftSchema, type NewAction } from "@/lib/registered-actions/schema";
import type { MemberContext } from "@/lib/security/context";
import { NotPermitted } from "@/lib/security/not-permitted";
import { makeBudget } from "@/lib/testing/budgets";
import { expectOk, makeAction, makePerson, makeWorkspace, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { GRANTED_PAYLOAD, giveGrant } from "@/lib/testing/grants";
import { proofSize } from "@/lib/testing/guarantees/proof-size";
import { makeGuardedWorkspace } from "@/lib/testing/policy-proposals";
import { compareShadow } from "./compare-shadow";
import { countAnswers, getShadow } from "./get-shadow";
import { makeShadowThePolicy } from "./make-shadow-the-policy";
import { startShadow } from "./start-shadow";
import { stopShadow } from "./stop-shadow";

type Policy = NewAction["policy"];
const ABOVE_100: Policy = { type: "require_approval_above_amount", threshold: "100" };
const ABOVE_500: Policy = { type: "require_approval_above_amount", threshold: "500" };
const BY_RULES: Policy = {
  type: "rules",
  rules: { rules: [{ name: "large", when: "amount > 200", then: "block" }], otherwise: "allow" },
};

let workspace: TestWorkspace;
let admin: MemberContext;
beforeAll(async () => {
  workspace = await makeWorkspace();
  admin = (await makePerson(workspace, "admin")).ctx;
});

const draftOf = (policy: Policy, different: { recipientField?: string; riskLevel?: "low" | "critical" } = {}) =>
  draftSchema.parse({ policy, riskLevel: "medium", recipientField: null, ...different });
const start = async (name: string, policy: Policy, ctx = admin, different = {}) =>
  expectOk(await startShadow(ctx, { name, draft: draftOf(policy, different) })).shadowId;
const propose = async (action: string, payload: JsonObject) => (await proposeOk(workspace, { action, payload })).action_run_id;
const pay = (action: string, amount: number) => propose(action, { amount, currency: "EUR" });
const answerOf = (runId: string) => getDb().shadowAnswer.findFirst({ where: { runId } });
const shadowOf = async (name: string, ctx = admin) => {
  const { workspaceId } = ctx;
  const { id } = await getDb().registeredAction.findUniqueOrThrow({ where: { workspaceId_name: { workspaceId, name } } });
  return getShadow(ctx, id);
};
const endOf = async (name: string, ctx = admin) => (await shadowOf(name, ctx))?.ended?.reason ?? "running";
/** [from, to, fate, ids] of what is answered differently. */
const changesOf = async (shadowId: string) =>
  (await compareShadow(admin, shadowId)).result.changed.map(({ from, to, fate, runs }) => [from, to, fate, runs.map(({ id }) => id)]);

describe("the answers", () => {
  test("are kept with each run from the start to the end, and compared as a backtest's are", async () => {
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
    expect(await answerOf(before)).toBeNull();
    expect(await answerOf(small)).toMatchObject({ policyOutcome: "allowed", outcome: "allowed", reason: "rule_allowed", rule: null });
    expect(await answerOf(large)).toMatchObject({ policyOutcome: "pending_approval", outcome: "blocked", rule: "large" });
    expect(await changesOf(shadowId)).toEqual([
      ["pending_approval", "allowed", "rejected", [rejected]],
      ["pending_approval", "allowed", "approved", [approved]],
      ["pending_approval", "blocked", "pending", [large]],
    ]);
    expect(await shadowOf("refund")).toMatchObject({ ended: null, startedBy: admin.actor.email, policyVersion: 1 });
    expect(await countAnswers(admin, shadowId)).toEqual({ compared: 4, different: 3 });

    expectOk(await stopShadow(admin, { name: "refund", shadowId }));
    expect(await answerOf(await pay("refund", 300))).toBeNull();
    expect(await shadowOf("refund")).toMatchObject({ ended: { reason: "stopped", by: admin.actor.email } });
    expect((await compareShadow(admin, shadowId)).result.compared).toBe(4);
    expect(await stopShadow(admin, { name: "refund", shadowId })).toMatchObject({ ok: false, code: "not_found" });
  });

  test("are of the policies alone where a budget or a grant had its say, and leave out what no policy decided and test requests", async () => {
    await makeAction(workspace, { name: "budgeted", policy: ABOVE_500 });
    await makeBudget(workspace, { limit: "100", countsAllActions: false, actions: ["budgeted"] });
    const shadowId = await start("budgeted", ABOVE_100);
    const over = await pay("budgeted", 300);
    expect(await changesOf(shadowId)).toEqual([["allowed", "pending_approval", "pending", [over]]]);
    const { freezeId } = expectOk(
      await startFreeze(workspace.ctx, { actionName: "budgeted", apiKeyId: null, reason: "Wait", channel: "admin_cli" }),
    );
    expect(await answerOf(await pay("budgeted", 300))).toMatchObject({ policyOutcome: null, outcome: null });
    expectOk(await thaw(workspace.ctx, { freezeId, comment: null, channel: "admin_cli" }));
    const { runId: tested } = expectOk(await requestTest(admin, { name: "budgeted", payload: '{"amount": 300}' }));
    expect(await answerOf(tested)).toBeNull();
    expect((await compareShadow(admin, shadowId)).result).toMatchObject({ compared: 1, undecided: 1, erased: 0 });

    await makeAction(workspace, { name: "granted", policy: { type: "always_require_approval" } });
    await giveGrant(workspace, { action: "granted" });
    const blocking = await start("granted", { type: "always_block" });
    const granted = await propose("granted", GRANTED_PAYLOAD);
    expect(await changesOf(blocking)).toEqual([["pending_approval", "blocked", "granted", [granted]]]);
  });

  test("are by the draft's own recipient field and risk, and count a repeated proposal once", async () => {
    await makeAction(workspace, { name: "read", policy: { type: "always_allow" } });
    const when = 'recipient == "Bo" && risk == "critical"';
    const rules: Policy = { type: "rules", rules: { rules: [{ name: "all", when, then: "block" }], otherwise: "allow" } };
    const shadowId = await start("read", rules, admin, { recipientField: "payee", riskLevel: "critical" });
    const again = { action: "read", payload: { to: "Ann", payee: "Bo" }, idempotency_key: "once" };
    const { action_run_id: id } = await proposeOk(workspace, again);
    await proposeOk(workspace, again);
    expect(await changesOf(shadowId)).toEqual([["allowed", "blocked", "nobody", [id]]]);
    expect((await compareShadow(admin, shadowId)).runs[id]?.sentence).toBe("run read, to Ann");
  });

  test("are counted whole, and listed by the newest 25 of each kind", async () => {
    await makeAction(workspace, { name: "many", policy: { type: "always_allow" } });
    const shadowId = await start("many", BY_RULES);
    const ids: string[] = [];
    for (let made = 0; made < 27; made++) ids.unshift(await pay("many", 300));
    await pay("many", 1);
    const { result } = await compareShadow(admin, shadowId);
    expect(result).toMatchObject({ compared: 28, changed: [{ from: "allowed", to: "blocked", fate: "nobody", count: 27 }] });
    expect(result.changed[0]?.runs).toEqual(ids.slice(0, 25).map((id) => ({ id, reason: "rule_blocked", rule: "large" })));
  });

  test("go with the payload when a run is erased, and are counted as such", async () => {
    await makeAction(workspace, { name: "erased", policy: { type: "always_block" } });
    const shadowId = await start("erased", BY_RULES);
    const [erased, kept] = [await pay("erased", 10), await pay("erased", 20)];
    expectOk(await eraseRun(workspace.ctx, { runId: erased, reason: "Asked for", erasedBy: "owner@example.com" }));
    expect(await answerOf(erased)).toMatchObject({ policyOutcome: null, outcome: null, reason: null, rule: null, isErased: true });
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
    expect(await answerOf(id)).toMatchObject({ policyOutcome: "allowed", outcome: null });
    expect(await compareShadow(admin, shadowId)).toMatchObject({ failed: 1, result: { compared: 0 } });
    expect(await countAnswers(admin, shadowId)).toEqual({ compared: 0, different: 0 });

    // It can be stopped.
    expect(await shadowOf("odd")).toMatchObject({ id: shadowId, draft: null });
    expect(await makeShadowThePolicy(admin, { name: "odd", shadowId, configVersion: 1, comment: "" })).toMatchObject({
      code: "validation_failed",
      detail: expect.stringContaining("can’t read the draft") as string,
    });
    expectOk(await editAction(admin, { name: "odd", title: "odd", policy: { type: "always_block" } }));
    expectOk(await stopShadow(admin, { name: "odd", shadowId }));
  });
});

test("whatever runs in shadow, the answer is the same as without", async () => {
  const policies = fc.constantFrom<Policy>(
    ABOVE_100,
    ABOVE_500,
    BY_RULES,
    { type: "always_allow" },
    { type: "always_block" },
    { type: "log_only" },
  );
  const amounts = fc.constantFrom<unknown>(1, 150, "300", 600, null, "x", undefined);
  let made = 0;
  await fc.assert(
    fc.asyncProperty(policies, policies, amounts, async (policy, draft, amount) => {
      const [plain, shadowed] = [`plain_${++made}`, `shadowed_${made}`];
      await makeAction(workspace, { name: plain, policy });
      await makeAction(workspace, { name: shadowed, policy });
      const isSame = JSON.stringify(policy) === JSON.stringify(draft);
      if (!isSame) await start(shadowed, draft);
      const payload = (amount === undefined ? {} : { amount }) as JsonObject;
      const [without, beside] = [
        await proposeOk(workspace, { action: plain, payload }),
        await proposeOk(workspace, { action: shadowed, payload }),
      ];
      const decided = ({ governance_status, governance_reason, policy_rule, execution_status, executable }: typeof without) => ({
        governance_status,
        governance_reason,
        policy_rule,
        execution_status,
        executable,
      });
      expect(decided(beside)).toEqual(decided(without));
      const membersOf = async (runId: string) => {
        const receipt = await getDb().receipt.findFirst({ where: { runId } });
        return receipt && Object.keys(JSON.parse(receipt.body) as JsonObject);
      };
      expect(await membersOf(beside.action_run_id)).toEqual(await membersOf(without.action_run_id));
      expect((await answerOf(beside.action_run_id)) === null).toBe(isSame);
    }),
    { numRuns: proofSize(12, 150) },
  );
});

test("in a stream of proposals, each run has the answer of a shadow policy that was in force, or none, and none fails", async () => {
  await makeAction(workspace, { name: "stream", policy: { type: "always_allow" } });
  await pay("stream", 1);
  /** Every state in its order, and the newest that had been answered. */
  const order: (string | null)[] = [null];
  let atLeast = 0;
  let isOver = false;
  const seen: { runId: string; from: number; until: number }[] = [];
  const stream = async () => {
    while (!isOver) {
      const from = atLeast;
      const runId = await pay("stream", 300);
      // The next change may have been committed, and not yet answered.
      seen.push({ runId, from, until: order.length });
    }
  };
  const changing = async () => {
    for (let round = 0; round < proofSize(6, 60); round++) {
      const shadowId = await start("stream", round % 2 ? BY_RULES : ABOVE_100);
      order.push(shadowId);
      atLeast = order.length - 1;
      if (round % 3 === 2) {
        expectOk(await stopShadow(admin, { name: "stream", shadowId }));
        order.push(null);
        atLeast = order.length - 1;
      }
    }
    isOver = true;
  };
  await Promise.all([changing(), ...Array.from({ length: 8 }, stream)]);
  expect(seen.length).toBeGreaterThan(8);
  for (const { runId, from, until } of seen) {
    const shadowId = (await answerOf(runId))?.shadowId ?? null;
    expect(order.slice(from, until + 1)).toContain(shadowId);
  }
});

describe("starting, stopping and making it the policy", () => {
  beforeEach(async () => {
    workspace = await makeWorkspace();
    admin = (await makePerson(workspace, "admin")).ctx;
    await makeAction(workspace, { name: "pay", policy: ABOVE_100 });
  });

  test("one runs of an action: another takes its place, and neither disturbs an edit that is open or proposed", async () => {
    const first = await start("pay", ABOVE_500);
    expect(expectOk(await startShadow(admin, { name: "pay", draft: draftOf(BY_RULES) }))).toMatchObject({ isReplaced: true });
    expect(await getDb().shadowPolicy.findUniqueOrThrow({ where: { id: first } })).toMatchObject({ endReason: "replaced" });
    expect(await getDb().registeredAction.findFirst({ where: { workspaceId: workspace.workspaceId } })).toMatchObject({ configVersion: 1 });
    expect(await startShadow(admin, { name: "pay", draft: draftOf(ABOVE_100) })).toMatchObject({ ok: false, code: "validation_failed" });
    expect(await startShadow(admin, { name: "nothing", draft: draftOf(ABOVE_500) })).toMatchObject({ ok: false });
    const racing = await Promise.all(
      [ABOVE_500, { type: "log_only" as const }, { type: "always_block" as const }].map((policy) => start("pay", policy)),
    );
    expect(await getDb().shadowPolicy.count({ where: { id: { in: racing }, endedAt: null } })).toBe(1);
    expect(await endOf("pay")).toBe("running");
  });

  test("is for those who may edit the action, in their own workspace", async () => {
    const shadowId = await start("pay", ABOVE_500);
    for (const role of ["viewer", "approver"] as const) {
      const { ctx } = await makePerson(workspace, role);
      await expect(startShadow(ctx, { name: "pay", draft: draftOf(BY_RULES) })).rejects.toThrow(NotPermitted);
      await expect(stopShadow(ctx, { name: "pay", shadowId })).rejects.toThrow(NotPermitted);
      await expect(makeShadowThePolicy(ctx, { name: "pay", shadowId, configVersion: 1, comment: "" })).rejects.toThrow(NotPermitted);
      expect(await shadowOf("pay", ctx)).toMatchObject({ id: shadowId });
    }
    await pay("pay", 300);
    const other = await makeWorkspace();
    const stranger = (await makePerson(other, "owner")).ctx;
    await makeAction(other, { name: "pay", policy: ABOVE_100 });
    expect(await stopShadow(stranger, { name: "pay", shadowId })).toMatchObject({ code: "not_found" });
    expect(await makeShadowThePolicy(stranger, { name: "pay", shadowId, configVersion: 1, comment: "" })).toMatchObject({
      code: "not_found",
    });
    expect((await compareShadow(stranger, shadowId)).result.compared).toBe(0);
    expect((await countAnswers(stranger, shadowId)).compared).toBe(0);
    expect(await endOf("pay")).toBe("running");
  });

  test("making it the policy saves it as an edit does, and ends it; who looked at another state of the action is told", async () => {
    const shadowId = await start("pay", ABOVE_500, admin, { riskLevel: "critical" });
    expectOk(await editAction(admin, { name: "pay", title: "Pay out", policy: { type: "always_block" } }));
    expect(await endOf("pay")).toBe("running");
    // It goes on, beside what really decides now.
    expect(await answerOf(await pay("pay", 300))).toMatchObject({ policyOutcome: "blocked", outcome: "allowed" });
    const stale = await makeShadowThePolicy(admin, { name: "pay", shadowId, configVersion: 1, comment: "" });
    expect(stale).toMatchObject({ ok: false, code: "edit_conflict", fields: { config_version: 2 } });
    const made = await makeShadowThePolicy(admin, { name: "pay", shadowId, configVersion: 2, comment: "" });
    expect(made).toEqual({ ok: true, policyVersion: 3, proposalId: null });
    expect(await endOf("pay")).toBe("in_force");
    expect(await getDb().registeredAction.findFirst({ where: { workspaceId: workspace.workspaceId } })).toMatchObject({
      title: "Pay out",
      riskLevel: "critical",
    });
    expect(await proposeOk(workspace, { action: "pay", payload: { amount: 300 } })).toMatchObject({ governance_status: "allowed" });
    expect(await makeShadowThePolicy(admin, { name: "pay", shadowId, configVersion: 3, comment: "" })).toMatchObject({ code: "not_found" });
  });

  test("decides without what approvers may change: a draft of that alone isn't one, and that of the action stays", async () => {
    const changeable = (policy: Policy): Policy => ({ ...policy, changeableFields: [{ field: "amount", kind: "not_above" }] });
    expect(await startShadow(admin, { name: "pay", draft: draftOf(changeable(ABOVE_100)) })).toMatchObject({ code: "validation_failed" });
    const shadowId = await start("pay", ABOVE_500);
    expectOk(await editAction(admin, { name: "pay", title: "pay", policy: changeable(ABOVE_100) }));
    expectOk(await makeShadowThePolicy(admin, { name: "pay", shadowId, configVersion: 2, comment: "" }));
    expect(await endOf("pay")).toBe("in_force");
    expect(await getDb().policyVersion.findFirst({ where: { version: 3, action: { workspaceId: workspace.workspaceId } } })).toMatchObject({
      threshold: "500",
      changeableFields: [{ field: "amount", kind: "not_above" }],
    });
  });

  test("an edit or an earlier version that is the same as the draft ends it too", async () => {
    await start("pay", ABOVE_500);
    expectOk(await editAction(admin, { name: "pay", title: "pay", policy: ABOVE_500 }));
    expect(await endOf("pay")).toBe("in_force");
    await start("pay", ABOVE_100);
    expectOk(await restorePolicy(admin, { name: "pay", version: 1, configVersion: 2 }));
    expect(await endOf("pay")).toBe("in_force");
  });

  test("where a second person is asked for, it starts at once, and becomes the policy when it is confirmed", async () => {
    const { workspace: guarded, ann, ben } = await makeGuardedWorkspace();
    const shadowId = await start("pay", ABOVE_500, ann);
    const made = expectOk(await makeShadowThePolicy(ann, { name: "pay", shadowId, configVersion: 1, comment: "A week went well" }));
    expect(made.policyVersion).toBe(1);
    expect(await endOf("pay", ann)).toBe("running");
    const proposalId = made.proposalId ?? "";
    expect(await getDb().policyProposal.findUniqueOrThrow({ where: { id: proposalId } })).toMatchObject({ comment: "A week went well" });
    expectOk(await confirmProposal(ben, { proposalId }));
    expect(await shadowOf("pay", ann)).toMatchObject({ ended: { reason: "in_force", by: ben.actor.email } });
    const { governance_status: status } = await proposeOk(guarded, { action: "pay", payload: { amount: 300 } });
    expect(status).toBe("allowed");
  });
});
