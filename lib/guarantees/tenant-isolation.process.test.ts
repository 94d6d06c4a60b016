import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApiKey } from "@/lib/api-keys/create-api-key";
import { revokeApiKey } from "@/lib/api-keys/revoke-api-key";
import { startBacktest } from "@/lib/backtests/start-backtest";
import { disconnectDb, getDb } from "@/lib/db/client";
import { MANAGEMENT_SCOPE_NAMES } from "@/lib/domain/access/management-scopes";
import { startFreeze } from "@/lib/freezes/start-freeze";
import { ENDPOINTS } from "@/lib/http/mounts/endpoints";
import type { Scope } from "@/lib/http/route";
import { createManagementKey } from "@/lib/management-keys/create-management-key";
import { revokeManagementKey } from "@/lib/management-keys/revoke-management-key";
import { draftSchema } from "@/lib/registered-actions/schema";
import { makeKey } from "@/lib/security/key-format";
import { type Answer, MISSING_RUN } from "@/lib/testing/api-suite/api-client";
import { makeBudget } from "@/lib/testing/budgets";
import {
  claimOk,
  expectOk,
  linkToken,
  makeAction,
  makePerson,
  makeRun,
  makeWorkspace,
  proposeOk,
  report,
  type TestWorkspace,
  tally,
} from "@/lib/testing/factories";
import { giveGrant } from "@/lib/testing/grants";
import { printFigures } from "@/lib/testing/guarantees/print-figures";
import { type ConsoleProcess, startConsole } from "@/lib/testing/guarantees/start-consoles";

const OTHER_TENANT = "the other workspace";
/** Echoed by every answer, so that two answers can be compared byte by byte. */
const REQUEST_ID = "the-same-request";

/** `mine` has allowed it before, with this key; to `other` it is unknown. */
const HOOK_REQUEST = {
  hook_event_name: "PreToolUse",
  session_id: "everybody-uses-this",
  tool_use_id: "call-1",
  tool_name: "Bash",
  tool_input: { command: "npm test" },
};
const HOOK_ANSWER = { hookSpecificOutput: { permissionDecision: "deny" } };
const INTERCEPT_REQUEST = { action: "export_report", payload: { month: 1 }, idempotency_key: "everybody-uses-this" };

/** What a stranger would like our action to be. */
const MANAGED = { title: "Taken over", policy: { type: "always_block" } };
const BUDGET_CHANGES = { name: "Refunds", actions: null, limit: "1", when_exceeded: "block" };
const BUDGET_TERMS = { measure: "count", period: "day", time_zone: "Europe/Berlin" };

type Headers = Record<string, string>;

let daai: ConsoleProcess;
let mine: TestWorkspace;
let other: TestWorkspace;
/** Runs of `mine` in every state, and secrets of theirs that `other` must not be able to use. */
let runs: Record<"pending" | "allowed" | "claimed" | "executed", string>;
/** What of `mine` can be managed by its id. */
let managed: Record<"backtest" | "budget" | "grant" | "freeze", string>;
let claimToken: string;
let token: string;
let taken = 0;
let strangers: [who: string, headers: Headers][];

