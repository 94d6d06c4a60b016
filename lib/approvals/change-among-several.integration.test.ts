import { beforeAll, describe, expect, test } from "vitest";
import { systemContext, visitorContext } from "@/lib/auth/contexts";
import { createBudget } from "@/lib/budgets/create-budget";
import { editBudget } from "@/lib/budgets/edit-budget";
import { getDb } from "@/lib/db/client";
import { readDecisionBody, readVoteBody } from "@/lib/domain/log/read-receipt-body";
import { currentChange } from "@/lib/domain/runs/payload-change";
import { APPROVE, requestOf, tokenOf } from "@/lib/testing/deciders";
import { atOnce, claim, expectOk, makeAction, makeWorkspace, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { proofSize } from "@/lib/testing/guarantees/proof-size";
import { decideByLink } from "./decide-by-link";
import { getDecisionByToken } from "./get-decision-by-token";
import { replaceApprover } from "./replace-approver";
import { revokeByLink } from "./revoke-by-link";

const [ANN, BEN, CHI, DOT] = ["ann@finance.example", "ben@finance.example", "chi@finance.example", "dot@board.example"];
const PAYLOAD = { amount: 50000, currency: "EUR" };

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
  await makeAction(workspace, {
    name: "wire",
    approverEmails: [ANN, BEN, CHI],
    approvals: 2,
    laterStages: [{ approvals: 1, people: [DOT] }],
    policy: { type: "always_require_approval", changeableFields: [{ field: "amount", kind: "not_above" }] },
  });
});

const ask = async () => (await proposeOk(workspace, { action: "wire", payload: PAYLOAD, accepts_changes: true })).action_run_id;
async function answer(runId: string, email: string, changes: Record<string, string> | null = null) {
  const token = await tokenOf(runId, email);
  const shown = expectOk(await getDecisionByToken(visitorContext(), token)).decision;
  return decideByLink(visitorContext(), token, { ...APPROVE, comment: "Less is enough.", changes, payloadHash: shown.payloadHash });
}
const votesOf = async (runId: string) =>
  (await getDb().vote.findMany({ where: { runId }, orderBy: { id: "asc" } })).map(({ voter, revokedReason }) => [voter, revokedReason]);
async function expectSameChange(runId: string) {
  const run = await getDb().actionRun.findUniqueOrThrow({
    where: { id: runId },
    include: { payloadChanges: { orderBy: { id: "asc" } }, votes: true },
  });
  const [inSql] = await getDb().$queryRaw<{ id: string }[]>`
    SELECT change.id FROM action_runs run CROSS JOIN LATERAL daai_current_change(run) change WHERE run.id = ${runId}::uuid`;
  expect(currentChange(run)?.id).toBe(inSql?.id);
}

