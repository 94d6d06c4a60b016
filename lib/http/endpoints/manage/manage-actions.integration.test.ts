import { beforeEach, describe, expect, test } from "vitest";
import { getDb } from "@/lib/db/client";
import { MANAGEMENT_REQUESTS_PER_MINUTE, type ManagementScope } from "@/lib/domain/access/management-scopes";
import { editAction } from "@/lib/registered-actions/edit-action";
import { getAction } from "@/lib/registered-actions/list-actions";
import { settingsOf } from "@/lib/registered-actions/settings-of";
import { atOnce, makeAction, makeWorkspace, type TestWorkspace, tally } from "@/lib/testing/factories";
import { type ManagementClient, managementClient } from "@/lib/testing/management-client";
import { tableContents } from "@/lib/testing/table-contents";

const REFUND = {
  title: "Refund a customer",
  risk: "high",
  policy: {
    rules: [
      { name: "small and known", when: 'amount <= dec("100") && payload.customer.is_known', then: "allow" },
      { name: "sanctioned country", when: 'payload.country in ["KP", "IR"]', then: "block" },
    ],
    otherwise: "ask",
  },
};
const FILE = { file: "policies/refund.yaml", commit: "3f2c1ab90d12e4f5a6b7c8d9e0f1a2b3c4d5e6f7" };
const PATH = "/api/v1/manage/actions/refund";

let workspace: TestWorkspace;
let manage: ManagementClient;
const managerWith = (...scopes: ManagementScope[]) => managementClient(workspace, scopes);
beforeEach(async () => {
  workspace = await makeWorkspace();
  manage = await managerWith("actions:read", "actions:write", "approvers:write");
});

const audited = async () =>
  (
    await getDb().auditEvent.findMany({
      where: { workspaceId: workspace.workspaceId, verb: { startsWith: "action." } },
      orderBy: { id: "asc" },
    })
  ).map(({ verb, actorType }) => `${verb} by ${actorType}`);