/** What is asked of each endpoint: with it, `mine` would get through. A new endpoint needs a row. */
const ROWS: Record<string, { id?: () => string; body?: () => object; query?: string; ownAnswer?: object }> = {
  "POST /api/v1/sdk/intercept": {
    body: () => INTERCEPT_REQUEST,
    ownAnswer: { governance_reason: "unknown_action", executable: false, idempotent_replay: false },
  },
  "GET /api/v1/sdk/log/checkpoint": { ownAnswer: { size: 0, checkpoint: null } },
  "GET /api/v1/sdk/action-runs/:id/status": { query: "?wait=0" },
  "POST /api/v1/sdk/action-runs/:id/claim": { body: () => ({ worker: "thief" }) },
  "POST /api/v1/sdk/action-runs/:id/claim/renew": { body: () => ({ claim_token: claimToken }) },
  "POST /api/v1/sdk/action-runs/:id/claim/release": { body: () => ({ claim_token: claimToken }) },
  "POST /api/v1/sdk/action-runs/:id/report-executed": { body: () => ({ claim_token: claimToken }) },
  "POST /api/v1/sdk/action-runs/:id/report-failed": { body: () => ({ execution_error: "e", claim_token: claimToken }) },
  "POST /api/v1/sdk/action-runs/:id/withdraw": { body: () => ({ reason: "r" }) },
  "GET /api/v1/manage/actions": { ownAnswer: { actions: [] } },
  "GET /api/v1/manage/actions/:name": {},
  "PUT /api/v1/manage/actions/:name": { body: () => MANAGED, ownAnswer: { action: "export_report", is_active: true } },
  "PUT /api/v1/manage/actions/:name/active": { body: () => ({ active: false }) },
  "POST /api/v1/manage/actions/:name/plan": { body: () => MANAGED, ownAnswer: { result: "create", etag: null } },
  "POST /api/v1/manage/actions/:name/test": {
    body: () => ({ ...MANAGED, tests: [{ payload: {}, expect: "block" }] }),
    ownAnswer: { passed: true },
  },
  "GET /api/v1/manage/events": { ownAnswer: { next: null } },
  "POST /api/v1/manage/actions/:name/backtests": { body: () => ({ ...MANAGED, days: 7 }) },
  "GET /api/v1/manage/backtests/:id": { id: () => managed.backtest },
  "POST /api/v1/manage/backtests/:id/cancel": { id: () => managed.backtest },
  "GET /api/v1/manage/budgets": { ownAnswer: { budgets: [] } },
  "POST /api/v1/manage/budgets": {
    body: () => ({ ...BUDGET_CHANGES, ...BUDGET_TERMS, name: "Taken over" }),
    ownAnswer: { name: "Taken over" },
  },
  "GET /api/v1/manage/budgets/:id": { id: () => managed.budget },
  "PUT /api/v1/manage/budgets/:id": { id: () => managed.budget, body: () => BUDGET_CHANGES },
  "DELETE /api/v1/manage/budgets/:id": { id: () => managed.budget },
  "GET /api/v1/manage/budgets/:id/usage": { id: () => managed.budget },
  "GET /api/v1/manage/grants": { ownAnswer: { grants: [], next: null } },
  "GET /api/v1/manage/grants/:id": { id: () => managed.grant },
  "POST /api/v1/manage/grants/:id/revoke": { id: () => managed.grant },
  "GET /api/v1/manage/freezes": { ownAnswer: { freezes: [], next: null } },
  "POST /api/v1/manage/freezes": { body: () => ({ action: "granted", reason: "Taken over" }) },
  "GET /api/v1/manage/freezes/:id": { id: () => managed.freeze },
  "POST /api/v1/manage/freezes/:id/thaw": { id: () => managed.freeze },
  "GET /api/v1/manage/freeze-targets": { ownAnswer: { api_keys: [{ name: expect.any(String) as string }] } },
  "POST /api/v1/hooks/claude-code": { body: () => HOOK_REQUEST, ownAnswer: HOOK_ANSWER },
  "POST /api/v1/hooks/codex": { body: () => HOOK_REQUEST, ownAnswer: HOOK_ANSWER },
  "GET /api/v1/public/decisions/:token": {},
  "POST /api/v1/public/decisions/:token": { body: () => ({ decision: "reject" }) },
  "POST /api/v1/public/decisions/:token/revoke": { body: () => ({ confirm: true }) },
  "GET /api/health": {},
  "GET /api/ready": {},
  "GET /api/openapi.json": {},
  "GET /api/v1/public/log-keys": {},
};

/** Where a link is read, whatever else can be done with it. */
const LINK_PATH = "/api/v1/public/decisions/:token";

