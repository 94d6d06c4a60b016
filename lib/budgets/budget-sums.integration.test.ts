import { beforeAll, describe, expect, test } from "vitest";
import { getRunStory } from "@/lib/action-runs/show/get-run-story";
import { runView } from "@/lib/action-runs/show/run-view";
import { getRunStatus } from "@/lib/action-runs/status/get-run-status";
import { decideRun } from "@/lib/approvals/decide-run";
import { getWaitingRun } from "@/lib/approvals/get-waiting-run";
import { visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import type { JsonObject } from "@/lib/domain/json-value";
import { readRunDocument } from "@/lib/receipts/document/get-receipt-document";
import { withholdPayload } from "@/lib/receipts/document/withhold-payload";
import { checkReceipts } from "@/lib/receipts/log/check-receipts";
import { budgetSums, withBudget } from "@/lib/testing/budgets";
import { expectOk, makeAction, makeWorkspace, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { sequenceReceipts } from "@/lib/testing/sequence-receipts";
import { getBudgetPage } from "./get-budget-page";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "refund", policy: { type: "always_allow" } });
  await makeAction(workspace, { name: "ask_first" });
});

const refund = (fields: JsonObject, more: JsonObject = {}, action = "refund") =>
  proposeOk(workspace, { action, payload: { currency: "EUR", ...fields }, ...more });

