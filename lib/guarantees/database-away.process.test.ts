import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { disconnectDb } from "@/lib/db/client";
import { type Answer, INTERCEPT, problemOf, runPath } from "@/lib/testing/api-suite/api-client";
import { atOnce, linkToken, makeAction, makeRun, makeWorkspace, type TestWorkspace, tally } from "@/lib/testing/factories";
import { printFigures, spread } from "@/lib/testing/guarantees/print-figures";
import { proofSize } from "@/lib/testing/guarantees/proof-size";
import { type ConsoleProcess, startConsole } from "@/lib/testing/guarantees/start-consoles";
import { workOnDatabase } from "@/lib/testing/guarantees/work-on-database";
import { type KillablePostgres, startKillablePostgres } from "@/lib/testing/killable-postgres";
import { startTcpProxy, type TcpProxy } from "@/lib/testing/tcp-proxy";

const ROUNDS = proofSize(3, 20);
/** Two seconds are promised; the rest is for a machine that is busy with other tests. */
const ANSWER_MS = 4000;

let postgres: KillablePostgres;
let proxy: TcpProxy;
let direct: ConsoleProcess;
let proxied: ConsoleProcess;
let workspace: TestWorkspace;
let runId: string;
let token: string;

beforeAll(async () => {
  postgres = await startKillablePostgres();
  const url = new URL(postgres.url);
  proxy = await startTcpProxy(Number(url.port), { delayMs: 120 });
  url.port = String(proxy.port);
  // A worker would finish its jobs before it stops, and the connections that lost its questions never answer.
  const env = { DAAI_PLAN: "unlimited", DAAI_WORKER: "off" };
  [direct, proxied] = await Promise.all([startConsole({ databaseUrl: postgres.url, env }), startConsole({ databaseUrl: url.href, env })]);
  await workOnDatabase(postgres.url);
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "export_report", policy: { type: "always_allow" } });
  runId = await makeRun(workspace, "always_allow");
  token = await linkToken(await makeRun(workspace, "always_require_approval"));
});

afterAll(async () => {
  await Promise.all([direct?.stop(), proxied?.stop()]);
  await proxy?.close();
  await disconnectDb();
  await postgres?.close();
});

/** What needs the database, as it is asked for while that is away. None of it would change anything if it came through. */
const QUESTIONS: Record<string, (daai: ConsoleProcess) => Promise<Answer>> = {
  intercept: ({ api }) => api.post(INTERCEPT, { action: "export_report", payload: {} }, { as: workspace }),
  "new intercept": ({ api }) => api.post(INTERCEPT, { action: "never_asked_before", payload: {} }, { as: workspace }),
  status: ({ api }) => api.get(runPath(runId, "status"), { as: workspace }),
  "status with wait": ({ api }) => api.get(runPath(runId, "status?wait=60"), { as: workspace }),
  claim: ({ api }) => api.post(runPath(runId, "claim"), { worker: "w" }, { as: workspace }),
  report: ({ api }) => api.post(runPath(runId, "report-failed"), { execution_error: "e" }, { as: workspace }),
  "decision read": ({ api }) => api.get(`/api/v1/public/decisions/${token}`),
  decision: ({ api }) => api.post(`/api/v1/public/decisions/${token}`, { decision: "approve", confirm: true }),
};

describe("with the database away", () => {
  it("refusing connections: 503 soon, and back to work soon after its return", { timeout: 300_000 }, async () => {
    const pendingId = await makeRun(workspace, "always_require_approval");
    const pendingToken = await linkToken(pendingId);
    const held = direct.api.get(runPath(pendingId, "status?wait=60"), { as: workspace });
    // Asked later and answered: the one before it is being held.
    await direct.api.get(runPath(pendingId, "status?wait=0.5"), { as: workspace });
    await postgres.kill();
    const { timesMs, statuses } = await askWhileAway(direct);
    await postgres.start();
    const backMs = await untilReady(direct);
    await expectBackAtWork(direct);
    expect((await proxied.api.post(`/api/v1/public/decisions/${pendingToken}`, { decision: "reject" })).status).toBe(200);
    expect((await held).json).toMatchObject({ governance_status: "rejected" });
    printFigures("Database refuses", { ...statuses, "answer time": spread(timesMs), "ms to ready after its return": backMs });
  });

  it("saying nothing: 503 soon, and back to work soon after its return", { timeout: 300_000 }, async () => {
    await expectBackAtWork(proxied);
    proxy.setMode("blackhole");
    const { timesMs, statuses } = await askWhileAway(proxied);
    proxy.setMode("pass");
    const backMs = await untilReady(proxied);
    await expectBackAtWork(proxied);
    printFigures("Database is silent", { ...statuses, "answer time": spread(timesMs), "ms to ready after its return": backMs });
  });

  it("only slow: answers, or 503, never a failure", { timeout: 300_000 }, async () => {
    proxy.setMode("delay");
    const answers = await atOnce(
      proofSize(64, 1000),
      (n) => Object.values(QUESTIONS)[n % 4]?.(proxied) ?? Promise.reject(new Error("No question.")),
    );
    proxy.setMode("pass");
    const statuses = tally(answers.map(({ status }) => String(status)));
    expect(Object.keys(statuses).filter((status) => !["200", "503"].includes(status))).toEqual([]);
    await untilReady(proxied);
    await expectBackAtWork(proxied);
    printFigures("Slow database", Object.fromEntries(Object.entries(statuses).map(([status, count]) => [`answered ${status}`, count])));
  });
});

async function askWhileAway(daai: ConsoleProcess): Promise<{ timesMs: number[]; statuses: Record<string, number> }> {
  const timesMs: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await Promise.all(
      Object.entries(QUESTIONS).map(async ([name, ask]) => {
        const askedAt = performance.now();
        const answer = await ask(daai);
        timesMs.push(performance.now() - askedAt);
        expect([name, ...problemOf(answer), answer.headers.get("retry-after")]).toEqual([name, 503, "database_unavailable", "1"]);
        expect(answer.text).not.toMatch(/executable|ECONN|postgres/i);
      }),
    );
    expect((await daai.api.get("/api/health")).status).toBe(200);
    expect((await daai.api.get("/api/ready")).status).toBe(503);
  }
  expect(Math.max(...timesMs)).toBeLessThan(ANSWER_MS);
  return { timesMs, statuses: { "answered 503": timesMs.length } };
}

/** How long until the process says that it is ready. */
async function untilReady({ api }: ConsoleProcess): Promise<number> {
  const startedAt = performance.now();
  await expect.poll(async () => (await api.get("/api/ready")).status, { interval: 20, timeout: 60_000 }).toBe(200);
  return Math.round(performance.now() - startedAt);
}

async function expectBackAtWork(daai: ConsoleProcess): Promise<void> {
  const answers = await Promise.all(["intercept", "status", "decision read"].map(async (name) => QUESTIONS[name]?.(daai)));
  expect(answers.map((answer) => answer?.status)).toEqual([200, 200, 200]);
  expect(answers[0]?.json).toMatchObject({ governance_status: "allowed", executable: true });
  expect(answers[1]?.json).toMatchObject({ execution_status: "awaiting_execution_report", claimed: false });
}
