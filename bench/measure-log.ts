import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { ADVISORY_LOCKS } from "@/lib/db/advisory-locks";
import { getDb } from "@/lib/db/client";
import { startAppServer } from "./app-server";
import { CONNECTIONS, interceptConnections, runLoad } from "./load";
import type { Bench, Result } from "./measure";
import { median } from "./statistics";
import { seedTenants, switchDatabase, type Tenant } from "./tenants";

/** More rounds than elsewhere, to tell a few percent from noise. */
const TIMES_THE_ROUNDS = 3;

/** What the log of receipts costs: a console as it is started, beside one whose worker finds every log at work elsewhere. */
export async function measureLog(bench: Bench): Promise<Result[]> {
  const { size } = bench;
  const on = await startOne(bench);
  const off = await startOne(bench, holdLogs);
  const rounds: { on: number; off: number }[] = [];
  const measureOn = async () => {
    const rate = await on.measure();
    await untilLogged(on.databaseUrl);
    return rate;
  };
  for (let round = 0; round < TIMES_THE_ROUNDS * size.rounds; round++) {
    // Each goes first in turn: a machine that gets slower or faster meanwhile favors neither.
    if (round % 2 === 0) rounds.push({ on: await measureOn(), off: await off.measure() });
    else {
      const first = await off.measure();
      rounds.push({ off: first, on: await measureOn() });
    }
  }
  await Promise.all([on.stop(), off.stop()]);
  const rate = (which: "on" | "off") => median(rounds.map((round) => round[which]));
  const perSecond = (which: "on" | "off") => `${Math.round(rate(which)).toLocaleString("en-US")}/s`;
  return [
    {
      title: "intercept, log on ÷ off",
      value: rate("on") / rate("off"),
      unit: "",
      target: { atLeast: 0.95 },
      detail: `${perSecond("on")} ÷ ${perSecond("off")}, ${CONNECTIONS} connections, ${rounds.length} rounds`,
      rounds: rounds.map((round) => round.on / round.off),
    },
  ];
}

async function startOne(
  bench: Bench,
  prepare: (bench: Bench, databaseUrl: string, tenants: readonly Tenant[]) => Promise<void> = () => Promise.resolve(),
) {
  const databaseUrl = await bench.createDatabase();
  const tenants = await seedTenants(databaseUrl, bench.size.smallRuns);
  await prepare(bench, databaseUrl, tenants);
  const connections = interceptConnections(tenants);
  const server = await startAppServer(bench, databaseUrl);
  const load = (seconds: number) => runLoad(server.url, connections, seconds);
  await load(bench.size.warmUpSeconds);
  return { databaseUrl, stop: server.stop, measure: async () => (await load(bench.size.roundSeconds)).requestsPerSecond };
}

/** As another process's sequencer would, for as long as the bench runs. */
async function holdLogs(bench: Bench, databaseUrl: string, tenants: readonly Tenant[]): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  bench.atEnd(() => client.end());
  await client.query("SELECT pg_advisory_lock($1, hashtext(id)) FROM unnest($2::text[]) AS id", [
    ADVISORY_LOCKS.receiptLogs,
    tenants.map(({ workspaceId }) => workspaceId),
  ]);
}

/** What a round leaves to be done must not slow down the next one. */
async function untilLogged(databaseUrl: string): Promise<void> {
  await switchDatabase(databaseUrl);
  while ((await getDb().waitingReceipt.count()) > 0) await sleep(100);
}
