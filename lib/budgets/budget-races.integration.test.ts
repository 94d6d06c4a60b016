import { expect, test } from "vitest";
import { decideRun } from "@/lib/approvals/decide-run";
import { budgetSums, makeBudget } from "@/lib/testing/budgets";
import { atOnce, expectOk, makeAction, makeWorkspace, proposeOk, tally } from "@/lib/testing/factories";
import { proofSize } from "@/lib/testing/guarantees/proof-size";

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
