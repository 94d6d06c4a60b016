import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ReadyResponse } from "@/lib/contract/health";
import { disconnectDb, getDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { verifyLog } from "@/lib/domain/log/verify-log";
import { getLogKeys } from "@/lib/receipts/log/log-keys";
import { nodeCheck } from "@/lib/receipts/log/node-check";
import { openLog } from "@/lib/receipts/log/open-log";
import { verifyStoredLog } from "@/lib/receipts/log/verify-stored-log";
import { makeAction, makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";
import { brokenBooks, isKept, keptRuns } from "@/lib/testing/guarantees/kept-runs";
import { printFigures } from "@/lib/testing/guarantees/print-figures";
import { proofSize } from "@/lib/testing/guarantees/proof-size";
import { type ConsoleProcess, startConsole } from "@/lib/testing/guarantees/start-consoles";
import { workOnDatabase } from "@/lib/testing/guarantees/work-on-database";
import { type ClusterProxies, startClusterProxies } from "@/lib/testing/ha/cluster-proxies";
import { findHaPrograms } from "@/lib/testing/ha/ha-programs";
import { type PatroniCluster, startPatroniCluster } from "@/lib/testing/ha/patroni-cluster";
import { type Load, writeAndExecute } from "@/lib/testing/ha/write-and-execute";

const KILLS = proofSize(1, 20);
const SWITCH_OVERS = proofSize(1, 20);
/** Between two failovers, each console acknowledges so many runs. */
const RUNS_BETWEEN = proofSize(20, 50);
const POLL_MS = 100;
const SETUPS = ["PgBouncer", "hosts"] as const;

let cluster: PatroniCluster;
let proxies: ClusterProxies;
let consoles: ConsoleProcess[];
let workspace: TestWorkspace;

beforeAll(async () => {
  const programs = findHaPrograms();
  cluster = await startPatroniCluster(programs);
  proxies = await startClusterProxies(programs, cluster);
  await migrate({ databaseUrl: cluster.hostsUrl });
  await workOnDatabase(cluster.hostsUrl);
  // The two setups of the documentation: a pooler and a proxy in front of the cluster, and nothing.
  const pooled = { databaseUrl: proxies.pooledUrl, env: { DATABASE_DIRECT_URL: proxies.primaryUrl } };
  consoles = [await startConsole(pooled), await startConsole({ databaseUrl: cluster.hostsUrl })];
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "export_report", policy: { type: "always_allow" } });
  await makeAction(workspace, { name: "refund_customer", approverEmails: ["ada@example.com", "grace@example.com"] });
});

afterAll(async () => {
  await Promise.all((consoles ?? []).map(({ server }) => server.kill("SIGKILL")));
  await disconnectDb();
  await proxies?.close();
  await cluster?.close();
});

it("loses nothing and executes nothing twice while the primary is killed and moved", async () => {
  const pids = consoles.map(({ server }) => server.pid);
  const load = writeAndExecute(consoles, workspace);
  await untilMoreRuns(load);
  let [kills, switchOvers] = [0, 0];
  while (kills < KILLS || switchOvers < SWITCH_OVERS) {
    if (kills < KILLS) await failOver(load, `kill ${++kills}`, cluster.killPrimary);
    if (switchOvers < SWITCH_OVERS) await failOver(load, `switch-over ${++switchOvers}`, cluster.switchOver);
  }
  await load.stop();
  await until(async () => (await getDb().waitingReceipt.count()) === 0);

  const figures = { kills, "switch-overs": switchOvers, ...(await countFaults(load)) };
  const { acknowledged, reported, seen, notes } = load;
  printFigures("Failovers of the database", {
    ...figures,
    "runs acknowledged": acknowledged.size,
    executed: reported.size,
    "answers 503": seen[503] ?? 0,
    "connections lost": seen.lost ?? 0,
    "checkpoints seen outside": notes.size,
  });
  expect(load.surprises).toEqual([]);
  expect(Object.keys(seen).filter((outcome) => !["200", "409", "503", "lost"].includes(outcome))).toEqual([]);
  expect(figures).toEqual({
    ...Object.fromEntries(Object.keys(figures).map((name) => [name, 0])),
    kills: KILLS,
    "switch-overs": SWITCH_OVERS,
  });
  expect(consoles.map(({ server }) => server.pid)).toEqual(pids);
  // They end cleanly, and have answered nothing with 500.
  await Promise.all(consoles.map((one) => one.stop()));
});

