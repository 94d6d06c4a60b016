import { setMaxListeners } from "node:events";
import { residentMegabytes, startAppServer } from "./app-server";
import { ask, getStatus } from "./console-client";
import { interceptConnections, runLoad } from "./load";
import type { Bench, Result } from "./measure";
import { median } from "./statistics";
import { seedTenants, type Tenant } from "./tenants";

/** The longest that a status may be waited for. */
const WAIT_SECONDS = 60;
const AT_ONCE = 32;

/** What a thousand clients that wait for a person cost: memory, and the speed of those who do not wait. */
export async function measureLongPolls(bench: Bench): Promise<Result[]> {
  const { size } = bench;
  const databaseUrl = await bench.createDatabase();
  const tenants = await seedTenants(databaseUrl, size.smallRuns);
  // To mail a thousand approvers is work, and takes memory, of its own.
  const server = await startAppServer(bench, databaseUrl, { DAAI_WORKER: "off" });
  const connections = interceptConnections(tenants);
  const questions = await askMany(server.url, tenants, size.longPolls);

  await runLoad(server.url, connections, size.warmUpSeconds);
  const rounds: { without: number; during: number; megabytes: number }[] = [];
  for (let round = 0; round < size.rounds; round++) {
    const without = await runLoad(server.url, connections, size.roundSeconds);
    const before = residentMegabytes(server.pid);
    const polls = await openPolls(server.url, questions);
    const megabytes = residentMegabytes(server.pid) - before;
    const during = await runLoad(server.url, connections, size.roundSeconds);
    await polls.close();
    rounds.push({ without: without.requestsPerSecond, during: during.requestsPerSecond, megabytes });
  }
  await server.stop();

  const polls = `${size.longPolls.toLocaleString("en-US")} waiting`;
  const growth = rounds.map((round) => round.megabytes);
  const ratios = rounds.map((round) => round.during / round.without);
  const perSecond = (pick: (round: (typeof rounds)[number]) => number) =>
    `${Math.round(median(rounds.map(pick))).toLocaleString("en-US")}/s`;
  return [
    {
      title: `memory, ${polls} − none`,
      value: Math.max(...growth),
      unit: "MB",
      target: { atMost: 150 },
      detail: `the most of ${rounds.length} rounds`,
      rounds: growth,
    },
    {
      title: `intercept, ${polls} ÷ none`,
      value: median(ratios),
      unit: "",
      target: { atLeast: 0.9 },
      detail: `${perSecond((round) => round.during)} ÷ ${perSecond((round) => round.without)}`,
      rounds: ratios,
    },
  ];
}

interface Question {
  readonly tenant: Tenant;
  readonly runId: string;
}

async function askMany(serverUrl: string, tenants: readonly Tenant[], count: number): Promise<Question[]> {
  const questions: Question[] = [];
  const askSome = async (tenant: Tenant) => {
    while (questions.length < count) questions.push({ tenant, runId: await ask(serverUrl, tenant) });
  };
  await Promise.all(tenants.slice(0, AT_ONCE).map(askSome));
  return questions.slice(0, count);
}

/** Every question is waited for, again when the time is over, until they are closed. */
async function openPolls(serverUrl: string, questions: readonly Question[]) {
  const stop = new AbortController();
  setMaxListeners(0, stop.signal);
  const poll = async ({ tenant, runId }: Question) => {
    try {
      while (!stop.signal.aborted) await getStatus(serverUrl, tenant, runId, WAIT_SECONDS, stop.signal);
    } catch (error) {
      if (!stop.signal.aborted) throw error;
    }
  };
  const polls: Promise<void>[] = [];
  for (const [index, question] of questions.entries()) {
    polls.push(poll(question));
    // The server reads in order: once it has responded to this, the earlier polls are waiting.
    if (index % AT_ONCE === AT_ONCE - 1 || index === questions.length - 1) await getStatus(serverUrl, question.tenant, question.runId);
  }
  return {
    close: async () => {
      stop.abort();
      await Promise.all(polls);
    },
  };
}
