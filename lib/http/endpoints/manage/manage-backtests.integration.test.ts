import { beforeEach, describe, expect, test } from "vitest";
import { backtestResponseSchema } from "@/lib/contract/manage-backtests";
import { getDb } from "@/lib/db/client";
import { tasks } from "@/lib/jobs/tasks";
import { drainJobs } from "@/lib/testing/drain-jobs";
import { makeAction, makeWorkspace, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { type ManagementClient, managementClient } from "@/lib/testing/management-client";

const ACTION = "/api/v1/manage/actions/refund";
const PATH = `${ACTION}/backtests`;
const ABOVE = (threshold: string) => ({ title: "Refund", policy: { type: "require_approval_above_amount", threshold } });

const work = () => drainJobs({ "run-backtest": tasks["run-backtest"] });

let workspace: TestWorkspace;
let manage: ManagementClient;
beforeEach(async () => {
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "refund", title: "Refund", policy: { type: "require_approval_above_amount", threshold: "100" } });
  manage = await managementClient(workspace, ["backtests:run", "actions:read"]);
});

const start = async (body: object) => backtestResponseSchema.parse((await manage("POST", PATH, body)).json);
const read = async (id: string) => backtestResponseSchema.parse((await manage("GET", `/api/v1/manage/backtests/${id}`)).json);

describe("a backtest in the management API", () => {
  test("is queued, compared by the worker and read in the console's words, once for the same draft", async () => {
    const { action_run_id: runId } = await proposeOk(workspace, { action: "refund", payload: { amount: "200" } });
    await proposeOk(workspace, { action: "refund", payload: { amount: "50" } });
    const first = await manage("POST", PATH, { ...ABOVE("500"), days: 7 });
    expect(first).toMatchObject({ status: 202, json: { status: "queued", days: 7, result: null } });
    const { backtest_id: id } = backtestResponseSchema.parse(first.json);
    expect((await manage("POST", PATH, { ...ABOVE("500"), days: 7 })).json.backtest_id).toBe(id);
    await work();
    const done = await read(id);
    expect(done).toMatchObject({ status: "done", runs_total: 2, result: { compared: 2, erased: 0, undecided: 0 } });
    expect(done.result?.summary).toBe("1 of 2 runs would be decided differently.");
    expect(done.result?.changes).toMatchObject([
      {
        ...{ from: "pending_approval", to: "allowed", count: 1, text: "1 run would no longer require approval" },
        parts: [{ fate: "pending", text: "1 is still pending", runs: [{ action_run_id: runId, policy_rule: null }] }],
      },
    ]);
    expect(await manage("POST", PATH, { ...ABOVE("500"), days: 7 })).toMatchObject({ status: 200, json: done });
    expect(await getDb().auditEvent.count({ where: { workspaceId: workspace.workspaceId, actorType: "management_key" } })).toBe(0);
  });

  test("is canceled, as often as one likes, and by another draft of the same key alone", async () => {
    const { backtest_id: first } = await start(ABOVE("500"));
    const other = await managementClient(workspace, ["backtests:run"]);
    const { json: theirs } = await other("POST", PATH, ABOVE("700"));
    const { backtest_id: second } = await start(ABOVE("600"));
    expect([(await read(first)).status, (await read(second)).status]).toEqual(["canceled", "queued"]);
    for (let times = 0; times < 2; times++)
      expect((await manage("POST", `/api/v1/manage/backtests/${second}/cancel`)).json).toMatchObject({ status: "canceled" });
    await work();
    expect([(await read(second)).status, (await read(String(theirs.backtest_id))).status]).toEqual(["canceled", "done"]);
  });

  test("is refused for what isn't a draft of a registered action, without the scope, and elsewhere", async () => {
    expect(await manage("POST", "/api/v1/manage/actions/missing/backtests", ABOVE("500"))).toMatchObject({ status: 404 });
    expect(await manage("POST", PATH, { ...ABOVE("many") })).toMatchObject({
      status: 422,
      json: { errors: [{ path: "policy.threshold" }] },
    });
    expect(await manage("POST", PATH, { ...ABOVE("500"), days: 8 })).toMatchObject({ status: 422, json: { errors: [{ path: "days" }] } });
    const { backtest_id: id } = await start(ABOVE("500"));
    const planner = await managementClient(workspace, ["actions:read", "actions:write"]);
    const elsewhere = await managementClient(await makeWorkspace(), ["backtests:run"]);
    for (const [method, path, body] of [
      ["POST", PATH, ABOVE("500")],
      ["GET", `/api/v1/manage/backtests/${id}`, undefined],
      ["POST", `/api/v1/manage/backtests/${id}/cancel`, undefined],
    ] as const) {
      expect(await planner(method, path, body)).toMatchObject({ status: 403, json: { code: "missing_scope" } });
      expect(await elsewhere(method, path, body)).toMatchObject({ status: 404, json: { code: "not_found" } });
    }
    expect((await read(id)).status).toBe("queued");
  });
});

test("a plan says whether decisions change", async () => {
  const changes = async (body: object) => (await manage("POST", `${ACTION}/plan`, body)).json.changes_decisions;
  expect([await changes(ABOVE("500")), await changes({ ...ABOVE("100"), risk: "high" })]).toEqual([true, true]);
  expect([await changes({ ...ABOVE("100"), title: "Other" }), await changes(ABOVE("100"))]).toEqual([false, false]);
  expect((await manage("POST", "/api/v1/manage/actions/missing/plan", ABOVE("500"))).json).toMatchObject({ changes_decisions: false });
});