const endpoints = ENDPOINTS.flatMap(({ routes }) =>
  [...routes.values()].map(({ method, path, scope }) => ({ name: `${method} ${path}`, method, path, scope })),
);
const ofScope = (...scopes: Scope[]) => endpoints.filter(({ scope }) => scopes.includes(scope));

it("covers every endpoint", () => {
  expect(Object.keys(ROWS).sort()).toEqual(endpoints.map(({ name }) => name).sort());
});

describe.each(["node", "next"] as const)("tenants cannot see each other (%s mount)", (mount) => {
  beforeAll(async () => {
    // Without limits no answer carries how much of them is left.
    daai = await startConsole({ mount, env: { DAAI_WORKER: "off", DAAI_PLAN: "unlimited" } });
    [mine, other] = [await makeWorkspace(), await makeWorkspace()];
    runs = {
      pending: await makeRun(mine, "always_require_approval"),
      allowed: await makeRun(mine, "always_allow"),
      claimed: await makeRun(mine, "always_allow"),
      executed: await makeRun(mine, "always_allow"),
    };
    claimToken = await claimOk(mine, runs.claimed);
    token = await linkToken(runs.pending);
    await report(mine, runs.executed);
    await makeAction(mine, { name: "export_report", policy: { type: "always_allow" } });
    for (const name of ["claude_code_bash", "codex_bash"]) await makeAction(mine, { name, policy: { type: "always_allow" } });
    await proposeOk(mine, INTERCEPT_REQUEST);
    for (const name of ["granted", "frozen"]) await makeAction(mine, { name });
    const frozen = { actionName: "frozen", apiKeyId: null, reason: "Wrong", channel: "console" as const };
    const { ctx: developer } = await makePerson(mine, "developer");
    const draft = draftSchema.parse({ policy: { type: "always_block" }, riskLevel: "low" });
    managed = {
      backtest: expectOk(await startBacktest(developer, { name: "export_report", days: 30, draft })).backtestId,
      budget: await makeBudget(mine),
      grant: await giveGrant(mine, { action: "granted" }),
      freeze: expectOk(await startFreeze(mine.ctx, frozen)).freezeId,
    };
    strangers = await makeStrangers();
  });

  afterAll(async () => {
    await daai?.stop();
    await disconnectDb();
  });

  it.each(ofScope("sdk", "sdk-credentials"))("$name", async ({ name, method, path }) => {
    const before = await rowsOf(mine);
    const ids = path.includes(":id") ? [MISSING_RUN, ...Object.values(runs)] : [""];
    const seen: string[] = [];
    for (const [who, headers] of strangers) {
      const answers = await Promise.all(ids.map((id) => ask(method, path.replace(":id", id), headers, ROWS[name])));
      // Foreign and missing: the same, to the byte.
      expect(new Set(answers.map(comparable)).size).toBe(1);
      const [answer] = answers;
      if (who !== OTHER_TENANT) expect([who, answer?.status]).toEqual([who, 401]);
      else if (path.includes(":id")) expect(answer).toMatchObject({ status: 404, json: { code: "run_not_found" } });
      else expect(answer).toMatchObject({ status: 200, json: ROWS[name]?.ownAnswer });
      seen.push(...answers.map((answer) => `answered ${answer.status}`));
    }
    expect(await rowsOf(mine)).toEqual(before);
    printFigures(`Tenants, ${name}`, { ...tally(seen), "foreign 2xx": 0 });
  });

  it.each(ofScope("management"))("$name", async ({ name, method, path }) => {
    const all = { name: "CI", scopes: [...MANAGEMENT_SCOPE_NAMES] };
    const makeManagementKey = async ({ ctx }: TestWorkspace) => expectOk(await createManagementKey(ctx, all));
    const [own, theirs, revoked] = [await makeManagementKey(mine), await makeManagementKey(other), await makeManagementKey(mine)];
    await revokeManagementKey(mine.ctx, revoked.id);
    const before = await rowsOf(mine);
    const ownPath = path.replace(":name", "export_report").replace(":id", ROWS[name]?.id?.() ?? "");
    const answer = async (headers: Headers) => ask(method, ownPath, headers, ROWS[name]);
    const seen: string[] = [];
    for (const [who, headers] of [...strangers, ["a revoked management key", bearer(revoked.key)] as const]) {
      const { status, json } = await answer(headers);
      expect([who, status, (json as { code: string }).code]).toEqual([
        who,
        401,
        who === "nobody" || who === "a workspace key alone" ? "missing_credentials" : "invalid_management_key",
      ]);
      seen.push(`answered ${status}`);
    }
    // Another tenant's key reaches what is theirs: there, nothing or something of the same name.
    const foreign = await answer(bearer(theirs.key));
    const { ownAnswer } = ROWS[name] ?? {};
    if (ownAnswer) expect(foreign).toMatchObject({ status: expect.toSatisfy((status: number) => status < 300), json: ownAnswer });
    else expect(foreign).toMatchObject({ status: 404, json: { code: "not_found" } });
    for (const ours of [mine.workspaceId, mine.ownerEmail]) expect(foreign.text).not.toContain(ours);
    expect(await rowsOf(mine)).toEqual(before);
    await getDb().registeredAction.updateMany({
      where: { workspaceId: other.workspaceId, name: "export_report" },
      data: { name: `taken_${++taken}` },
    });
    expect((await answer(bearer(own.key))).status).toBeLessThan(300);
    printFigures(`Tenants, ${name}`, { ...tally(seen), "foreign changes": 0 });
  });

  it.each(ofScope("public"))("$name: a link opens one run, and nothing else opens it", async ({ name, method, path }) => {
    const before = await rowsOf(mine);
    const keys = keysOf(mine.apiKey, mine.workspaceKey);
    const wrong = ["unknown", token.slice(1), `${token}x`, token.toUpperCase(), runs.pending, mine.apiKey, "*", "%25", claimToken];
    await getDb().usageCounter.deleteMany({ where: { scope: "link_guess_client" } });
    const answers = await Promise.all(wrong.map((value) => ask(method, path.replace(":token", value), keys, ROWS[name])));
    expect(answers.map(({ status }) => status)).toEqual(wrong.map(() => 404));
    expect(new Set(answers.map(comparable)).size).toBe(1);
    expect(await rowsOf(mine)).toEqual(before);
    // Keys, of whomever, make no difference to a link.
    const ownPath = LINK_PATH.replace(":token", token);
    const opened = await ask("GET", ownPath, keysOf(other.apiKey, other.workspaceKey));
    expect([opened.status, comparable(opened)]).toEqual([200, comparable(await ask("GET", ownPath, {}))]);
  });

  it.each(ofScope("open"))("$name tells everybody the same", async ({ method, path }) => {
    const answers = await Promise.all(
      [{}, keysOf(mine.apiKey, mine.workspaceKey), keysOf(other.apiKey, other.workspaceKey)].map((headers) => ask(method, path, headers)),
    );
    expect(new Set(answers.map(comparable)).size).toBe(1);
    for (const secret of [mine.workspaceId, mine.ownerEmail, ...Object.values(runs)]) expect(answers[0]?.text).not.toContain(secret);
  });
});

