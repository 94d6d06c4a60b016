import { startAppServer } from "./app-server";
import { CONNECTIONS, interceptConnections, openLoader } from "./load";
import type { Bench, Result } from "./measure";
import { median } from "./statistics";
import { seedTenants } from "./tenants";

const COUNTS = [1, 2, 4] as const;

/** The same connections on one, two and four processes of one database, on this machine's cores. */
export async function measureProcesses(bench: Bench): Promise<Result[]> {
  const { size } = bench;
  const databaseUrl = await bench.createDatabase();
  const connections = interceptConnections(await seedTenants(databaseUrl, size.smallRuns));
  const startProcess = async () => ({ ...(await startAppServer(bench, databaseUrl)), load: openLoader() });
  const servers = await Promise.all(Array.from({ length: Math.max(...COUNTS) }, startProcess));
  const measure = async (count: number, seconds: number) => {
    const own = (process: number) => connections.filter((_, index) => index % count === process);
    const loads = await Promise.all(servers.slice(0, count).map(({ url, load }, process) => load(url, own(process), seconds)));
    return loads.reduce((sum, { requestsPerSecond }) => sum + requestsPerSecond, 0);
  };
  for (const count of COUNTS) await measure(count, size.warmUpSeconds);
  const rounds: Record<(typeof COUNTS)[number], number>[] = [];
  for (let round = 0; round < size.rounds; round++) {
    rounds.push({
      1: await measure(1, size.roundSeconds),
      2: await measure(2, size.roundSeconds),
      4: await measure(4, size.roundSeconds),
    });
  }
  for (const server of servers) await server.stop();
  const rate = (count: (typeof COUNTS)[number]) => `${Math.round(median(rounds.map((round) => round[count]))).toLocaleString("en-US")}/s`;
  const ratio = (count: 2 | 4): Result => {
    const values = rounds.map((round) => round[count] / round[1]);
    const detail = `${rate(count)} ÷ ${rate(1)}, ${CONNECTIONS} connections in all`;
    // On the cores that one process and its database already fill, more of them win nothing; they must not lose.
    return {
      title: `intercept, ${count} processes ÷ 1`,
      value: median(values),
      unit: "",
      target: { atLeast: 0.9 },
      detail,
      rounds: values,
    };
  };
  return [ratio(2), ratio(4)];
}