/** Waits until both consoles serve again by themselves, with everything they have, and prints how long that took. */
async function failOver(load: Load, name: string, move: () => Promise<string>): Promise<void> {
  const from = await cluster.leader();
  const startedAt = performance.now();
  const to = await move();
  const electedAt = performance.now();
  await untilMoreRuns(load);
  const silences = load.times.map((ofConsole) => longestSilence(ofConsole, startedAt));
  await until(async () => (await Promise.all(consoles.map(isReady))).every(Boolean));
  const readyAt = performance.now();
  await cluster.untilHealthy();
  const seconds = (ms: number) => Number((ms / 1000).toFixed(1));
  printFigures(`${name}, ${from} to ${to}`, {
    "s to the new primary": seconds(electedAt - startedAt),
    [`s without an answer behind ${SETUPS[0]}`]: seconds(silences[0] ?? 0),
    [`s with a list of ${SETUPS[1]}`]: seconds(silences[1] ?? 0),
    "s until both are ready, with their workers": seconds(readyAt - startedAt),
  });
}

async function untilMoreRuns({ times }: Load): Promise<void> {
  const counts = times.map(({ length }) => length);
  await until(() => times.every(({ length }, place) => length >= (counts[place] ?? 0) + RUNS_BETWEEN));
}

/** Nobody waits for a console that has ended. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) {
    for (const { server } of consoles) if (!isRunning(server.pid)) throw new Error(`A console ended:\n${server.logs()}`);
    await sleep(POLL_MS);
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** The longest time between two acknowledged runs, from the last one before that moment. */
function longestSilence(times: readonly number[], since: number): number {
  const first = Math.max(0, times.findIndex((at) => at > since) - 1);
  const from = times.slice(first);
  return Math.max(0, ...from.slice(1).map((at, place) => at - (from[place] ?? at)));
}

async function isReady({ api }: ConsoleProcess): Promise<boolean> {
  const answer = await api.get("/api/ready").catch(() => undefined);
  return (answer?.json as ReadyResponse | undefined)?.status === "ready";
}

/** Every one of these is to be 0. */
async function countFaults({ acknowledged, holders, reported, notes }: Load): Promise<Record<string, number>> {
  const rows = await keptRuns("failover");
  const kept = new Map(rows.map((run) => [run.key, run]));
  const executions = await getDb().receipt.groupBy({ by: ["runId"], where: { kind: "execution" }, _count: true });
  const executed = new Map(executions.map(({ runId, _count }) => [runId, _count]));
  const log = await openLog(workspace.ctx);
  if (!log) throw new Error("There is a log.");
  const places = await getDb().receiptPlace.findMany({ where: { workspaceId: workspace.workspaceId }, orderBy: { logIndex: "asc" } });
  const stored = await verifyStoredLog(workspace.ctx);
  const outside = await verifyLog(nodeCheck, (await getLogKeys()).keys, log.read, [...notes]);
  return {
    lost: [...acknowledged].filter(([key, answer]) => !isKept(answer, kept.get(key))).length,
    doubled: rows.length - kept.size,
    "kept beyond those": rows.length - acknowledged.size,
    "claims handed out twice": [...holders.values()].filter(({ length }) => length > 1).length,
    "reports lost": [...reported].filter((runId) => !executed.has(runId)).length,
    "executions recorded twice": [...executed.values()].filter((count) => count > 1).length,
    "executions without an executor": [...executed.keys()].filter((runId) => !holders.has(runId ?? "")).length,
    ...(await brokenBooks()),
    "gaps in the log": places.filter(({ logIndex }, index) => logIndex !== BigInt(index)).length,
    "problems of the log": stored?.problems.length ?? 1,
    "checkpoints seen outside that do not fit": outside.problems.length,
  };
}
