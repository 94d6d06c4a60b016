import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { disconnectDb } from "@/lib/db/client";
import { getEnv, resetEnvCache } from "@/lib/env";
import { ENDPOINTS, matchEndpoint } from "@/lib/http/mounts/endpoints";
import { handleRequest } from "@/lib/http/mounts/handle-request";
import { logger } from "@/lib/logger";
import { makeKey } from "@/lib/security/key-format";
import { makeAction, makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";
import { makeApiRequest } from "@/lib/testing/make-api-request";
import { startTcpProxy, type TcpProxy } from "@/lib/testing/tcp-proxy";

let proxy: TcpProxy;
let workspace: TestWorkspace;

beforeAll(async () => {
  logger.level = "silent";
  const url = new URL(getEnv().DATABASE_URL);
  proxy = await startTcpProxy(Number(url.port));
  Object.assign(url, { hostname: "127.0.0.1", port: String(proxy.port) });
  process.env.DATABASE_URL = url.href;
  resetEnvCache();
  await disconnectDb();
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "export_report", policy: { type: "always_allow" } });
});

afterAll(async () => {
  proxy.setMode("reset");
  await disconnectDb().catch(() => undefined);
  await proxy.close();
});

const BODIES: Record<string, object> = {
  intercept: { action: "export_report", payload: {} },
  claim: { worker: "w" },
  renew: { claim_token: "t" },
  release: { claim_token: "t" },
  "report-executed": {},
  "report-failed": { execution_error: "e" },
  withdraw: { reason: "r" },
  "unknown-token": { decision: "reject" },
  revoke: { confirm: true },
};

function ask(method: string, path: string) {
  const url = path.replace(":id", "0193e4c2-7b0e-7cc1-8d5f-0a1b2c3d4e5f").replace(":token", "unknown-token");
  const match = matchEndpoint(url);
  const headers = {
    authorization: `Bearer ${path.startsWith("/api/v1/manage/") ? makeKey("management") : workspace.apiKey}`,
    "x-daai-workspace-key": workspace.workspaceKey,
    "content-type": "application/json",
  };
  const body = JSON.stringify(BODIES[url.split("/").at(-1) ?? ""] ?? {});
  return handleRequest(match?.resource ?? null, makeApiRequest({ method, path: url, params: match?.params ?? {}, headers, body }));
}

const guarded = ENDPOINTS.flatMap(({ path, routes }) => [...routes.values()].map(({ method, scope }) => ({ method, path, scope }))).filter(
  ({ scope, path }) => scope !== "open" || path === "/api/ready",
);

describe.each(["reset", "blackhole"] as const)("with the database away (%s)", (mode) => {
  it("every decision is a 503 that says when to try again, and the process lives", async () => {
    expect((await ask("POST", "/api/v1/sdk/intercept")).status).toBe(200);
    proxy.setMode(mode);
    const answers = await Promise.all(guarded.map(async (one) => ({ ...one, ...(await ask(one.method, one.path)) })));
    // Nothing of these stands in the database.
    for (const path of ["/api/health", "/api/v1/public/log-keys"]) expect((await ask("GET", path)).status).toBe(200);
    for (const { method, path, status, headers, body } of answers) {
      expect([method, path, status, headers["Retry-After"]]).toEqual([method, path, 503, "1"]);
      expect(body).not.toMatch(/executable|ECONN|127\.0\.0\.1/);
    }
    expect((await ask("GET", "/api/health")).status).toBe(200);
    expect((await ask("GET", "/api/openapi.json")).status).toBe(200);
  });

  it("and back again, decisions are made as before", async () => {
    proxy.setMode("pass");
    let answer = await ask("POST", "/api/v1/sdk/intercept");
    // Connections that broke while nobody looked are found out one by one.
    for (let tries = 0; answer.status === 503 && tries < 50; tries++) answer = await ask("POST", "/api/v1/sdk/intercept");
    expect([answer.status, answer.body]).toEqual([200, expect.stringContaining('"executable":true')]);
  });
});