describe("an action in the management API", () => {
  test("is registered, read, edited and listed in the words of its file", async () => {
    const made = await manage("PUT", PATH, { ...REFUND, managed_by: FILE });
    expect(made).toMatchObject({ status: 201, json: { action: "refund", ...REFUND, is_active: true, policy_version: 1 } });
    expect(made.json).toMatchObject({ managed_by: { ...FILE, is_current: true } });
    const read = await manage("GET", PATH);
    expect([read.json, read.headers.ETag]).toEqual([made.json, made.headers.ETag]);
    expect((await manage("GET", PATH, undefined, { "if-none-match": String(read.headers.ETag) })).status).toBe(304);
    const edited = await manage("PUT", PATH, { title: "Refund", policy: { type: "require_approval_above_amount", threshold: "500" } });
    expect(edited).toMatchObject({ status: 200, json: { title: "Refund", policy_version: 2 } });
    // What isn't at its default is there, and nothing else.
    expect(Object.keys(edited.json)).toEqual([
      ...["action", "title", "policy", "managed_by", "is_active", "policy_version", "action_id", "created_at"],
    ]);
    expect(await manage("GET", "/api/v1/manage/actions")).toMatchObject({ json: { actions: [edited.json] } });
    expect(await audited()).toEqual([
      "action.registered by management_key",
      "action.managed by management_key",
      "action.edited by management_key",
    ]);
  });

  test("says what isn't valid at its place in the file, and who decides about approvers", async () => {
    const rules = [{ name: "r", when: "amount >", then: "allow" }];
    const wrong = {
      ...REFUND,
      risk: "high",
      policy: { rules, otherwise: "ask" },
      approvers: ["nobody"],
      changeable_fields: [{ field: "a", kind: "text" }],
    };
    const { status, json } = await manage("PUT", PATH, wrong);
    expect([status, (json.errors as { path: string }[]).map(({ path }) => path)]).toEqual([
      422,
      ["approvers.0", "policy.rules.0.when", "changeable_fields.0.max_length"],
    ]);
    expect(await manage("PUT", PATH, { ...REFUND, action: "other" })).toMatchObject({
      status: 422,
      json: { errors: [{ path: "action" }] },
    });
    const developer = await managerWith("actions:write");
    const named = { ...REFUND, approvers: ["ann@example.com"] };
    expect(await developer("PUT", PATH, named)).toMatchObject({ status: 403, json: { code: "missing_scope" } });
    expect(await manage("PUT", PATH, named)).toMatchObject({ status: 201, json: { approvers: ["ann@example.com"] } });
  });

  test("sent again, also by many at once, is registered once and changes nothing", async () => {
    const answers = await atOnce(8, () => manage("PUT", PATH, { ...REFUND, managed_by: FILE }));
    expect(tally(answers.map(({ status }) => String(status)))).toEqual({ 200: 7, 201: 1 });
    const before = await tableContents();
    expect((await manage("PUT", PATH, { ...REFUND, managed_by: FILE })).status).toBe(200);
    const { "public.usage_counters": _, ...kept } = (await tableContents()) as Record<string, unknown>;
    expect(before).toMatchObject(kept);
  });

  test("is written only in the state that the writer has read", async () => {
    const first = await manage("PUT", PATH, REFUND, { "if-none-match": "*" });
    expect(first.status).toBe(201);
    expect(await manage("PUT", PATH, REFUND, { "if-none-match": "*" })).toMatchObject({
      status: 412,
      json: { code: "precondition_failed" },
    });
    expect((await manage("PUT", "/api/v1/manage/actions/other", REFUND, { "if-match": "*" })).status).toBe(412);
    const tag = { "if-match": String(first.headers.ETag) };
    const rivals = await atOnce(6, (index) => manage("PUT", PATH, { ...REFUND, title: `Refund ${index}` }, tag));
    expect(tally(rivals.map(({ status }) => String(status)))).toEqual({ 200: 1, 412: 5 });
    expect((await manage("PUT", PATH, REFUND, tag)).status).toBe(412);
  });

  test("knows when someone changed it by hand after its file", async () => {
    await manage("PUT", PATH, { ...REFUND, managed_by: FILE });
    await editAction(workspace.ctx, { name: "refund", title: "By hand", policy: { type: "always_block" } });
    const managed = (answer: Awaited<ReturnType<ManagementClient>>) => answer.json.managed_by;
    expect(managed(await manage("GET", PATH))).toEqual({ ...FILE, is_current: false });
    expect(managed(await manage("PUT", PATH, { ...REFUND, managed_by: FILE }))).toEqual({ ...FILE, is_current: true });
    expect(managed(await manage("PUT", PATH, { ...REFUND, managed_by: null }))).toBeNull();
  });

  test("is activated and deactivated, as often as one likes", async () => {
    await manage("PUT", PATH, REFUND);
    for (const active of [false, false, true])
      expect(await manage("PUT", `${PATH}/active`, { active })).toMatchObject({ status: 200, json: { is_active: active } });
    expect(await manage("PUT", "/api/v1/manage/actions/missing/active", { active: true })).toMatchObject({ status: 404 });
    expect(await audited()).toEqual(["registered", "deactivated", "activated"].map((verb) => `action.${verb} by management_key`));
  });

  test("is deactivated only as it was read, and stays as its file says", async () => {
    const first = await manage("PUT", PATH, { ...REFUND, managed_by: FILE });
    const tag = { "if-match": String(first.headers.ETag) };
    const off = await manage("PUT", `${PATH}/active`, { active: false }, tag);
    expect(off).toMatchObject({ status: 200, json: { is_active: false, managed_by: { ...FILE, is_current: true } } });
    expect((await manage("PUT", `${PATH}/active`, { active: true }, tag)).status).toBe(412);
    expect((await manage("GET", PATH)).json).toMatchObject({ is_active: false });
  });
});

describe("a plan", () => {
  test("is what PUT would change, and changes nothing", async () => {
    const before = await tableContents();
    const fresh = await manage("POST", `${PATH}/plan`, { ...REFUND, managed_by: FILE });
    expect(fresh.json).toMatchObject({ result: "create", etag: null });
    expect((fresh.json.changes as { field: string }[]).map(({ field }) => field)).toEqual([
      "title",
      "risk_level",
      "policy_type",
      "rules",
      "managed_by",
    ]);
    const { "public.usage_counters": _, "public.management_keys": __, ...kept } = (await tableContents()) as Record<string, unknown>;
    expect(before).toMatchObject(kept);
    const made = await manage("PUT", PATH, { ...REFUND, managed_by: FILE });
    expect((await manage("POST", `${PATH}/plan`, { ...REFUND, managed_by: FILE })).json).toEqual({
      action: "refund",
      result: "unchanged",
      changes: [],
      changes_decisions: false,
      etag: made.headers.ETag,
    });
    expect((await manage("POST", `${PATH}/plan`, { ...REFUND, risk: "low" })).json).toMatchObject({
      result: "update",
      changes: [{ field: "risk_level", label: "Risk", before: "high", after: "low" }],
    });
  });
});

