import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startBacktest } from "@/lib/backtests/start-backtest";
import { disconnectDb, getDb } from "@/lib/db/client";
import { MANAGEMENT_SCOPE_NAMES } from "@/lib/domain/access/management-scopes";
import { startFreeze } from "@/lib/freezes/start-freeze";
import { ENDPOINTS } from "@/lib/http/mounts/endpoints";
import type { Scope } from "@/lib/http/route";
import { createManagementKey } from "@/lib/management-keys/create-management-key";
import { revokeManagementKey } from "@/lib/management-keys/revoke-management-key";
import { draftSchema } from "@/lib/registered-actions/schema";
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
import { bearer, type Headers, keysOf, makeStrangers, OTHER_TENANT } from "@/lib/testing/guarantees/strangers";
import { INTERCEPT_REQUEST, TENANT_ROWS, type TenantRow, type TenantSecrets } from "@/lib/testing/guarantees/tenant-rows";
import { rowsOf } from "@/lib/testing/guarantees/workspace-rows";

/** Echoed by every answer, so that two answers can be compared byte by byte. */
const REQUEST_ID = "the-same-request";

let daai: ConsoleProcess;
let mine: TestWorkspace;
let other: TestWorkspace;
/** Runs of `mine` in every state. */
let runs: Record<"pending" | "allowed" | "claimed" | "executed", string>;
let secrets: TenantSecrets;
let token: string;
let taken = 0;
let strangers: [who: string, headers: Headers][];

/** Where a link is read, whatever else can be done with it. */
const LINK_PATH = "/api/v1/public/decisions/:token";

const endpoints = ENDPOINTS.flatMap(({ routes }) =>
  [...routes.values()].map(({ method, path, scope }) => ({ name: `${method} ${path}`, method, path, scope })),
);
const ofScope = (...scopes: Scope[]) => endpoints.filter(({ scope }) => scopes.includes(scope));

it("covers every endpoint", () => {
  expect(Object.keys(TENANT_ROWS).sort()).toEqual(endpoints.map(({ name }) => name).sort());
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
    const claimToken = await claimOk(mine, runs.claimed);
    token = await linkToken(runs.pending);
    await report(mine, runs.executed);
    await makeAction(mine, { name: "export_report", policy: { type: "always_allow" } });
    for (const name of ["claude_code_bash", "codex_bash"]) await makeAction(mine, { name, policy: { type: "always_allow" } });
    await proposeOk(mine, INTERCEPT_REQUEST);
    for (const name of ["granted", "frozen"]) await makeAction(mine, { name });
    const frozen = { actionName: "frozen", apiKeyId: null, reason: "Wrong", channel: "console" as const };
    const { ctx: developer } = await makePerson(mine, "developer");
    const draft = draftSchema.parse({ policy: { type: "always_block" }, riskLevel: "low" });
    secrets = {
      claimToken,
      backtest: expectOk(await startBacktest(developer, { name: "export_report", days: 30, draft })).backtestId,
      budget: await makeBudget(mine),
      grant: await giveGrant(mine, { action: "granted" }),
      freeze: expectOk(await startFreeze(mine.ctx, frozen)).freezeId,
    };
    strangers = await makeStrangers(mine, other);
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
      const answers = await Promise.all(ids.map((id) => ask(method, path.replace(":id", id), headers, TENANT_ROWS[name])));
      // Foreign and missing: the same, to the byte.
      expect(new Set(answers.map(comparable)).size).toBe(1);
      const [answer] = answers;
      if (who !== OTHER_TENANT) expect([who, answer?.status]).toEqual([who, 401]);
      else if (path.includes(":id")) expect(answer).toMatchObject({ status: 404, json: { code: "run_not_found" } });
      else expect(answer).toMatchObject({ status: 200, json: TENANT_ROWS[name]?.ownAnswer });
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
    const ownPath = path.replace(":name", "export_report").replace(":id", TENANT_ROWS[name]?.id?.(secrets) ?? "");
    const answer = async (headers: Headers) => ask(method, ownPath, headers, TENANT_ROWS[name]);
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
    const { ownAnswer } = TENANT_ROWS[name] ?? {};
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
    const wrong = ["unknown", token.slice(1), `${token}x`, token.toUpperCase(), runs.pending, mine.apiKey, "*", "%25", secrets.claimToken];
    await getDb().usageCounter.deleteMany({ where: { scope: "link_guess_client" } });
    const answers = await Promise.all(wrong.map((value) => ask(method, path.replace(":token", value), keys, TENANT_ROWS[name])));
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

function ask(method: string, path: string, headers: Headers, { body, query = "" }: TenantRow = {}): Promise<Answer> {
  const text = method === "POST" || method === "PUT" ? JSON.stringify(body?.(secrets) ?? {}) : undefined;
  return daai.api.call(method, `${path}${query}`, text, { headers: { ...headers, "X-Request-Id": REQUEST_ID } });
}

/** Everything of an answer except when it was given. */
function comparable({ status, headers, text }: Answer): string {
  return JSON.stringify([status, [...headers].filter(([name]) => name !== "date"), text]);
}
