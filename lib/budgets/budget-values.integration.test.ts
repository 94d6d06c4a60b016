import { createHash } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { eraseRun } from "@/lib/action-runs/erase-run";
import { getRunStatus } from "@/lib/action-runs/status/get-run-status";
import { decideRun } from "@/lib/approvals/decide-run";
import { visitorContext } from "@/lib/auth/contexts";
import type { JsonObject } from "@/lib/domain/json-value";
import { budgetSums, withBudget } from "@/lib/testing/budgets";
import { expectOk, makeAction, makeWorkspace, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { tablesWith } from "@/lib/testing/tables-with";
import { getBudgetPage } from "./get-budget-page";
import type { TypedBudget } from "./schema";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "refund", policy: { type: "always_allow" } });
  await makeAction(workspace, { name: "ask_first" });
});

const refund = (fields: JsonObject, more: JsonObject = {}, action = "refund") =>
  proposeOk(workspace, { action, payload: { currency: "EUR", ...fields }, ...more });

describe("what is counted separately", () => {
  test.each<[string, Partial<TypedBudget>, [JsonObject, JsonObject][], [JsonObject, JsonObject]]>([
    [
      "recipients",
      { per: "recipient" },
      [
        [{ to: "Ann@example.com" }, {}],
        [{ to: " ann@EXAMPLE.com" }, {}],
      ],
      [{ to: "bo@example.com" }, {}],
    ],
    [
      "actors",
      { per: "actor" },
      [
        [{}, { actor: "finance" }],
        [{}, { actor: "Finance" }],
      ],
      [{}, { actor: "support" }],
    ],
    [
      "a field",
      { per: "field", perField: "customer.id" },
      [
        [{ customer: { id: 7 } }, {}],
        [{ customer: { id: "7" } }, {}],
      ],
      [{ customer: { id: 8 } }, {}],
    ],
    [
      "sources",
      { per: "source" },
      [
        [{}, { source: { type: "ticket", ref: "1" } }],
        [{}, { source: { type: "ticket", ref: "1" } }],
      ],
      [{}, { source: { type: "ticket", ref: "2" } }],
    ],
  ])("%s", async (_what, budget, same, other) => {
    await withBudget(workspace, { measure: "count", currency: "", limit: "2", ...budget }, async () => {
      for (const [fields, more] of same) expect((await refund(fields, more)).governance_status).toBe("allowed");
      const [[fields, more] = [{}, {}]] = same;
      expect(await refund(fields, more)).toMatchObject({
        governance_status: "pending_approval",
        budget: { used_before: "2", amount: "1" },
      });
      expect((await refund(...other)).governance_status).toBe("allowed");
      expect(await refund({}, {})).toMatchObject({ governance_status: "pending_approval", budget: { unreadable: "per_value" } });
    });
  });

  test("erasing a run erases the value, and keeps the sums", async () => {
    await withBudget(workspace, { limit: "10", per: "recipient" }, async (id) => {
      const kept = await refund({ amount: "1", to: "ZEBULON QUILL" });
      const run = await refund({ amount: "11", to: "Zebulon Quill" });
      expectOk(await decideRun(workspace.ctx, { runId: run.action_run_id, decision: "reject", comment: null }));
      expect(await tablesWith("Zebulon Quill")).toContain("budget_entries");
      expectOk(await eraseRun(workspace.ctx, { runId: run.action_run_id, reason: "Asked", erasedBy: workspace.ownerEmail }));
      expect(await tablesWith("Zebulon Quill")).toEqual([]);
      const status = expectOk(await getRunStatus(visitorContext(), workspace.credentials, run.action_run_id)).answer;
      expect(status.budget).toMatchObject({ per_value: null, amount: null });
      expect(await budgetSums(id)).toEqual({ used: "1", entries: "1" });
      // Neither the ledger nor the database tells whose run it was.
      const whole = await getBudgetPage(workspace.ctx, id, {});
      expect(whole?.entries.map(({ runId, perValue, amount }) => [runId, perValue, amount])).toEqual([
        [run.action_run_id, null, null],
        [kept.action_run_id, "ZEBULON QUILL", "1"],
      ]);
      const [level] = whole?.levels ?? [];
      expect(level).toMatchObject({ value: "ZEBULON QUILL", used: "1" });
      const ofValue = await getBudgetPage(workspace.ctx, id, { key: level?.key });
      expect(ofValue?.entries.map(({ runId }) => runId)).toEqual([kept.action_run_id]);
      expect(level?.key).not.toBe(createHash("sha256").update("ZEBULON QUILL").digest("hex"));
    });
  });
});
