import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { problemSchema } from "@/lib/contract/problem";
import { disconnectDb, getDb } from "@/lib/db/client";
import { MANAGEMENT_SCOPE_NAMES } from "@/lib/domain/access/management-scopes";
import { getEnv, resetEnvCache } from "@/lib/env";
import { logger } from "@/lib/logger";
import { createManagementKey } from "@/lib/management-keys/create-management-key";
import { openToken } from "@/lib/security/seal-token";
import { type BadCase, badCases, type GoodRequest } from "@/lib/testing/bad-input";
import { expectOk, makeAction, makeWorkspace, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { proofSize } from "@/lib/testing/guarantees/proof-size";
import { makeApiRequest } from "@/lib/testing/make-api-request";
import { ENDPOINTS } from "./endpoints";
import { handleRequest } from "./handle-request";

const BATCHES = proofSize(10, 200);
const BATCH_SIZE = 50;

let workspace: TestWorkspace;
let managementKey: string;
let runs: { pending: string; allowed: string; token: string };
const logged: string[] = [];

beforeAll(async () => {
  process.env.DAAI_PLAN = "unlimited";
  resetEnvCache();
  logger.level = "trace";
  for (const level of ["debug", "info", "error"] as const) {
    vi.spyOn(logger, level).mockImplementation((...line: unknown[]) => void logged.push(JSON.stringify(line)));
  }
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "export_report", policy: { type: "always_allow" } });
  await makeAction(workspace, { name: "refund_customer", policy: { type: "require_approval_above_amount", threshold: "1000" } });
  managementKey = expectOk(await createManagementKey(workspace.ctx, { name: "CI", scopes: [...MANAGEMENT_SCOPE_NAMES] })).key;
  const pending = (await proposeOk(workspace, { action: "refund_customer", payload: { amount: 5000 } })).action_run_id;
  const allowed = (await proposeOk(workspace, { action: "export_report", payload: {} })).action_run_id;
  const { sealedToken } = await getDb().emailDelivery.findFirstOrThrow({ where: { runId: pending } });
  runs = { pending, allowed, token: openToken(sealedToken ?? new Uint8Array()) };
});

afterAll(disconnectDb);

const GOOD_BODIES: Record<string, Record<string, unknown>> = {
  intercept: {
    action: "refund_customer",
    payload: { amount: 1250, reasoning: "because", source: { type: "t", ref: "r" } },
    idempotency_key: "k-1",
    actor: "agent",
    reasoning: "why",
    source: { type: "t", ref: "r" },
    claim: { worker: "w", lease_seconds: 60 },
  },
  claim: { worker: "w", lease_seconds: 60, payload: {} },
  renew: { claim_token: "t", lease_seconds: 60 },
  release: { claim_token: "t" },
  "report-executed": { execution_result: { ok: true }, claim_token: "t" },
  "report-failed": { execution_error: "no", execution_result: { ok: false }, claim_token: "t" },
  withdraw: { reason: "no longer needed" },
  revoke: { comment: "c", confirm: true },
  ":name": {
    title: "Refund",
    policy: { type: "always_allow" },
    approvers: ["ann@example.com"],
    managed_by: { file: "f.yaml", commit: null },
  },
  plan: { title: "Refund", policy: { rules: [{ name: "r", when: "amount > 1", then: "ask" }], otherwise: "allow" } },
  test: { title: "Refund", policy: { type: "always_allow" }, tests: [{ payload: { amount: 5 }, expect: "allow" }] },
  active: { active: true },
  backtests: { title: "Refund", policy: { type: "always_block" }, days: 7 },
  budgets: {
    ...{ name: "Refunds", actions: ["refund_customer"], limit: "2000", when_exceeded: "ask" },
    ...{ measure: "sum", currency: "EUR", per: "field", per_field: "customer.id", period: "week", time_zone: "Europe/Berlin" },
  },
  "budgets/:id": { name: "Refunds", actions: null, limit: "2000", when_exceeded: "block" },
  freezes: { action: "export_report", reason: "Wrong refunds" },
  thaw: { comment: "Found it" },
  ":token": { decision: "reject", comment: "c", confirm: true },
};

const operations = ENDPOINTS.flatMap((resource) =>
  [...resource.routes.values()].map((route) => ({
    name: `${route.method} ${resource.path}`,
    method: route.method,
    scope: route.scope,
    resource,
  })),
);

function goodRequest(path: string, method: string): GoodRequest {
  const parts = path.split("/");
  const body = GOOD_BODIES[parts.slice(-2).join("/")] ?? GOOD_BODIES[parts.at(-1) ?? ""];
  return {
    as: workspace,
    ...(path.startsWith("/api/v1/manage/") && { managementKey }),
    params: path.includes(":id")
      ? { id: [runs.pending, runs.allowed] }
      : path.includes(":token")
        ? { token: [runs.token] }
        : path.includes(":name")
          ? { name: ["refund_customer"] }
          : {},
    // Of the two runs only one could be waited for, and not for long.
    queries: ["", "wait=0", "wait=0.001"],
    ...(method !== "GET" && body && { body }),
  };
}

describe("any input", () => {
  it.each(operations)(
    `to $name is answered, not survived: ${BATCHES * BATCH_SIZE} cases`,
    { timeout: 300_000 },
    async ({ method, scope, resource }) => {
      const seen = new Set<number>();
      const batch = fc.array(badCases(goodRequest(resource.path, method)), { minLength: BATCH_SIZE, maxLength: BATCH_SIZE });
      await fc.assert(
        fc.asyncProperty(batch, async (cases) => {
          // A batch is below the limit of a management key's requests, and the next one begins anew.
          await getDb().usageCounter.deleteMany({ where: { scope: "management_per_minute" } });
          for (const status of await Promise.all(cases.map((one) => check(resource, method, one)))) seen.add(status);
        }),
        { numRuns: BATCHES, endOnFailure: true },
      );
      // The cases reach behind the first check; an open endpoint has none.
      expect(seen.size).toBeGreaterThan(scope === "open" ? 0 : 1);
      for (const line of logged.splice(0)) expectNoLeak(line);
    },
  );
});

async function check(resource: (typeof ENDPOINTS)[number], method: string, one: BadCase): Promise<number> {
  const { status, headers, body } = await handleRequest(resource, makeApiRequest({ ...one, method, path: resource.path }));
  expect([200, 201, 202, 304, 400, 401, 403, 404, 409, 410, 412, 413, 415, 422, 429]).toContain(status);
  for (const value of Object.values(headers)) expect(value).toMatch(/^[\x20-\x7e]*$/);
  if (status >= 400) {
    expect(headers["Content-Type"]).toBe("application/problem+json");
    expect(problemSchema.parse(JSON.parse(body ?? "")).status).toBe(status);
    expectNoLeak(body ?? "");
  }
  return status;
}

/** No stack, SQL, path or secret. The cases themselves hold nothing that looks so. */
function expectNoLeak(text: string): void {
  expect(text).not.toMatch(/\bat \S+ \(|SELECT|INSERT|UPDATE |node_modules|\.ts\b|[Pp]risma|[Pp]ostgres|pg_|daai_[a-z]{3}|daai_[swm]k_\w/);
  for (const secret of [workspace.apiKey, workspace.workspaceKey, managementKey, runs.token, getEnv().DAAI_KEY_PEPPER])
    expect(text).not.toContain(secret);
}