/** Everyone who may not see what is `mine`, with the keys they try. */
async function makeStrangers(): Promise<[who: string, headers: Headers][]> {
  const revoked = await createApiKey(mine.ctx, { kind: "api", name: "extra" });
  await revokeApiKey(mine.ctx, revoked.id);
  const expired = await createApiKey(mine.ctx, { kind: "api", name: "extra" });
  await getDb().apiKey.update({ where: { id: expired.id }, data: { expiresAt: new Date(Date.now() - 1000) } });
  return [
    ["nobody", {}],
    ["an API key alone", { Authorization: `Bearer ${mine.apiKey}` }],
    ["a workspace key alone", { "X-DAAI-Workspace-Key": mine.workspaceKey }],
    ["malformed keys", keysOf("daai_sk_x", "daai_wk_x")],
    ["empty keys", keysOf("", "")],
    ["well-formed keys that do not exist", keysOf(makeKey("api"), makeKey("workspace"))],
    ["keys in each other's place", keysOf(mine.workspaceKey, mine.apiKey)],
    ["keys beginning like the real ones", keysOf(mine.apiKey.slice(0, -1), mine.workspaceKey.slice(0, -1))],
    ["key A with workspace B", keysOf(mine.apiKey, other.workspaceKey)],
    ["key B with workspace A", keysOf(other.apiKey, mine.workspaceKey)],
    ["a revoked key", keysOf(revoked.key, mine.workspaceKey)],
    ["an expired key", keysOf(expired.key, mine.workspaceKey)],
    [OTHER_TENANT, keysOf(other.apiKey, other.workspaceKey)],
  ];
}

