import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { v7 as uuidv7 } from "uuid";
import { decideRun } from "@/lib/approvals/decide-run";
import { operatorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { measureSize } from "@/lib/health/measure-size";
import { startAppServer } from "./app-server";
import { ask, send } from "./console-client";
import type { Bench, Result } from "./measure";
import { INTERCEPT_PATH, PROPOSAL } from "./proposal";
import { keyHeaders, seedTenants, type Tenant } from "./tenants";

/** At a time: what several commit together costs less, as under load. */
const AT_ONCE = 16;
/** Linux counts the time of processes in hundredths of a second (proc_pid_stat(5)). */
const TICK_MS = 10;

interface Cost {
  readonly disk: number;
  readonly wal: number;
  readonly database: number;
  readonly node: number;
}

/** What a run's whole life costs, for sizing a machine: a run that is allowed, and one that a person approves; both claimed and reported. */
export async function measureCost(bench: Bench): Promise<Result[]> {
  const { size } = bench;
  const databaseUrl = await bench.createDatabase();
  const [tenant] = await seedTenants(databaseUrl, size.smallRuns);
  if (!tenant) throw new Error("There is no workspace.");
  const server = await startAppServer(bench, databaseUrl);
  const lives = { allowed: () => allowedLife(server.url, tenant), approved: () => approvedLife(server.url, tenant) };
  const results: Result[] = [];
  for (const [name, live] of Object.entries(lives)) {
    await repeat(size.costedRuns / 4, live);
    const before = await spentSoFar(server.pid);
    await repeat(size.costedRuns, live);
    // Emails, webhooks and the log belong to it.
    await untilWorkedOff();
    const after = await spentSoFar(server.pid);
    const each = (of: keyof Cost) => (after[of] - before[of]) / size.costedRuns;
    const row = (what: string, unit: Result["unit"], value: number, detail: string): Result => ({
      title: `${what}, one ${name} run`,
      value,
      unit,
      target: null,
      detail,
      rounds: [],
    });
    results.push(
      row("disk", "KB", each("disk") / 1000, "tables and indexes, with receipts and log"),
      row("write-ahead log", "KB", each("wal") / 1000, ""),
      row(
        "processor",
        "ms",
        each("database") + each("node"),
        `${each("database").toFixed(2)} ms PostgreSQL, ${each("node").toFixed(2)} ms Node`,
      ),
    );
  }
  await server.stop();
  return results;
}

async function allowedLife(url: string, tenant: Tenant): Promise<void> {
  const { action_run_id: runId } = (await send(url + INTERCEPT_PATH, {
    method: "POST",
    headers: keyHeaders(tenant),
    body: { ...PROPOSAL, idempotency_key: uuidv7() },
  })) as { action_run_id: string };
  await execute(url, tenant, runId);
}

async function approvedLife(url: string, tenant: Tenant): Promise<void> {
  const runId = await ask(url, tenant);
  await decideRun(tenant.ctx, { runId, decision: "approve", comment: null });
  await execute(url, tenant, runId);
}

async function execute(url: string, tenant: Tenant, runId: string): Promise<void> {
  const run = `${url}/api/v1/sdk/action-runs/${runId}`;
  const { claim } = (await send(`${run}/claim`, {
    method: "POST",
    headers: keyHeaders(tenant),
    body: { worker: "bench", lease_seconds: 60 },
  })) as {
    claim: { token: string };
  };
  const body = { claim_token: claim.token, execution_result: { reference: runId } };
  await send(`${run}/report-executed`, { method: "POST", headers: keyHeaders(tenant), body });
}

async function repeat(times: number, run: () => Promise<void>): Promise<void> {
  let left = Math.ceil(times);
  const one = async () => {
    while (left-- > 0) await run();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
}

/** Until no email is queued and every receipt is in the log. */
async function untilWorkedOff(): Promise<void> {
  const left = async () => (await getDb().emailDelivery.count({ where: { status: "queued" } })) + (await getDb().waitingReceipt.count());
  while ((await left()) > 0) await sleep(100);
}

/** Bytes and milliseconds since the database and the console were started. */
async function spentSoFar(nodePid: number): Promise<Cost> {
  const { parts } = await measureSize(operatorContext(null));
  const [spent] = await getDb().$queryRaw<{ wal: string; pids: number[] }[]>`
    SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::text AS wal, (SELECT array_agg(pid) FROM pg_stat_activity) AS pids`;
  return {
    disk: Object.values(parts).reduce((sum, bytes) => sum + bytes, 0) - parts.other,
    wal: Number(spent?.wal),
    database: (spent?.pids ?? []).reduce((sum, pid) => sum + processorMs(pid), 0),
    node: processorMs(nodePid),
  };
}

/** User and system time of a process, 0 if it has ended. */
function processorMs(pid: number): number {
  try {
    // The name of the program, in parentheses, may contain blanks.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  } catch {
    return 0;
  }
}
