import { expect, test } from "vitest";
import { decideRun } from "@/lib/approvals/decide-run";
import { operatorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { budgetSums, makeBudget } from "@/lib/testing/budgets";
import { atOnce, credentialsOf, expectOk, makeAction, makeWorkspace, proposeOk, tally } from "@/lib/testing/factories";
import { proofSize } from "@/lib/testing/guarantees/proof-size";
import { createWorkspace } from "@/lib/workspaces/create-workspace";

const ROUNDS = proofSize(3, 50);
const AT_ONCE = 100;
const LEFT = 10;

test.each([
  ["block", "blocked", `${LEFT}`],
  ["ask", "pending_approval", `${AT_ONCE}`],
] as const)(
  "with 100 proposals and room for 10, exactly 10 pass a budget that %ss",
  async (whenExceeded, otherwise, used) => {
    for (let round = 0; round < ROUNDS; round++) {
      const workspace = await makeWorkspace();
      await makeAction(workspace, { name: "pay", policy: { type: "always_allow" } });
      const budgets = [
        await makeBudget(workspace, { name: "Sum", limit: `${LEFT}`, whenExceeded }),
        await makeBudget(workspace, { name: "Count", measure: "count", currency: "", limit: `${LEFT}`, whenExceeded }),
      ];
      const responses = await atOnce(AT_ONCE, (n) =>
        proposeOk(workspace, { action: "pay", payload: { amount: "1.00", currency: "EUR", n } }),
      );
      expect(tally(responses.map(({ governance_status: status }) => status))).toEqual({ allowed: LEFT, [otherwise]: AT_ONCE - LEFT });
      for (const id of budgets) expect(await budgetSums(id)).toEqual({ used, entries: used });
    }
  },
  300_000,
);

test("while others are given back, nothing passes that has no room, and the sums stay those of the ledger", async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const workspace = await makeWorkspace();
    await makeAction(workspace, { name: "pay", policy: { type: "always_allow" } });
    const actions = ["first", "second"];
    for (const name of actions) await makeAction(workspace, { name });
    // Counted in both orders: endings never wait for a total, so they can't deadlock with proposals.
    const ids = [
      await makeBudget(workspace, { name: "A", limit: "40", whenExceeded: "block" }),
      await makeBudget(workspace, { name: "B", limit: "40", countsAllActions: false, actions: ["pay", "second"], whenExceeded: "block" }),
    ];
    const payload = { amount: "1", currency: "EUR" };
    const pending = await atOnce(20, (n) => proposeOk(workspace, { action: actions[n % 2] ?? "first", payload: { ...payload, n } }));
    const [responses] = await Promise.all([
      atOnce(60, (n) => proposeOk(workspace, { action: "pay", payload: { ...payload, n } })),
      ...pending.map(({ action_run_id: runId }) => decideRun(workspace.ctx, { runId, decision: "reject", comment: null }).then(expectOk)),
    ]);
    const allowed = responses.filter(({ governance_status: status }) => status === "allowed").length;
    expect(allowed).toBeGreaterThanOrEqual(20);
    expect(allowed).toBeLessThanOrEqual(40);
    for (const id of ids) expect(await budgetSums(id)).toEqual({ used: `${allowed}`, entries: `${allowed}` });
  }
}, 300_000);

test("each line of a total starts where the one before ended, whatever is proposed together", async () => {
  const first = await makeWorkspace();
  // Of the same owner: a batch holds the proposals of both.
  const created = expectOk(
    await createWorkspace(operatorContext(null), { ownerEmail: first.ownerEmail, name: "Second", clientName: "Second" }),
  );
  const second = {
    ...first,
    ...created,
    credentials: credentialsOf(created.apiKey, created.workspaceKey),
    ctx: operatorContext(created.workspaceId),
  };
  const workspaces = [first, second];
  const ids: string[] = [];
  for (const workspace of workspaces) {
    await makeAction(workspace, { name: "pay", policy: { type: "always_allow" } });
    await makeAction(workspace, { name: "ask" });
    await makeAction(workspace, { name: "never", policy: { type: "always_block" } });
    for (const budget of [
      { name: "Never reached", limit: "100000" },
      { name: "Blocks", limit: "150", whenExceeded: "block" as const },
      { name: "Asks", limit: "20", per: "field" as const, perField: "customer" },
      { name: "Count", measure: "count" as const, currency: "", limit: "40", period: "hour" as const },
    ]) {
      ids.push(await makeBudget(workspace, budget));
    }
  }
  const actions = ["pay", "pay", "pay", "ask", "never"];
  const amounts = ["1", "2.50", "0.01", "none", "7"];
  for (let round = 0; round < ROUNDS; round++) {
    await atOnce(AT_ONCE, (n) =>
      proposeOk(workspaces[n % 3 === 0 ? 1 : 0] ?? first, {
        action: actions[(n * 7 + round) % actions.length] ?? "pay",
        payload: { amount: amounts[(n * 3 + round) % amounts.length] ?? "1", currency: "EUR", customer: `c${n % 4}`, n, round },
      }),
    );
  }
  for (const id of ids) {
    const { used, entries } = await budgetSums(id);
    expect(used).toBe(entries);
    // What is not counted was taken back.
    const lines = await getDb().$queryRaw<{ starts: string; added: string }[]>`
      SELECT trim_scale(used_before)::text AS starts, trim_scale(coalesce(sum(amount) OVER before, 0))::text AS added
      FROM budget_entries WHERE budget_id = ${id}::uuid AND state = 'reserved'
      WINDOW before AS (PARTITION BY per_key, period_start ORDER BY used_before, coalesce(amount, 0)
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)`;
    expect(lines.length).toBeGreaterThan(ROUNDS);
    for (const { starts, added } of lines) expect(starts).toBe(added);
  }
}, 300_000);
