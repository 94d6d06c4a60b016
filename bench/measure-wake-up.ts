import { setTimeout as sleep } from "node:timers/promises";
import { linkTokens } from "@/lib/testing/factories";
import { startAppServer } from "./app-server";
import { ask, getStatus, send } from "./console-client";
import type { Bench, Result } from "./measure";
import { percentile } from "./statistics";
import { seedTenants, type Tenant } from "./tenants";

/** The tokens of the links stay readable while no worker mails them. */
const SETTINGS = { DAAI_WORKER: "off" };
const WARM_UP_DECISIONS = 10;
const WAIT_SECONDS = 30;
/** By then both servers have looked at the run and wait. */
const SETTLE_MS = 25;

/** The time from sending a decision to receiving the responses that waited for it, on the same server and on another. */
export async function measureWakeUp(bench: Bench): Promise<Result[]> {
  const databaseUrl = await bench.createDatabase();
  const [tenant] = await seedTenants(databaseUrl, bench.size.smallRuns);
  if (!tenant) throw new RangeError("no tenants");
  const deciding = await startAppServer(bench, databaseUrl, SETTINGS);
  const other = await startAppServer(bench, databaseUrl, SETTINGS);
  const times: { own: number; other: number }[] = [];
  for (let decision = 0; decision < WARM_UP_DECISIONS; decision++) await decideOnce(deciding.url, other.url, tenant);
  for (let decision = 0; decision < bench.size.decisions; decision++) times.push(await decideOnce(deciding.url, other.url, tenant));
  for (const server of [deciding, other]) await server.stop();
  return [
    result(
      "decision → waiting status answers, same process",
      times.map((time) => time.own),
    ),
    result(
      "decision → waiting status answers, two processes",
      times.map((time) => time.other),
    ),
  ];
}

async function decideOnce(decidingUrl: string, otherUrl: string, tenant: Tenant): Promise<{ own: number; other: number }> {
  const runId = await ask(decidingUrl, tenant);
  const [token] = (await linkTokens(runId)).values();
  let sentAtMs = 0;
  const wait = async (serverUrl: string) => {
    const status = await getStatus(serverUrl, tenant, runId, WAIT_SECONDS);
    if (status !== "approved") throw new Error(`A waiting status answered ${status}.`);
    return performance.now() - sentAtMs;
  };
  const decide = async () => {
    await sleep(SETTLE_MS);
    sentAtMs = performance.now();
    await send(`${decidingUrl}/api/v1/public/decisions/${token}`, { method: "POST", body: { decision: "approve", confirm: true } });
  };
  const [own, other] = await Promise.all([wait(decidingUrl), wait(otherUrl), decide()]);
  return { own, other };
}

function result(title: string, times: number[]): Result {
  const detail = `p95 of ${times.length}, median ${percentile(times, 50).toFixed(1)} ms, from sending the decision`;
  return { title, value: percentile(times, 95), unit: "ms", target: { atMost: 100 }, detail, rounds: times };
}
