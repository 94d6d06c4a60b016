import { expect, test } from "vitest";
import { withdrawRun } from "@/lib/approvals/withdraw-run";
import { makeBudget } from "@/lib/testing/budgets";
import { atOnce, expectOk, makeAction, makeWorkspace, proposeOk, tally } from "@/lib/testing/factories";
import { GRANTED_PAYLOAD, giveGrant, grantSums } from "@/lib/testing/grants";
import { proofSize } from "@/lib/testing/guarantees/proof-size";
import { revokeGrant } from "./revoke-grant";

const ROUNDS = proofSize(1, 50);
const AT_ONCE = 100;
const LEFT = 10;

test.each([
  ["10 uses left", { maxUses: LEFT, total: "100000" }],
  ["a total with room for 10", { maxUses: 1000, total: `${120 * LEFT + 119}` }],
])(
  "with 100 proposals and %s, exactly 10 are allowed",
  async (_what, limits) => {
    for (let round = 0; round < ROUNDS; round++) {
      const workspace = await makeWorkspace();
      await makeAction(workspace, { name: "pay" });
      const grantId = await giveGrant(workspace, { action: "pay", ...limits });
      const responses = await atOnce(AT_ONCE, (n) => proposeOk(workspace, { action: "pay", payload: { ...GRANTED_PAYLOAD, n } }));
      expect(tally(responses.map(({ governance_reason: reason }) => reason))).toEqual({
        standing_grant: LEFT,
        policy_requires_approval: AT_ONCE - LEFT,
      });
      expect(await grantSums(grantId)).toEqual({ uses: LEFT, used: `${120 * LEFT}`, runs: LEFT });
      const before = responses.flatMap(({ grant }) => (grant === null ? [] : [grant.uses_before]));
      expect(before.sort((a, b) => a - b)).toEqual(Array.from({ length: LEFT }, (_, n) => n));
    }
  },
  300_000,
);

test("two grants allow what both have left, while budgets, withdrawals and a revocation go on", async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const workspace = await makeWorkspace();
    await makeAction(workspace, { name: "pay" });
    await makeBudget(workspace, { limit: "100", whenExceeded: "ask" });
    const grantIds = [
      await giveGrant(workspace, { action: "pay", maxUses: 5 }),
      await giveGrant(workspace, {
        action: "pay",
        maxUses: 5,
        facts: ["payload.iban"],
        payload: { ...GRANTED_PAYLOAD, supplier: { id: "S-18" } },
      }),
    ];
    const [first = "", second = ""] = grantIds;
    const [responses] = await Promise.all([
      atOnce(40, async (n) => {
        const run = await proposeOk(workspace, { action: "pay", payload: { ...GRANTED_PAYLOAD, n } });
        if (run.grant && n % 3 === 0) expectOk(await withdrawRun(workspace.ctx, { runId: run.action_run_id, reason: "Not needed." }));
        return run;
      }),
      revokeGrant(workspace.ctx, { grantId: second, channel: "console" }).then(expectOk),
    ]);
    for (const grantId of grantIds) {
      const { uses, runs } = await grantSums(grantId);
      expect(uses).toBe(runs);
      expect(uses).toBeLessThanOrEqual(5);
    }
    expect(responses.filter(({ grant }) => grant?.id === first).length).toBeGreaterThanOrEqual(5);
    const after = await proposeOk(workspace, { action: "pay", payload: GRANTED_PAYLOAD });
    expect(after.grant?.id).not.toBe(second);
  }
}, 300_000);
