import { startAppServer } from "./app-server";
import { interceptConnections, runLoad } from "./load";
import type { Bench, Result } from "./measure";
import { median } from "./statistics";
import { seedTenants } from "./tenants";

/** The same load on a nearly empty and on a full database, each with a server of its own; the other one idles meanwhile. */
export async function measureGrowth(bench: Bench): Promise<Result[]> {
  const { size } = bench;
  const large = await openSide(bench, size.largeRuns);
  const small = await openSide(bench, size.smallRuns);
  for (const side of [small, large]) await side.load(size.warmUpSeconds);
  const rounds: { small: number; large: number }[] = [];
  for (let round = 0; round < size.rounds; round++) {
    rounds.push({ small: await small.load(size.roundSeconds), large: await large.load(size.roundSeconds) });
  }
  for (const side of [small, large]) await side.stop();
  const values = rounds.map((round) => round.large / round.small);
  const count = (value: number) => Math.round(value).toLocaleString("en-US");
  return [
    {
      title: `intercept at ${count(size.largeRuns)} stored runs ÷ at ${count(size.smallRuns)}`,
      value: median(values),
      unit: "",
      target: { atLeast: 0.9 },
      detail: `${count(median(rounds.map((round) => round.large)))}/s ÷ ${count(median(rounds.map((round) => round.small)))}/s; the load itself added ${count(large.added())} and ${count(small.added())} runs`,
      rounds: values,
    },
  ];
}

async function openSide(bench: Bench, runs: number) {
  const databaseUrl = await bench.createDatabase();
  const startedAt = performance.now();
  const tenants = await seedTenants(databaseUrl, runs);
  const seconds = (performance.now() - startedAt) / 1000;
  bench.say(`Seeded ${runs.toLocaleString("en-US")} runs in ${seconds.toFixed(1)} s.`);
  const server = await startAppServer(bench, databaseUrl);
  const connections = interceptConnections(tenants);
  let added = 0;
  return {
    load: async (loadSeconds: number) => {
      const { requestsPerSecond } = await runLoad(server.url, connections, loadSeconds);
      added += requestsPerSecond * loadSeconds;
      return requestsPerSecond;
    },
    added: () => added,
    stop: () => server.stop(),
  };
}
