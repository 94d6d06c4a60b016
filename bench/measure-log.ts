import { setTimeout as sleep } from "node:timers/promises";
import { getDb } from "@/lib/db/client";
import { startAppServer } from "./app-server";
import { CONNECTIONS, interceptConnections, runLoad } from "./load";
import type { Bench, Result } from "./measure";
import { median } from "./statistics";
import { seedTenants, switchDatabase } from "./tenants";

/** What the log of receipts costs: a console as it is started, whose worker keeps the log, beside one without a worker. */
export async function measureLog(bench: Bench): Promise<Result[]> {
  const { size } = bench;
  const on = await startOne(bench, {});
  // Nothing else keeps the log, so this is the cost of the whole worker.
  const off = await startOne(bench, { DAAI_WORKER: "off" });
  const rounds: { on: number; off: number }[] = [];
  for (let round = 0; round < size.rounds; round++) {
    const measureOn = async () => {
      const rate = await on.measure();
      await untilLogged(on.databaseUrl);
      return rate;
    };
    // Each goes first in turn: a machine that gets slower or faster meanwhile favours neither.
    if (round % 2 === 0) rounds.push({ on: await measureOn(), off: await off.measure() });
    else {
      const first = await off.measure();
      rounds.push({ off: first, on: await measureOn() });
    }
  }
  await Promise.all([on.stop(), off.stop()]);
  const values = rounds.map((round) => round.on / round.off);
  const perSecond = (which: "on" | "off") => `${Math.round(median(rounds.map((round) => round[which]))).toLocaleString("en-US")}/s`;
  return [{ title: `intercept, log on ÷ off`, value: median(values), unit: "", target: { atLeast: 0.95 }, detail: `${perSecond("on")} ÷ ${perSecond("off")}, ${CONNECTIONS} connections`, rounds: values }];
}

async function startOne(bench: Bench, env: Readonly<Record<string, string>>) {
  const databaseUrl = await bench.createDatabase();
  const connections = interceptConnections(await seedTenants(databaseUrl, bench.size.smallRuns));
  const server = await startAppServer(bench, databaseUrl, env);
  const load = (seconds: number) => runLoad(server.url, connections, seconds);
  await load(bench.size.warmUpSeconds);
  return { databaseUrl, stop: server.stop, measure: async () => (await load(bench.size.roundSeconds)).requestsPerSecond };
}

/** What a round leaves to be done must not slow down the next one. */
async function untilLogged(databaseUrl: string): Promise<void> {
  await switchDatabase(databaseUrl);
  while ((await getDb().receipt.count({ where: { logIndex: null } })) > 0) await sleep(100);
}
