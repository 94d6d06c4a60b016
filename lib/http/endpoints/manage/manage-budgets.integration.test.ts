import { beforeEach, describe, expect, test } from "vitest";
import { budgetUsageResponseSchema, managedBudgetSchema, managedBudgetsResponseSchema } from "@/lib/contract/manage-budgets";
import { getDb } from "@/lib/db/client";
import type { ManagementScope } from "@/lib/domain/access/management-scopes";
import { atOnce, makeAction, makeWorkspace, proposeOk, type TestWorkspace, tally } from "@/lib/testing/factories";
import { type ManagementClient, managementClient } from "@/lib/testing/management-client";

const PATH = "/api/v1/manage/budgets";
const TERMS = { measure: "sum", currency: "EUR", per: "field", per_field: "customer.id", period: "week", time_zone: "Europe/Berlin" };
const CHANGEABLE = { name: "Refunds", actions: ["refund"], limit: "2000.00", when_exceeded: "ask" };
const BUDGET = { ...CHANGEABLE, ...TERMS };

let workspace: TestWorkspace;
let manage: ManagementClient;
const managerWith = (...scopes: ManagementScope[]) => managementClient(workspace, scopes);
beforeEach(async () => {
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "refund", policy: { type: "always_allow" } });
  manage = await managerWith("budgets:read", "budgets:write");
});

const create = async (different: object = {}) => managedBudgetSchema.parse((await manage("POST", PATH, { ...BUDGET, ...different })).json);
const refund = (amount: string, id: string) =>
  proposeOk(workspace, { action: "refund", payload: { amount, currency: "EUR", customer: { id } } });
const audited = async () =>
  (await getDb().auditEvent.findMany({ where: { workspaceId: workspace.workspaceId, verb: { startsWith: "budget." } } }))
    .map(({ verb, actorType }) => `${verb} by ${actorType}`)
    .sort();

