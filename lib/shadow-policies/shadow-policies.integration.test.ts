import fc from "fast-check";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { getDb } from "@/lib/db/client";
import type { JsonObject } from "@/lib/domain/json-value";
import { confirmProposal } from "@/lib/policy-proposals/confirm-proposal";
import { editAction } from "@/lib/registered-actions/edit-action";
import { restorePolicy } from "@/lib/registered-actions/restore-policy";
import type { MemberContext } from "@/lib/security/context";
import { NotPermitted } from "@/lib/security/not-permitted";
import { expectOk, makeAction, makePerson, makeWorkspace, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { proofSize } from "@/lib/testing/guarantees/proof-size";
import { makeGuardedWorkspace } from "@/lib/testing/policy-proposals";
import { ABOVE_100, ABOVE_500, BY_RULES, draftOf, type Policy, runInShadow, shadowAnswerOf, shadowOf } from "@/lib/testing/shadows";
import { compareShadow } from "./compare-shadow";
import { countAnswers } from "./get-shadow";
import { makeShadowThePolicy } from "./make-shadow-the-policy";
import { startShadow } from "./start-shadow";
import { stopShadow } from "./stop-shadow";

let workspace: TestWorkspace;
let admin: MemberContext;
beforeAll(async () => {
  workspace = await makeWorkspace();
  admin = (await makePerson(workspace, "admin")).ctx;
});

const pay = async (action: string, amount: number) =>
  (await proposeOk(workspace, { action, payload: { amount, currency: "EUR" } })).action_run_id;
const endOf = async (ctx: MemberContext, name: string) => (await shadowOf(ctx, name))?.ended?.reason ?? "running";

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
      if (!isSame) await runInShadow(admin, shadowed, draft);
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
      expect((await shadowAnswerOf(beside.action_run_id)) === null).toBe(isSame);
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
      const shadowId = await runInShadow(admin, "stream", round % 2 ? BY_RULES : ABOVE_100);
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
    const shadowId = (await shadowAnswerOf(runId))?.shadowId ?? null;
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
    const first = await runInShadow(admin, "pay", ABOVE_500);
    expect(expectOk(await startShadow(admin, { name: "pay", draft: draftOf(BY_RULES) }))).toMatchObject({ isReplaced: true });
    expect(await getDb().shadowPolicy.findUniqueOrThrow({ where: { id: first } })).toMatchObject({ endReason: "replaced" });
    expect(await getDb().registeredAction.findFirst({ where: { workspaceId: workspace.workspaceId } })).toMatchObject({ configVersion: 1 });
    expect(await startShadow(admin, { name: "pay", draft: draftOf(ABOVE_100) })).toMatchObject({ ok: false, code: "validation_failed" });
    expect(await startShadow(admin, { name: "nothing", draft: draftOf(ABOVE_500) })).toMatchObject({ ok: false });
    const racing = await Promise.all(
      [ABOVE_500, { type: "log_only" as const }, { type: "always_block" as const }].map((policy) => runInShadow(admin, "pay", policy)),
    );
    expect(await getDb().shadowPolicy.count({ where: { id: { in: racing }, endedAt: null } })).toBe(1);
    expect(await endOf(admin, "pay")).toBe("running");
  });

  test("is for those who may edit the action, in their own workspace", async () => {
    const shadowId = await runInShadow(admin, "pay", ABOVE_500);
    for (const role of ["viewer", "approver"] as const) {
      const { ctx } = await makePerson(workspace, role);
      await expect(startShadow(ctx, { name: "pay", draft: draftOf(BY_RULES) })).rejects.toThrow(NotPermitted);
      await expect(stopShadow(ctx, { name: "pay", shadowId })).rejects.toThrow(NotPermitted);
      await expect(makeShadowThePolicy(ctx, { name: "pay", shadowId, configVersion: 1, comment: "" })).rejects.toThrow(NotPermitted);
      expect(await shadowOf(ctx, "pay")).toMatchObject({ id: shadowId });
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
    expect(await endOf(admin, "pay")).toBe("running");
  });

  test("making it the policy saves it as an edit does, and ends it; who looked at another state of the action is told", async () => {
    const shadowId = await runInShadow(admin, "pay", ABOVE_500, { riskLevel: "critical" });
    expectOk(await editAction(admin, { name: "pay", title: "Pay out", policy: { type: "always_block" } }));
    expect(await endOf(admin, "pay")).toBe("running");
    // It goes on, beside what really decides now.
    expect(await shadowAnswerOf(await pay("pay", 300))).toMatchObject({ policyOutcome: "blocked", outcome: "allowed" });
    const stale = await makeShadowThePolicy(admin, { name: "pay", shadowId, configVersion: 1, comment: "" });
    expect(stale).toMatchObject({ ok: false, code: "edit_conflict", fields: { config_version: 2 } });
    const made = await makeShadowThePolicy(admin, { name: "pay", shadowId, configVersion: 2, comment: "" });
    expect(made).toEqual({ ok: true, policyVersion: 3, proposalId: null });
    expect(await endOf(admin, "pay")).toBe("in_force");
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
    const shadowId = await runInShadow(admin, "pay", ABOVE_500);
    expectOk(await editAction(admin, { name: "pay", title: "pay", policy: changeable(ABOVE_100) }));
    expectOk(await makeShadowThePolicy(admin, { name: "pay", shadowId, configVersion: 2, comment: "" }));
    expect(await endOf(admin, "pay")).toBe("in_force");
    expect(await getDb().policyVersion.findFirst({ where: { version: 3, action: { workspaceId: workspace.workspaceId } } })).toMatchObject({
      threshold: "500",
      changeableFields: [{ field: "amount", kind: "not_above" }],
    });
  });

  test("an edit or an earlier version that is the same as the draft ends it too", async () => {
    await runInShadow(admin, "pay", ABOVE_500);
    expectOk(await editAction(admin, { name: "pay", title: "pay", policy: ABOVE_500 }));
    expect(await endOf(admin, "pay")).toBe("in_force");
    await runInShadow(admin, "pay", ABOVE_100);
    expectOk(await restorePolicy(admin, { name: "pay", version: 1, configVersion: 2 }));
    expect(await endOf(admin, "pay")).toBe("in_force");
  });

  test("where a second person is asked for, it starts at once, and becomes the policy when it is confirmed", async () => {
    const { workspace: guarded, ann, ben } = await makeGuardedWorkspace();
    const shadowId = await runInShadow(ann, "pay", ABOVE_500);
    const made = expectOk(await makeShadowThePolicy(ann, { name: "pay", shadowId, configVersion: 1, comment: "A week went well" }));
    expect(made.policyVersion).toBe(1);
    expect(await endOf(ann, "pay")).toBe("running");
    const proposalId = made.proposalId ?? "";
    expect(await getDb().policyProposal.findUniqueOrThrow({ where: { id: proposalId } })).toMatchObject({ comment: "A week went well" });
    expectOk(await confirmProposal(ben, { proposalId }));
    expect(await shadowOf(ann, "pay")).toMatchObject({ ended: { reason: "in_force", by: ben.actor.email } });
    const { governance_status: status } = await proposeOk(guarded, { action: "pay", payload: { amount: 300 } });
    expect(status).toBe("allowed");
  });
});
