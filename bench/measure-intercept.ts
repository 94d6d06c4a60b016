import { startAppServer } from "./app-server";
import { CONNECTIONS, interceptConnections, type Load, runLoad } from "./load";
import type { Bench, Result } from "./measure";
import { hasPgbench, type Pgbench, preparePgbench } from "./pgbench";
import { median } from "./statistics";
import { seedTenants, TENANTS } from "./tenants";

interface Round {
  readonly console: Load;
  readonly pgbench: Pgbench | null;
}

/** Each connection proposes for a workspace and owner of its own. */
export async function measureIntercept(bench: Bench): Promise<Result[]> {
  const rounds = await measureRounds(bench, TENANTS);
  return [throughput(`intercept, ${CONNECTIONS} connections`, rounds), ...ratio(`intercept ÷ pgbench`, rounds, 1), ...tail(rounds)];
}

/** All connections propose for one owner, whose counter they all must count up. */
export async function measureHotOwner(bench: Bench): Promise<Result[]> {
  const rounds = await measureRounds(bench, 1);
  return [throughput("intercept, one owner", rounds), ...ratio("intercept ÷ pgbench, one owner", rounds, null)];
}

/** One connection, whose requests share their way to the disk with nobody's. */
export async function measureOneConnection(bench: Bench): Promise<Result[]> {
  const rounds = await measureRounds(bench, 1, 1);
  const ms = (of: (round: Round) => number | null | undefined) => median(rounds.map((round) => of(round) ?? Number.NaN));
  const [consoleMs, pgbenchMs] = [ms(({ console }) => console.medianMs), ms(({ pgbench }) => pgbench?.medianMs)];
  const values = withPgbench(rounds).map(({ console, pgbench }) => console.medianMs / (pgbench.medianMs ?? Number.NaN));
  if (values.length === 0) return [];
  const detail = `${consoleMs.toFixed(2)} ÷ ${pgbenchMs.toFixed(2)} ms`;
  return [
    {
      title: "intercept's median ÷ pgbench's, one connection",
      value: median(values),
      unit: "",
      target: { atMost: 1.3 },
      detail,
      rounds: values,
    },
  ];
}

async function measureRounds(bench: Bench, owners: number, clients = CONNECTIONS): Promise<Round[]> {
  const { size } = bench;
  const databaseUrl = await bench.createDatabase();
  const tenants = await seedTenants(databaseUrl, size.smallRuns);
  const runPgbench = hasPgbench() ? await preparePgbench(bench, databaseUrl, tenants) : null;
  const server = await startAppServer(bench, databaseUrl);
  const connections = interceptConnections(tenants.slice(0, owners)).slice(0, clients);

  await runLoad(server.url, connections, size.warmUpSeconds);
  const rounds: Round[] = [];
  for (let round = 0; round < size.rounds; round++) {
    const pgbench = (await runPgbench?.({ tenants: owners, seconds: size.roundSeconds, clients })) ?? null;
    rounds.push({ pgbench, console: await runLoad(server.url, connections, size.roundSeconds) });
  }
  await server.stop();
  return rounds;
}

function throughput(title: string, rounds: Round[]): Result {
  const values = rounds.map((round) => round.console.requestsPerSecond);
  const p99Ms = median(rounds.map((round) => round.console.p99Ms));
  return { title, value: median(values), unit: "/s", target: null, detail: `p99 ${p99Ms.toFixed(1)} ms`, rounds: values };
}

function ratio(title: string, rounds: Round[], atLeast: number | null): Result[] {
  const both = withPgbench(rounds);
  if (both.length === 0) return [];
  const values = both.map((round) => round.console.requestsPerSecond / round.pgbench.transactionsPerSecond);
  const pgbench = median(both.map((round) => round.pgbench.transactionsPerSecond));
  const detail = `pgbench ${Math.round(pgbench).toLocaleString("en-US")}/s`;
  return [{ title, value: median(values), unit: "", target: atLeast === null ? null : { atLeast }, detail, rounds: values }];
}

function tail(rounds: Round[]): Result[] {
  const both = withPgbench(rounds);
  if (both.length === 0) return [];
  const values = both.map((round) => round.console.p99Ms / round.pgbench.averageMs);
  const averageMs = median(both.map((round) => round.pgbench.averageMs));
  return [
    {
      title: "intercept p99 ÷ pgbench average",
      value: median(values),
      unit: "",
      target: { atMost: 4 },
      detail: `pgbench ${averageMs.toFixed(1)} ms`,
      rounds: values,
    },
  ];
}

function withPgbench(rounds: Round[]): { console: Load; pgbench: Pgbench }[] {
  return rounds.flatMap(({ console, pgbench }) => (pgbench ? [{ console, pgbench }] : []));
}