describe("a change where several approvals are needed", () => {
  test("earlier votes were for another payload, so their people are asked again; all approve the changed one", async () => {
    const runId = await ask();
    expectOk(await answer(runId, ANN));
    expect(expectOk(await answer(runId, BEN, { amount: "40000" })).run.approvals).toMatchObject({ stage: 1, given: 1, by: [BEN] });
    await expectSameChange(runId);
    expect(await votesOf(runId)).toEqual([
      [ANN, "payload_changed"],
      [BEN, null],
    ]);
    expect(new Set((await requestOf(runId)).approverEmails)).toEqual(new Set([ANN, CHI]));
    expect(await getDb().emailDelivery.count({ where: { runId, toEmail: ANN, askReason: "changed" } })).toBe(1);
    const { decision } = expectOk(await getDecisionByToken(visitorContext(), await tokenOf(runId, ANN)));
    expect(decision).toMatchObject({ payload: { amount: 40000 }, proposed: PAYLOAD, changed: { by: BEN, reason: "Less is enough." } });
    expectOk(await answer(runId, ANN));
    expect(expectOk(await answer(runId, DOT)).run.effect.governanceStatus).toBe("approved");
    expect(expectOk(await claim(workspace, runId)).answer).toMatchObject({ payload: { amount: 40000 }, payload_changed: true });
    const bodies = await getDb().receipt.findMany({ where: { runId }, orderBy: { id: "asc" } });
    const changes = bodies.map(({ body }) => (readVoteBody(body) ?? readDecisionBody(body))?.change ?? null);
    expect(changes[0]).toBeNull();
    expect(changes[1]).not.toBeNull();
    expect(changes.slice(2)).toEqual(changes.slice(2).map(() => changes[1]));
    // What was proposed is what every receipt commits to first, so that verifiers of all releases agree.
    const proposed = bodies.map(({ body }) => (JSON.parse(body) as { payload_commitment: string }).payload_commitment);
    expect(new Set(proposed).size).toBe(1);
  });

  test("the last approver can change it as well: everyone before is asked again, stage by stage", async () => {
    const runId = await ask();
    expectOk(await answer(runId, ANN));
    expectOk(await answer(runId, BEN));
    expect(expectOk(await answer(runId, DOT, { amount: "30000" })).run.approvals).toMatchObject({ stage: 1, given: 0 });
    expect(await requestOf(runId)).toMatchObject({ stage: 1, approverEmails: expect.arrayContaining([ANN, BEN]) });
    expectOk(await answer(runId, CHI));
    expect(expectOk(await answer(runId, ANN)).run.effect.governanceStatus).toBe("approved");
    expect(expectOk(await claim(workspace, runId)).answer.payload).toMatchObject({ amount: 30000 });
  });

  test("a change ends with its author's approval: the request is what was proposed again", async () => {
    const runId = await ask();
    expectOk(await answer(runId, ANN, { amount: "1" }));
    const token = await tokenOf(runId, ANN);
    expectOk(await revokeByLink(visitorContext(), token, { comment: "A mistake.", confirm: true }));
    await expectSameChange(runId);
    const { decision } = expectOk(await getDecisionByToken(visitorContext(), await tokenOf(runId, BEN)));
    expect(decision).toMatchObject({ payload: PAYLOAD, changed: null });
    // A page of before the change, or of the time of it, may be all that was seen.
    const unnamed = { ...APPROVE, payloadHash: null };
    expect(await decideByLink(visitorContext(), await tokenOf(runId, BEN), unnamed)).toMatchObject({ code: "request_changed" });
    for (const person of [BEN, CHI, DOT]) expectOk(await answer(runId, person));
    expect(expectOk(await claim(workspace, runId)).answer).toMatchObject({ payload: PAYLOAD, payload_changed: false, changes: null });
  });

  test("nobody approves a change unseen", async () => {
    const runId = await ask();
    const token = await tokenOf(runId, BEN);
    const before = expectOk(await getDecisionByToken(visitorContext(), token)).decision.payloadHash;
    expectOk(await answer(runId, ANN, { amount: "45000" }));
    for (const payloadHash of [before, null])
      expect(await decideByLink(visitorContext(), token, { ...APPROVE, payloadHash })).toMatchObject({ code: "request_changed" });
    expect(await votesOf(runId)).toEqual([[ANN, null]]);
  });

  test("once a client that takes no changes waits for it, the change ends and its approvers are asked again", async () => {
    const key = crypto.randomUUID();
    const proposal = { action: "wire", payload: PAYLOAD, idempotency_key: key };
    const { action_run_id: runId } = await proposeOk(workspace, { ...proposal, accepts_changes: true });
    expectOk(await answer(runId, ANN, { amount: "1" }));
    await proposeOk(workspace, proposal);
    expect(
      await getDb().$queryRaw`SELECT id FROM action_runs run WHERE id = ${runId}::uuid AND EXISTS (SELECT daai_current_change(run))`,
    ).toEqual([]);
    const { id } = await requestOf(runId);
    await replaceApprover(systemContext(workspace.ctx.workspaceId), id);
    expect(await votesOf(runId)).toEqual([[ANN, "payload_changed"]]);
    expect((await requestOf(runId)).approverEmails).toContain(ANN);
    for (const person of [ANN, BEN, DOT]) expectOk(await answer(runId, person));
    expect(expectOk(await claim(workspace, runId)).answer).toMatchObject({ payload: PAYLOAD, payload_changed: false });
  });

  test("of two approvers at once, one with a change, nobody's vote counts for what they did not see", async () => {
    for (let round = 0; round < proofSize(8, 1000); round++) {
      const runId = await ask();
      expectOk(await answer(runId, CHI));
      const shown = Buffer.from((await getDb().actionRun.findUniqueOrThrow({ where: { id: runId } })).payloadHash).toString("hex");
      const tokens = [await tokenOf(runId, ANN), await tokenOf(runId, BEN)];
      await atOnce(2, async (index) => {
        const changes = index === 1 ? { amount: "49000" } : null;
        return decideByLink(visitorContext(), tokens[index] ?? "", { ...APPROVE, comment: "x", changes, payloadHash: shown });
      });
      await expectSameChange(runId);
      const counting = await getDb().vote.findMany({ where: { runId, revokedAt: null } });
      expect(new Set(counting.map(({ payloadHash }) => payloadHash && Buffer.from(payloadHash).toString("hex"))).size).toBeLessThanOrEqual(
        1,
      );
    }
  });
});

