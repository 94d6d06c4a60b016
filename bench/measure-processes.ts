import { startAppServer } from "./app-server";
import { CONNECTIONS, interceptConnections, runLoad } from "./load";
import type { Bench, Result } from "./measure";
import { median } from "./statistics";
import { seedTenants } from "./tenants";

const COUNTS = [1, 2, 4] as const;

/** The same load on one, two and four processes that share a database. On few cores it shows what sharing costs, not what it gains. */
export async function measureProcesses(bench: Bench): Promise<Result[]> {
  const { size } = bench;
  const databaseUrl = await bench.createDatabase();
  const tenants = await seedTenants(databaseUrl, size.smallRuns);
  const connections = interceptConnections(tenants);
  const rates = new Map<number, number[]>();
  for (const count of COUNTS) {
    const servers = await Promise.all(Array.from({ length: count }, () => startAppServer(bench, databaseUrl, { DAAI_WORKER: "off" })));
    const share = (index: number) => connections.filter((_, connection) => connection % count === index);
    const load = async (seconds: number) =>
      (await Promise.all(servers.map(({ url }, index) => runLoad(url, share(index), seconds)))).reduce(
        (sum, { requestsPerSecond }) => sum + requestsPerSecond,
        0,
      );
    await load(size.warmUpSeconds);
    const rounds: number[] = [];
    for (let round = 0; round < size.rounds; round++) rounds.push(await load(size.roundSeconds));
    rates.set(count, rounds);
    await Promise.all(servers.map((server) => server.stop()));
  }
  const of = (count: number) => median(rates.get(count) ?? []);
  return COUNTS.slice(1).map((count) => ({
    title: `intercept, ${count} processes ÷ 1`,
    value: of(count) / of(1),
    unit: "" as const,
    target: null,
    detail: `${Math.round(of(count)).toLocaleString("en-US")}/s ÷ ${Math.round(of(1)).toLocaleString("en-US")}/s, ${CONNECTIONS} connections`,
    rounds: (rates.get(count) ?? []).map((rate) => rate / of(1)),
  }));
}