describe("a budget of sums", () => {
  test("lets runs through up to its limit, then asks, and says so everywhere", async () => {
    await withBudget(workspace, {}, async (id) => {
      expect(await refund({ amount: "1240.00" })).toMatchObject({ governance_status: "allowed", budget: null });
      const over = await refund({ amount: "900" });
      const budget = {
        name: "Refunds",
        measure: "sum",
        currency: "EUR",
        limit: "2000",
        period: "month",
        time_zone: "Europe/Berlin",
        per: "nothing",
        per_value: null,
        used_before: "1240",
        amount: "900",
        unreadable: null,
        when_exceeded: "ask",
      };
      expect(over).toMatchObject({
        governance_status: "pending_approval",
        governance_reason: "budget_exceeded_requires_approval",
        executable: false,
        budget,
      });
      const status = expectOk(await getRunStatus(visitorContext(), workspace.credentials, over.action_run_id)).answer;
      expect(status.budget).toEqual(over.budget);
      expect(await budgetSums(id)).toEqual({ used: "2140", entries: "2140" });

      const waiting = await getWaitingRun(workspace.ctx as never, over.action_run_id);
      const words = "1,240.00 of 2,000.00\u00a0EUR this month; this request would make it 2,140.00";
      expect(JSON.stringify(waiting)).toContain(words);
      const story = (await getRunStory(workspace.ctx, over.action_run_id)) ?? expect.fail("It isn't there.");
      expect(runView(story, "").policy.why).toContain(words);
      const later = runView({ ...story, readAt: new Date(over.budget?.period_end ?? "") }, "");
      for (const text of [later.policy.why, JSON.stringify(later.steps)])
        expect(text).toMatch(/EUR in the month that started on [^;]*; this request would make it/);

      expectOk(await decideRun(workspace.ctx, { runId: over.action_run_id, decision: "approve", comment: null }));
      const receipt = await getDb().receipt.findFirstOrThrow({ where: { runId: over.action_run_id, kind: "decision" } });
      const body = JSON.parse(receipt.body) as JsonObject;
      expect(body.budget).toMatchObject({ name: "Refunds", used_before: "1240", limit: "2000", when_exceeded: "ask" });
      // As a value: an id can contain the digits.
      expect(receipt.body).not.toMatch(/[":]900[",}]/);
      const document = await readRunDocument(workspace.ctx, over.action_run_id);
      expect(document?.policy?.explanation).toMatch(
        /1,240\.00 of 2,000\.00\u00a0EUR in the month that started on .*; this request would make it 2,140\.00/,
      );
      if (document) expect(withholdPayload(document).policy?.explanation).toBeNull();
      await sequenceReceipts(workspace.ctx);
      expect((await checkReceipts(workspace.ctx, { runId: over.action_run_id })).verdict.problems).toEqual([]);
    });
  });

  test("blocks where it is set so, with a receipt of what was used, and what it blocked isn't counted", async () => {
    await withBudget(workspace, { whenExceeded: "block", limit: "0.30" }, async (id) => {
      expect((await refund({ amount: 0.1 })).governance_status).toBe("allowed");
      expect((await refund({ amount: 0.2 })).governance_status).toBe("allowed");
      const over = await refund({ amount: "0.0000000000000000000000000001" });
      expect(over).toMatchObject({
        governance_status: "blocked",
        governance_reason: "budget_exceeded_blocked",
        budget: { used_before: "0.3", amount: "0.0000000000000000000000000001", limit: "0.3" },
        receipt: { reason: "budget_exceeded_blocked", budget: { used_before: "0.3" } },
      });
      const { body } = await getDb().receipt.findFirstOrThrow({ where: { runId: over.action_run_id } });
      expect(JSON.parse(body)).toMatchObject({ budget: { used_before: "0.3", period_start: over.budget?.period_start } });
      expect(await budgetSums(id)).toEqual({ used: "0.3", entries: "0.3" });
      // A run that a person would be asked about is blocked as well.
      expect((await refund({ amount: "1" }, {}, "ask_first")).governance_reason).toBe("budget_exceeded_blocked");
    });
  });

  test.each<[string, JsonObject, string]>([
    ["no amount", {}, "amount"],
    ["an amount that isn't one", { amount: "1,000" }, "amount"],
    ["a negative amount", { amount: -5 }, "amount"],
    ["another currency", { amount: "5", currency: "USD" }, "currency"],
    ["no currency", { amount: "5", currency: null }, "currency"],
    ["another case of the currency", { amount: "5", currency: "eur" }, "currency"],
  ])("%s never passes", async (_what, fields, unreadable) => {
    await withBudget(workspace, {}, async (id) => {
      const run = await refund(fields);
      expect(run).toMatchObject({
        governance_reason: "budget_exceeded_requires_approval",
        budget: { unreadable, amount: null, used_before: "0" },
      });
      const story = (await getRunStory(workspace.ctx, run.action_run_id)) ?? expect.fail("It isn't there.");
      expect(runView(story, "").policy.why).toMatch(/^It cannot be counted toward the budget “Refunds”: .*\. A person decides\.$/);
      expect(await budgetSums(id)).toEqual({ used: "0", entries: "0" });
      const entriesOf = async (state: string) => (await getBudgetPage(workspace.ctx, id, { state }))?.entries.length;
      expect([await entriesOf("exceeded"), await entriesOf("unreadable")]).toEqual([0, 1]);
    });
    await withBudget(workspace, { whenExceeded: "block" }, async () => {
      expect(await refund(fields)).toMatchObject({
        governance_reason: "budget_exceeded_requires_approval",
        budget: { unreadable, when_exceeded: "ask" },
      });
    });
  });

  test("keeps the reason of a policy that asked already, and shows that the run also goes over", async () => {
    await withBudget(workspace, { limit: "10" }, async () => {
      expect(await refund({ amount: "11" }, {}, "ask_first")).toMatchObject({
        governance_reason: "policy_requires_approval",
        budget: { amount: "11", used_before: "0" },
      });
    });
  });

  test("of several, the strictest decides, and each is counted", async () => {
    await withBudget(workspace, { name: "A", limit: "10" }, async (asking) => {
      await withBudget(workspace, { name: "B", limit: "20", whenExceeded: "block" }, async (blocking) => {
        expect((await refund({ amount: "5" })).governance_status).toBe("allowed");
        expect(await refund({ amount: "6" })).toMatchObject({
          governance_reason: "budget_exceeded_requires_approval",
          budget: { name: "A" },
        });
        expect(await refund({ amount: "10" })).toMatchObject({
          governance_reason: "budget_exceeded_blocked",
          budget: { name: "B", used_before: "11" },
        });
        expect([await budgetSums(asking), await budgetSums(blocking)]).toEqual([
          { used: "11", entries: "11" },
          { used: "11", entries: "11" },
        ]);
      });
    });
  });
});
