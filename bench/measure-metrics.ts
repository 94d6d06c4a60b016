import { startAppServer } from "./app-server";
import { CONNECTIONS, interceptConnections, runLoad } from "./load";
import type { Bench, Result } from "./measure";
import { PROPOSAL } from "./proposal";
import { median } from "./statistics";
import { seedTenants } from "./tenants";

const TOKEN = "the-token-of-the-benchmark-s-metrics";
/** More often than Prometheus would. */
const SCRAPE_MS = 1000;

/** What metrics that are scraped cost a proposal, against a console without them. */
export async function measureMetrics(bench: Bench): Promise<Result[]> {
  const { size } = bench;
  const databaseUrl = await bench.createDatabase();
  const tenants = await seedTenants(databaseUrl, size.smallRuns);
  const connections = interceptConnections(tenants, PROPOSAL);
  // The worker's jobs would be done by one of the two.
  const settings = { DAAI_WORKER: "off" };
  const off = await startAppServer(bench, databaseUrl, settings);
  const on = await startAppServer(bench, databaseUrl, { ...settings, DAAI_METRICS_TOKEN: TOKEN });
  const scrapes = setInterval(() => {
    fetch(`${on.url}/metrics`, { headers: { Authorization: `Bearer ${TOKEN}` } })
      .then((response) => response.text())
      .catch(() => {});
  }, SCRAPE_MS);
  const measure = async (url: string, seconds: number) => (await runLoad(url, connections, seconds)).requestsPerSecond;
  for (const { url } of [on, off]) await measure(url, size.warmUpSeconds);
  const rounds: { on: number; off: number }[] = [];
  for (let round = 0; round < size.rounds; round++) {
    rounds.push({ on: await measure(on.url, size.roundSeconds), off: await measure(off.url, size.roundSeconds) });
  }
  clearInterval(scrapes);
  await Promise.all([on.stop(), off.stop()]);
  const values = rounds.map((round) => round.on / round.off);
  const rate = (which: "on" | "off") => `${Math.round(median(rounds.map((round) => round[which]))).toLocaleString("en-US")}/s`;
  return [
    {
      title: "intercept, metrics on ÷ off",
      value: median(values),
      unit: "",
      target: { atLeast: 0.98 },
      detail: `${rate("on")} ÷ ${rate("off")}, scraped every second, ${CONNECTIONS} connections`,
      rounds: values,
    },
  ];
}
