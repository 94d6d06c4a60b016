import { setTimeout as sleep } from "node:timers/promises";
import { startAppServer } from "./app-server";
import { send } from "./console-client";
import { CONNECTIONS, interceptConnections, runLoad } from "./load";
import type { Bench, Result } from "./measure";
import { INTERCEPT_PATH, PROPOSAL } from "./proposal";
import { median, percentile } from "./statistics";
import { keyHeaders, seedTenants, type Tenant } from "./tenants";

/** How often each of the others proposes: they aren't what loads the console. */
const OTHERS_EVERY_MS = 40;
const OTHERS = 4;

/** How long others wait for their answers while one tenant proposes on all connections, against when they are alone. */
export async function measureFairness(bench: Bench): Promise<Result[]> {
  const { size } = bench;
  const databaseUrl = await bench.createDatabase();
  const [flooding, ...quiet] = await seedTenants(databaseUrl, size.smallRuns);
  if (!flooding) throw new Error("There is no workspace.");
  const others = quiet.slice(0, OTHERS);
  const server = await startAppServer(bench, databaseUrl);
  const flood = (seconds: number) => runLoad(server.url, interceptConnections([flooding]), seconds);
  await flood(size.warmUpSeconds);
  const rounds: { alone: number; flooded: number; rate: number }[] = [];
  for (let round = 0; round < size.rounds; round++) {
    const alone = await p95Of(server.url, others, size.roundSeconds);
    const [load, flooded] = await Promise.all([flood(size.roundSeconds), p95Of(server.url, others, size.roundSeconds)]);
    rounds.push({ alone, flooded, rate: load.requestsPerSecond });
  }
  await server.stop();
  const values = rounds.map(({ alone, flooded }) => flooded / alone);
  const middle = (which: "alone" | "flooded" | "rate") => median(rounds.map((round) => round[which]));
  return [
    {
      title: "intercept of others, p95 while one tenant floods ÷ alone",
      value: median(values),
      unit: "",
      target: { atMost: 2 },
      detail: `${middle("flooded").toFixed(1)} ÷ ${middle("alone").toFixed(1)} ms; ${Math.round(middle("rate")).toLocaleString("en-US")}/s on ${CONNECTIONS} connections`,
      rounds: values,
    },
  ];
}

async function p95Of(url: string, tenants: readonly Tenant[], seconds: number): Promise<number> {
  const until = performance.now() + seconds * 1000;
  const latencies: number[] = [];
  const propose = async (tenant: Tenant) => {
    while (performance.now() < until) {
      const startedAt = performance.now();
      await send(url + INTERCEPT_PATH, { method: "POST", headers: keyHeaders(tenant), body: PROPOSAL });
      latencies.push(performance.now() - startedAt);
      await sleep(OTHERS_EVERY_MS);
    }
  };
  await Promise.all(tenants.map(propose));
  return percentile(latencies, 95);
}
