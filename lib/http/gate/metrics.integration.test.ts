import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { disconnectDb } from "@/lib/db/client";
import { getEnv, resetEnvCache } from "@/lib/env";
import { logger } from "@/lib/logger";
import { resetMetrics } from "@/lib/metrics/metrics";
import { makeAction, makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";
import { createConsoleServer } from "./console-server";
import { createMetricsServer } from "./metrics-server";

const TOKEN = "a-token-that-nobody-guesses-in-a-test";
const bearer = { Authorization: `Bearer ${TOKEN}` };
const NEXT = "Next's page";

let workspace: TestWorkspace;
let servers: Server[] = [];

beforeAll(async () => {
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "export_report", policy: { type: "always_allow" } });
  await makeAction(workspace, { name: "pay_invoice" });
});

afterEach(() => {
  for (const server of servers) server.close().closeAllConnections();
  servers = [];
});

/** Both servers, with these settings. */
async function serve(settings: { DAAI_METRICS_TOKEN?: string; DAAI_METRICS_PORT?: string }): Promise<{ console: string; metrics: string }> {
  Object.assign(process.env, { DAAI_METRICS_TOKEN: "", DAAI_METRICS_PORT: "", ...settings });
  resetEnvCache();
  resetMetrics();
  servers = [createConsoleServer({ handlesSdk: true, handleWithNext: (_message, reply) => reply.end(NEXT) }), createMetricsServer()];
  const [consoleUrl = "", metrics = ""] = await Promise.all(
    servers.map(async (server) => {
      await once(server.listen(0, "127.0.0.1"), "listening");
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    }),
  );
  return { console: consoleUrl, metrics };
}

const scrape = async (url: string) => (await fetch(`${url}/metrics`, { headers: bearer })).text();

function valueOf(text: string, series: string): number | undefined {
  const line = text.split("\n").find((line) => line.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1).replace("Nan", "NaN"));
}

function intercept(url: string, action: string): Promise<Response> {
  return fetch(`${url}/api/v1/sdk/intercept`, {
    method: "POST",
    headers: {
      Authorization: `Bearer ${workspace.apiKey}`,
      "X-DAAI-Workspace-Key": workspace.workspaceKey,
      "Content-Type": "application/json",
    },
    body: JSON.stringify({ action, payload: { invoice: "INV-1" } }),
  });
}

describe("who gets the metrics", () => {
  it("with a token: whoever sends it, on both ports", async () => {
    const urls = await serve({ DAAI_METRICS_TOKEN: TOKEN });
    for (const url of [urls.console, urls.metrics]) {
      for (const authorization of ["", "Bearer", `Bearer ${TOKEN}x`, `Basic ${TOKEN}`, TOKEN]) {
        const response = await fetch(`${url}/metrics`, { headers: { Authorization: authorization } });
        expect([response.status, response.headers.get("www-authenticate")], authorization).toEqual([401, "Bearer"]);
        expect(await response.text()).toBe("Send DAAI_METRICS_TOKEN as a bearer token.\n");
      }
      const response = await fetch(`${url}/metrics`, { headers: bearer });
      expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/plain; version=0.0.4; charset=utf-8"]);
      expect(await response.text()).toContain("\ndaai_ready ");
      expect((await fetch(`${url}/metrics`, { method: "POST", headers: bearer })).status).toBe(405);
    }
  });

  it("without one: the metrics port only", async () => {
    const urls = await serve({ DAAI_METRICS_PORT: "9464" });
    expect(await scrape(urls.console)).toBe(NEXT);
    expect(await scrape(urls.metrics)).toContain("\ndaai_ready ");
    expect(await (await fetch(`${urls.metrics}/docs`)).text()).toBe(
      "This port serves /metrics, /api/health, /api/ready and nothing else.\n",
    );
    expect((await fetch(`${urls.metrics}/api/v1/sdk/intercept`, { method: "POST" })).status).toBe(404);
  });

  it("a process's health is on the metrics port too, without a token", async () => {
    const urls = await serve({ DAAI_METRICS_TOKEN: TOKEN });
    expect(await (await fetch(`${urls.metrics}/api/health`)).json()).toEqual({ status: "ok" });
    expect(await (await fetch(`${urls.metrics}/api/ready`)).json()).toMatchObject({ checks: { database: { status: "ok" } } });
  });

  it("without either setting: nobody, and nothing is counted", async () => {
    const urls = await serve({});
    expect(await scrape(urls.console)).toBe(NEXT);
    expect((await fetch(`${urls.metrics}/metrics`)).status).toBe(404);
  });
});

describe("what they say", () => {
  it("counts intercepts by outcome, and responses by route and status", async () => {
    const { console: url } = await serve({ DAAI_METRICS_TOKEN: TOKEN });
    for (const action of ["export_report", "export_report", "pay_invoice", "unknown_action"]) await intercept(url, action);
    await fetch(`${url}/api/v1/sdk/intercept`, { method: "POST" });
    await fetch(`${url}/API/v1`);
    const text = await scrape(url);
    const count = (outcome: string) => valueOf(text, `daai_intercept_duration_seconds_count{outcome="${outcome}"}`);
    expect([count("allowed"), count("pending_approval"), count("blocked")]).toEqual([2, 1, 1]);
    const responses = (route: string, status: number) => valueOf(text, `daai_api_requests_total{route="${route}",status="${status}"}`);
    expect([responses("/api/v1/sdk/intercept", 200), responses("/api/v1/sdk/intercept", 401), responses("none", 404)]).toEqual([4, 1, 1]);
    expect(valueOf(text, "daai_pending_runs")).toBe(1);
    expect(valueOf(text, "daai_oldest_pending_run_age_seconds")).toBeGreaterThan(0);
    expect(valueOf(text, "daai_database_up")).toBe(1);
    expect(valueOf(text, 'daai_check_ok{check="database"}')).toBe(1);
  });

  it("share one look at the database when scrapes come fast", async () => {
    const { console: url } = await serve({ DAAI_METRICS_TOKEN: TOKEN });
    const before = valueOf(await scrape(url), "daai_pending_runs") ?? 0;
    await intercept(url, "pay_invoice");
    const texts = await Promise.all([scrape(url), scrape(url)]);
    expect(texts.map((text) => valueOf(text, "daai_pending_runs"))).toEqual([before, before]);
  });

  it("say that the database is away, and no number that nobody knows", async () => {
    const { DATABASE_URL } = getEnv();
    const { level } = logger;
    logger.level = "silent";
    try {
      await disconnectDb();
      process.env.DATABASE_URL = "postgresql://daai@127.0.0.1:1/daai";
      const { console: url } = await serve({ DAAI_METRICS_TOKEN: TOKEN });
      const text = await scrape(url);
      expect(valueOf(text, "daai_database_up")).toBe(0);
      expect(valueOf(text, "daai_ready")).toBe(0);
      expect(valueOf(text, "daai_pending_runs")).toBeNaN();
    } finally {
      process.env.DATABASE_URL = DATABASE_URL;
      resetEnvCache();
      await disconnectDb();
      logger.level = level;
    }
  });
});
