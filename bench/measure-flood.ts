import { startAppServer } from "./app-server";
import { CONNECTIONS, interceptConnections, openLoader } from "./load";
import type { Bench, Result } from "./measure";
import { median } from "./statistics";
import { seedTenants } from "./tenants";

const OTHERS = 8;

/** How long others wait for an answer while one tenant proposes as fast as it can, on many connections. */
export async function measureFlood(bench: Bench): Promise<Result[]> {
  const { size } = bench;
  const databaseUrl = await bench.createDatabase();
  const [flooding, ...tenants] = await seedTenants(databaseUrl, size.smallRuns);
  if (!flooding) throw new RangeError("no tenants");
  const server = await startAppServer(bench, databaseUrl);
  const [loadOfOthers, flood] = [openLoader(), openLoader()];
  const others = interceptConnections(tenants).slice(0, OTHERS);
  const measure = async (isFlooded: boolean, seconds: number) => {
    const [{ p95Ms }] = await Promise.all([
      loadOfOthers(server.url, others, seconds),
      isFlooded ? flood(server.url, interceptConnections([flooding]), seconds) : Promise.resolve(),
    ]);
    return p95Ms;
  };
  for (const isFlooded of [false, true]) await measure(isFlooded, size.warmUpSeconds);
  const rounds: { alone: number; flooded: number }[] = [];
  for (let round = 0; round < size.rounds; round++) {
    rounds.push({ alone: await measure(false, size.roundSeconds), flooded: await measure(true, size.roundSeconds) });
  }
  await server.stop();
  const values = rounds.map(({ flooded, alone }) => flooded / alone);
  const ms = (which: "alone" | "flooded") => `${median(rounds.map((round) => round[which])).toFixed(1)} ms`;
  return [
    {
      title: "intercept p95 of others, one tenant floods ÷ none",
      value: median(values),
      unit: "",
      target: { atMost: 2 },
      detail: `${ms("flooded")} ÷ ${ms("alone")}, ${OTHERS} connections beside ${CONNECTIONS}`,
      rounds: values,
    },
  ];
}