describe("a budget in the management API", () => {
  test("is created, edited and deleted; what is used of it is read with the runs, without what they say", async () => {
    const made = await create();
    expect(made).toMatchObject({ ...BUDGET, limit: "2000", created_by: workspace.ownerEmail, deleted_at: null });
    const path = `${PATH}/${made.budget_id}`;
    for (const [amount, customer] of [
      ["1500", "C-1"],
      ["20", "C-2"],
    ] as const)
      await refund(amount, customer);
    expect(await refund("600", "C-1")).toMatchObject({ governance_reason: "budget_exceeded_requires_approval" });

    const { budgets } = managedBudgetsResponseSchema.parse((await manage("GET", PATH)).json);
    expect(budgets).toMatchObject([{ name: "Refunds", usage: { values: 2, fullest: { value: "C-1", used: "2100", remaining: "0" } } }]);
    const usage = budgetUsageResponseSchema.parse((await manage("GET", `${path}/usage`)).json);
    expect(usage.levels).toEqual([
      { value: "C-1", used: "2100", remaining: "0" },
      { value: "C-2", used: "20", remaining: "1980" },
    ]);
    expect(usage.runs.map(({ action, amount, is_exceeded }) => [action, amount, is_exceeded])).toEqual([
      ["refund", "600", true],
      ["refund", "20", false],
      ["refund", "1500", false],
    ]);
    const older = await manage("GET", `${path}/usage?before=${usage.runs[0]?.action_run_id}`);
    expect(budgetUsageResponseSchema.parse(older.json).runs).toEqual(usage.runs.slice(1));

    const edited = await manage("PUT", path, { ...CHANGEABLE, name: "All refunds", actions: null, limit: "2500", when_exceeded: "block" });
    expect(edited).toMatchObject({ status: 200, json: { name: "All refunds", actions: null, limit: "2500", when_exceeded: "block" } });
    expect((await manage("GET", path)).json).toEqual(edited.json);
    for (let times = 0; times < 2; times++)
      expect(await manage("DELETE", path)).toMatchObject({ status: 200, json: { deleted_at: expect.any(String) as string } });
    expect((await manage("GET", PATH)).json).toEqual({ budgets: [] });
    expect(await manage("PUT", path, CHANGEABLE)).toMatchObject({ status: 404, json: { code: "not_found" } });
    expect(await audited()).toEqual(["created", "deleted", "edited"].map((verb) => `budget.${verb} by management_key`));
  });

  test("sent again, also by many at once, is created once; another of its name is refused", async () => {
    const answers = await atOnce(6, () => manage("POST", PATH, { ...BUDGET, limit: "2000" }));
    expect(tally(answers.map(({ status }) => String(status)))).toEqual({ 200: 5, 201: 1 });
    expect(new Set(answers.map(({ json }) => json.budget_id)).size).toBe(1);
    const path = `${PATH}/${String(answers[0]?.json.budget_id)}`;
    expect((await manage("PUT", path, CHANGEABLE)).status).toBe(200);
    for (const different of [{ limit: "1" }, { actions: null }, { per: "nothing", per_field: null }, { period: "day" }])
      expect(await manage("POST", PATH, { ...BUDGET, ...different })).toMatchObject({ status: 422, json: { errors: [{ path: "name" }] } });
    expect(await audited()).toEqual(["budget.created by management_key"]);
  });

  test("is changed only in the state that the writer has read, which its use doesn't change", async () => {
    const { budget_id: id } = await create();
    const { headers } = await manage("GET", `${PATH}/${id}`);
    const asRead = { "if-match": String(headers.ETag) };
    await refund("10", "C-1");
    const rivals = await atOnce(5, (index) => manage("PUT", `${PATH}/${id}`, { ...CHANGEABLE, limit: `${index + 1}` }, asRead));
    expect(tally(rivals.map(({ status }) => String(status)))).toEqual({ 200: 1, 412: 4 });
    const stale = { status: 412, json: { code: "precondition_failed" } };
    expect(await manage("PUT", `${PATH}/${id}`, CHANGEABLE, asRead)).toMatchObject(stale);
    expect(await manage("DELETE", `${PATH}/${id}`, undefined, asRead)).toMatchObject(stale);
    const now = { "if-match": String((await manage("GET", `${PATH}/${id}`)).headers.ETag) };
    for (let times = 0; times < 2; times++) expect((await manage("DELETE", `${PATH}/${id}`, undefined, now)).status).toBe(200);
  });

  test.each([
    ["time_zone", { time_zone: "Mars/Phobos" }],
    ["time_zone", { time_zone: "CET" }],
    ["per_field", { per_field: "a b" }],
    ["per_field", { per_field: undefined }],
    ["currency", { currency: undefined }],
    ["limit", { limit: "many" }],
    ["limit", { measure: "count", limit: "1.5" }],
    ["actions", { actions: [] }],
    ["actions", { actions: ["nobody_registered"] }],
    ["when_exceeded", { when_exceeded: "shout" }],
  ])("is refused at %s in the request's own words: %j", async (path, different) => {
    expect(await manage("POST", PATH, { ...BUDGET, ...different })).toMatchObject({ status: 422, json: { errors: [{ path }] } });
    expect(await getDb().budget.count({ where: { workspaceId: workspace.workspaceId } })).toBe(0);
  });

  test("needs the scope for each, and is its workspace's only", async () => {
    const { budget_id: id } = await create();
    const reader = await managerWith("budgets:read");
    const writer = await managerWith("budgets:write");
    const elsewhere = await managementClient(await makeWorkspace(), ["budgets:read", "budgets:write"]);
    const [one, refused] = [`${PATH}/${id}`, { status: 403, json: { code: "missing_scope" } }];
    for (const path of [PATH, one, `${one}/usage`]) {
      expect((await reader("GET", path)).status).toBe(200);
      expect(await writer("GET", path)).toMatchObject(refused);
    }
    expect(await reader("POST", PATH, BUDGET)).toMatchObject(refused);
    expect(await reader("PUT", one, CHANGEABLE)).toMatchObject(refused);
    expect(await reader("DELETE", one)).toMatchObject(refused);
    const foreign = [
      elsewhere("GET", one),
      elsewhere("GET", `${one}/usage`),
      elsewhere("PUT", one, { ...CHANGEABLE, actions: null }),
      elsewhere("DELETE", one),
    ];
    for (const answer of await Promise.all(foreign)) expect(answer).toMatchObject({ status: 404, json: { code: "not_found" } });
    expect((await writer("DELETE", one)).status).toBe(200);
  });
});