test("a budget reserves what was approved, and one that would block the change makes it impossible", async () => {
  const of = await makeWorkspace();
  const changeableFields = [
    { field: "amount", kind: "not_above" as const },
    { field: "to", kind: "one_of" as const, values: ["ada", "bo"] },
  ];
  await makeAction(of, { name: "pay", approverEmails: [ANN], policy: { type: "always_require_approval", changeableFields } });
  const budget = { name: "A recipient", measure: "sum" as const, currency: "EUR", limit: "1000", per: "field" as const, perField: "to" };
  const terms = { ...budget, period: "day" as const, timeZone: "UTC", whenExceeded: "block" as const, countsAllActions: true, actions: [] };
  expectOk(await createBudget(of.ctx, terms));
  const propose = async (to: string, amount: string) =>
    (await proposeOk(of, { action: "pay", payload: { to, amount, currency: "EUR" }, accepts_changes: true })).action_run_id;
  const used = async () =>
    new Map(
      (await getDb().budgetEntry.findMany({ where: { workspaceId: of.ctx.workspaceId, state: "reserved" } })).map(
        ({ perValue, amount }) => [perValue, amount?.toFixed()] as const,
      ),
    );
  const ada = await propose("ada", "900");
  const bo = await propose("bo", "800");
  const change = async (runId: string, changes: Record<string, string>) =>
    decideByLink(visitorContext(), await tokenOf(runId, ANN), { ...APPROVE, comment: "Less.", changes });
  expect(await change(bo, { to: "ada" })).toMatchObject({ code: "validation_failed", detail: expect.stringContaining("A recipient") });
  expect(await getDb().actionRun.findUniqueOrThrow({ where: { id: bo } })).toMatchObject({ governanceStatus: "pending_approval" });
  expect(await used()).toEqual(
    new Map([
      ["ada", "900"],
      ["bo", "800"],
    ]),
  );
  expectOk(await change(ada, { amount: "150" }));
  expect(await used()).toEqual(
    new Map([
      ["ada", "150"],
      ["bo", "800"],
    ]),
  );
  expectOk(await change(bo, { to: "ada" }));
  const totals = await getDb().budgetTotal.findMany({ where: { workspaceId: of.ctx.workspaceId } });
  expect(totals.map((total) => total.used.toFixed()).sort()).toEqual(["0", "950"]);
});

describe("a budget that changed since", () => {
  const fields = [{ field: "amount", kind: "not_above" as const }];
  const terms = { measure: "sum" as const, currency: "EUR", per: "nothing" as const, perField: null, period: "month" as const };
  const rest = { timeZone: "UTC", countsAllActions: true, actions: [] };
  async function makeBudgeted(limit: string, whenExceeded: "ask" | "block") {
    const of = await makeWorkspace();
    const policy = { type: "always_require_approval" as const, changeableFields: fields };
    await makeAction(of, { name: "pay", approverEmails: [ANN], policy });
    const { id } = expectOk(await createBudget(of.ctx, { name: "All", ...terms, ...rest, limit, whenExceeded }));
    const payload = { amount: "900", currency: "EUR" };
    const propose = async () => (await proposeOk(of, { action: "pay", payload, accepts_changes: true })).action_run_id;
    const approve = async (runId: string, amount: string) =>
      decideByLink(visitorContext(), await tokenOf(runId, ANN), { ...APPROVE, comment: "Less.", changes: { amount } });
    return { of, id, propose, approve };
  }

  test("never refuses less of the same", async () => {
    const { of, id, propose, approve } = await makeBudgeted("1000", "block");
    const limitTo = async (limit: string) =>
      expectOk(await editBudget(of.ctx, { id, name: "All", limit, whenExceeded: "block", countsAllActions: true, actions: [] }));
    const before = await propose();
    await limitTo("5000");
    const later = await propose();
    expectOk(await approve(before, "800"));
    await limitTo("500");
    expectOk(await approve(later, "700"));
    const [total] = await getDb().budgetTotal.findMany({ where: { budgetId: id } });
    expect(total?.used.toFixed()).toBe("1500");
  });

  test("approvals with changes and proposals that count in it wait for each other without a deadlock", async () => {
    const { id, propose, approve } = await makeBudgeted("1000000", "ask");
    const pending = await atOnce(proofSize(8, 400), propose);
    let approving = 4;
    await atOnce(8, async (lane) => {
      // Proposals go on for as long as anyone approves.
      if (lane >= 4) {
        while (approving > 0) await propose();
        return;
      }
      try {
        for (const runId of pending.filter((_, index) => index % 4 === lane)) expectOk(await approve(runId, "800"));
      } finally {
        approving--;
      }
    });
    const entries = await getDb().budgetEntry.findMany({ where: { budgetId: id, state: "reserved" } });
    const [total] = await getDb().budgetTotal.findMany({ where: { budgetId: id } });
    expect(total?.used.toFixed()).toBe(String(entries.reduce((sum, { amount }) => sum + Number(amount), 0)));
  });
});