test("a key that can't choose approvers sees in a plan what others chose, and can't save it", async () => {
  await manage("PUT", PATH, REFUND);
  const action = settingsOf((await getAction(workspace.ctx, "refund")) ?? expect.unreachable());
  await editAction(workspace.ctx, { ...action, approverEmails: ["auditor@outside.example"] });
  const writer = await managerWith("actions:read", "actions:write");
  expect((await writer("POST", `${PATH}/plan`, REFUND)).json).toMatchObject({
    result: "update",
    changes: [{ field: "approvers", after: [] }],
  });
  expect(await writer("PUT", PATH, REFUND)).toMatchObject({
    status: 403,
    json: { code: "missing_scope", detail: expect.stringContaining("approvers:write") },
  });
});

describe("tests of a policy", () => {
  test("are decided as the API would, and stored nowhere", async () => {
    await makeAction(workspace, { name: "refund", policy: { type: "always_block" } });
    const tests = [
      { payload: { amount: "80.00", customer: { is_known: true }, country: "DE" }, expect: "allow", rule: "small and known" },
      { name: "sanctioned", payload: { amount: "800", customer: { is_known: true }, country: "IR" }, expect: "block" },
      { payload: { amount: "800", country: "DE" }, expect: "allow" },
      { payload: { amount: "80.00", customer: { is_known: true }, country: "DE" }, expect: "allow", rule: "sanctioned country" },
    ];
    const { json } = await manage("POST", `${PATH}/test`, { ...REFUND, tests });
    const results = json.results as { passed: boolean; actual: string; policy_rule: string | null; explanation: string }[];
    expect(json.passed).toBe(false);
    expect(results.map(({ passed, actual, policy_rule }) => [passed, actual, policy_rule])).toEqual([
      [true, "allow", "small and known"],
      [true, "block", "sanctioned country"],
      [false, "ask", null],
      [false, "allow", "small and known"],
    ]);
    for (const { explanation } of results) expect(explanation).not.toBe("");
    expect(await getDb().actionRun.count({ where: { workspaceId: workspace.workspaceId } })).toBe(0);
  });

  test("can name the time at which they are decided", async () => {
    const policy = { rules: [{ name: "at night", when: 'now.hour("Europe/Berlin") < 6', then: "ask" }], otherwise: "allow" };
    const at = (now: string, expected: string) => ({ payload: {}, now, expect: expected });
    const tests = [at("2026-11-19T03:00:00Z", "ask"), at("2026-11-19T12:00:00Z", "allow")];
    expect((await manage("POST", `${PATH}/test`, { title: "Night", policy, tests })).json).toMatchObject({ passed: true });
  });
});

describe("a management key", () => {
  test("does what its scopes say, as long as whoever made it is an owner and nobody revokes it", async () => {
    const reader = await managerWith("actions:read");
    expect(await reader("PUT", PATH, REFUND)).toMatchObject({ status: 403, json: { code: "missing_scope" } });
    expect((await reader("POST", `${PATH}/plan`, REFUND)).status).toBe(200);
    const { userId } = await getDb().member.findFirstOrThrow({ where: { workspaceId: workspace.workspaceId } });
    const setRole = (role: string) => getDb().member.updateMany({ where: { workspaceId: workspace.workspaceId, userId }, data: { role } });
    await setRole("admin");
    expect(await reader("GET", PATH)).toMatchObject({ status: 401, json: { code: "invalid_management_key" } });
    await setRole("owner");
    expect((await reader("GET", PATH)).status).toBe(404);
    await getDb().managementKey.updateMany({ where: { workspaceId: workspace.workspaceId }, data: { revokedAt: new Date() } });
    expect(await reader("GET", PATH)).toMatchObject({ status: 401, json: { code: "invalid_management_key" } });
  });

  test("is limited per minute, and says how much is left", async () => {
    const { headers } = await manage("GET", PATH);
    expect(headers["RateLimit-Policy"]).toBe(`"minute";q=${MANAGEMENT_REQUESTS_PER_MINUTE};w=60`);
    await getDb()
      .$executeRaw`UPDATE usage_counters SET count = ${MANAGEMENT_REQUESTS_PER_MINUTE}::int WHERE scope = 'management_per_minute'`;
    const refused = await manage("GET", PATH);
    expect(refused).toMatchObject({ status: 429, json: { code: "rate_limit_minute" } });
    expect(Number(refused.headers["Retry-After"])).toBeGreaterThan(0);
    expect(refused.headers.RateLimit).toMatch(/^"minute";r=0;t=\d+$/);
  });
});
