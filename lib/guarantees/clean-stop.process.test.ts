import { connect } from "node:net";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { disconnectDb, getDb } from "@/lib/db/client";
import { getEnv } from "@/lib/env";
import { INTERCEPT, runPath } from "@/lib/testing/api-suite/api-client";
import { claimOk, makeAction, makeRun, makeWorkspace, type TestWorkspace, tally } from "@/lib/testing/factories";
import { printFigures } from "@/lib/testing/guarantees/print-figures";
import { startConsole } from "@/lib/testing/guarantees/start-consoles";
import { startTcpProxy } from "@/lib/testing/tcp-proxy";

/** As many as the connections of a process: each of them waits inside the database. */
const REQUESTS = 12;
const PATIENCE = { interval: 20, timeout: 60_000 };

let workspace: TestWorkspace;

beforeAll(async () => {
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "export_report", policy: { type: "always_allow" } });
});

afterAll(disconnectDb);

describe("a stop", () => {
  it("answers what is in flight, and held long polls at once", async () => {
    const daai = await startConsole({ env: { DAAI_WORKER: "off" } });
    const { api, server } = daai;
    const pendingId = await makeRun(workspace, "always_require_approval");
    const runs = await Promise.all(
      Array.from({ length: REQUESTS }, async () => {
        const runId = await makeRun(workspace, "always_allow");
        return { runId, token: await claimOk(workspace, runId) };
      }),
    );
    const polls = Array.from({ length: 5 }, () => api.get(runPath(pendingId, "status?wait=60"), { as: workspace }));
    // Asked later and answered: those before it are being held.
    await api.get(runPath(pendingId, "status?wait=0.5"), { as: workspace });

    const { reports, stopped } = await withRunsLocked(async () => {
      const reports = runs.map(({ runId, token }) =>
        api.post(runPath(runId, "report-executed"), { claim_token: token }, { as: workspace }),
      );
      await expect.poll(waitingForLocks, PATIENCE).toBe(REQUESTS);
      const stopped = server.kill("SIGTERM");
      for (const poll of polls) expect(await poll).toMatchObject({ status: 200, json: { governance_status: "pending_approval" } });
      await expect.poll(() => isListening(server.port), PATIENCE).toBe(false);
      return { reports, stopped };
    });
    const answers = await Promise.all(reports);
    expect(tally(answers.map(({ status, json }) => `${status} ${(json as { execution_status: string }).execution_status}`))).toEqual({
      "200 executed": REQUESTS,
    });
    expect(answers.map(({ headers }) => headers.get("connection"))).toEqual(answers.map(() => "close"));
    expect(await stopped).toBe(0);
    expect(await getDb().receipt.count({ where: { runId: { in: runs.map(({ runId }) => runId) }, kind: "execution" } })).toBe(REQUESTS);
    printFigures("A clean stop", { "requests in flight": REQUESTS, "long polls held": polls.length, "not answered": 0, "exit code": 0 });
  });

  it("comes to its end also when the database says nothing", async () => {
    const url = new URL(getEnv().DATABASE_URL);
    const proxy = await startTcpProxy(Number(url.port));
    url.port = String(proxy.port);
    const daai = await startConsole({ databaseUrl: url.href });
    proxy.setMode("blackhole");
    expect((await daai.api.post(INTERCEPT, { action: "export_report", payload: {} }, { as: workspace })).status).toBe(503);
    await daai.stop();
    await proxy.close();
  });
});

/** While `work` goes on, whoever wants to change a run waits inside the database. */
async function withRunsLocked<T>(work: () => Promise<T>): Promise<T> {
  const locker = new pg.Client({ connectionString: getEnv().DATABASE_URL });
  await locker.connect();
  try {
    await locker.query("BEGIN; LOCK TABLE action_runs IN SHARE MODE");
    return await work();
  } finally {
    await locker.end();
  }
}

async function waitingForLocks(): Promise<number> {
  const [row] = await getDb().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return row?.count ?? 0;
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => (socket.destroy(), resolve(true))).once("error", () => resolve(false));
  });
}