function bearer(key: string): Headers {
  return { Authorization: `Bearer ${key}` };
}

function keysOf(apiKey: string, workspaceKey: string): Headers {
  return { Authorization: `Bearer ${apiKey}`, "X-DAAI-Workspace-Key": workspaceKey };
}

function ask(
  method: string,
  path: string,
  headers: Headers,
  { body, query = "" }: { body?: () => object; query?: string } = {},
): Promise<Answer> {
  const text = method === "POST" || method === "PUT" ? JSON.stringify(body?.() ?? {}) : undefined;
  return daai.api.call(method, `${path}${query}`, text, { headers: { ...headers, "X-Request-Id": REQUEST_ID } });
}

/** Everything of an answer except when it was given. */
function comparable({ status, headers, text }: Answer): string {
  return JSON.stringify([status, [...headers].filter(([name]) => name !== "date"), text]);
}

/** All rows of a workspace that the API could change. */
async function rowsOf({ workspaceId }: TestWorkspace): Promise<unknown> {
  return getDb().$queryRaw`
    SELECT 'run' AS of, md5(string_agg(t::text, ',' ORDER BY id)) FROM action_runs t WHERE workspace_id = ${workspaceId}::uuid
    UNION ALL SELECT 'receipt', md5(string_agg(t::text, ',' ORDER BY id)) FROM receipts t WHERE workspace_id = ${workspaceId}::uuid
    UNION ALL SELECT 'decision', md5(string_agg(t::text, ',' ORDER BY id)) FROM decisions t WHERE workspace_id = ${workspaceId}::uuid
    UNION ALL SELECT 'link', md5(string_agg(t::text, ',' ORDER BY id)) FROM decision_links t WHERE workspace_id = ${workspaceId}::uuid
    UNION ALL SELECT 'mail', md5(string_agg(t::text, ',' ORDER BY id)) FROM email_deliveries t WHERE workspace_id = ${workspaceId}::uuid
    UNION ALL SELECT 'event', md5(string_agg(t::text, ',' ORDER BY id)) FROM audit_events t
      WHERE workspace_id = ${workspaceId}::uuid AND verb NOT LIKE 'api_key.%' AND verb NOT LIKE 'management_key.%'
    UNION ALL SELECT 'backtest', md5(string_agg(t::text, ',' ORDER BY id)) FROM backtests t WHERE workspace_id = ${workspaceId}::uuid
    UNION ALL SELECT 'budget', md5(string_agg(t::text, ',' ORDER BY id)) FROM budgets t WHERE workspace_id = ${workspaceId}::uuid
    UNION ALL SELECT 'grant', md5(string_agg(t::text, ',' ORDER BY id)) FROM standing_grants t WHERE workspace_id = ${workspaceId}::uuid
    UNION ALL SELECT 'freeze', md5(string_agg(t::text, ',' ORDER BY id)) FROM freezes t WHERE workspace_id = ${workspaceId}::uuid
    UNION ALL SELECT 'action', md5(string_agg(t::text, ',' ORDER BY id)) FROM registered_actions t WHERE workspace_id = ${workspaceId}::uuid`;
}
