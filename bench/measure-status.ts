import { getDb } from "@/lib/db/client";
import { startAppServer } from "./app-server";
import { interceptConnections, type LoadConnection, perConnection, runLoad } from "./load";
import type { Bench, Result } from "./measure";
import { statusPath } from "./proposal";
import { median } from "./statistics";
import { keyHeaders, seedTenants, type Tenant } from "./tenants";

/** Reading a run's status beside writing one, on the same number of connections. */
export async function measureStatus(bench: Bench): Promise<Result[]> {
  const { size } = bench;
  const databaseUrl = await bench.createDatabase();
  const tenants = await seedTenants(databaseUrl, size.smallRuns);
  const server = await startAppServer(bench, databaseUrl);
  const writing = interceptConnections(tenants);
  const reading = await statusConnections(tenants);
  for (const connections of [writing, reading]) await runLoad(server.url, connections, size.warmUpSeconds);
  const rounds: { status: number; intercept: number }[] = [];
  for (let round = 0; round < size.rounds; round++) {
    const status = await runLoad(server.url, reading, size.roundSeconds);
    const intercept = await runLoad(server.url, writing, size.roundSeconds);
    rounds.push({ status: status.requestsPerSecond, intercept: intercept.requestsPerSecond });
  }
  await server.stop();
  const values = rounds.map((round) => round.status / round.intercept);
  const perSecond = (pick: (round: (typeof rounds)[number]) => number) =>
    `${Math.round(median(rounds.map(pick))).toLocaleString("en-US")}/s`;
  const detail = `${perSecond((round) => round.status)} ÷ ${perSecond((round) => round.intercept)}`;
  return [{ title: "status ÷ intercept", value: median(values), unit: "", target: { atLeast: 2 }, detail, rounds: values }];
}

async function statusConnections(tenants: readonly Tenant[]): Promise<LoadConnection[]> {
  const runs = await getDb().actionRun.findMany({ select: { id: true, workspaceId: true } });
  return perConnection(tenants, (tenant) => ({
    method: "GET",
    paths: runs.filter((run) => run.workspaceId === tenant.workspaceId).map((run) => statusPath(run.id)),
    headers: keyHeaders(tenant),
  }));
}
