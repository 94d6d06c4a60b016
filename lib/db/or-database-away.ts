import { performance } from "node:perf_hooks";
import pg from "pg";
import { getEnv } from "@/lib/env";
import { abandonDb } from "./client";

/** The database could be reached and has fallen silent. Asking again at once would only take as long again. */
export class DatabaseSilent extends Error {}

/** How long an answer may take before the database is asked whether it is there at all. */
const PATIENCE_MS = 600;
/** How long it may take to answer that, on a busy machine too: together under the two seconds in which a caller is told. */
const PING_MS = 1200;
/** The same for somebody at a terminal, who would rather wait than be told what isn't so. */
const COMMAND_PING_MS = 15_000;
let pingMs = PING_MS;
/** The part of a ping's time that this process may be at work itself before its own slowness explains the missing answer. */
const OWN_WORK = 0.7;
/** How often in a row it may: under a flood of requests a database that is away must be told too. */
const EXCUSES = 3;

/**
 * `work`, unless the database has fallen silent: a connection cut without a word would otherwise be waited for until TCP
 * gives up. A database that is only slow is waited for. What then becomes of `work` is unknown to the caller, and the
 * connections that hang are left to themselves.
 */
export async function orDatabaseAway<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  const silence = new Promise<never>((_, reject) => {
    const lookLater = () => {
      if (!isOver) timer = setTimeout(() => void ping().then(lookLater, reject), PATIENCE_MS);
    };
    lookLater();
  });
  try {
    const answer = await Promise.race([work, silence]);
    answeredAtMs = performance.now();
    return answer;
  } finally {
    isOver = true;
    clearTimeout(timer);
    // Whichever loses the race must not surface as an unhandled rejection.
    silence.catch(() => {});
    work.catch(() => {});
  }
}

/** For a process that answers nobody but the person who started it. */
export function allowSlowAnswers(): void {
  pingMs = COMMAND_PING_MS;
}

/** For tests that share a process. */
export function expectQuickAnswers(): void {
  pingMs = PING_MS;
}

/** When the database last answered anybody. */
let answeredAtMs = 0;
let excuses = 0;
let pingUnderWay: Promise<void> | undefined;

/** One ping at a time, however many wait for it, on a connection of its own. */
function ping(): Promise<void> {
  pingUnderWay ??= pingOnce().finally(() => (pingUnderWay = undefined));
  return pingUnderWay;
}

async function pingOnce(): Promise<void> {
  const askedAtMs = performance.now();
  const workBefore = performance.eventLoopUtilization();
  const client = new pg.Client({ connectionString: getEnv().DATABASE_URL, connectionTimeoutMillis: pingMs, query_timeout: pingMs });
  client.on("error", () => {});
  try {
    await client.connect();
    await client.query("SELECT 1");
    excuses = 0;
  } catch (cause) {
    // A busy machine may be slow to open a connection; who answers others meanwhile is not away.
    if (answeredAtMs > askedAtMs) return;
    // A process that is too busy to listen finds its timers expired before it reads the answer that lies there.
    if (isTimeout(cause) && performance.eventLoopUtilization(workBefore).utilization > OWN_WORK && excuses++ < EXCUSES) return;
    excuses = 0;
    abandonDb();
    throw new DatabaseSilent("The database does not answer.", { cause });
  } finally {
    client.end().catch(() => {});
  }
}

function isTimeout(cause: unknown): boolean {
  return cause instanceof Error && /timeout/i.test(cause.message);
}
