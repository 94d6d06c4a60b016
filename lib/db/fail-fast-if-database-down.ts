import { performance } from "node:perf_hooks";
import { getEnv } from "@/lib/env";
import { resetConnectionPool } from "./client";
import { DatabaseClient } from "./database-client";

/** The database was connected and stopped responding. An immediate retry would only take as long again. */
export class DatabaseUnresponsiveError extends Error {}

/** How long a query may take before the database is pinged. */
const PING_AFTER_MS = 600;
/** Ping timeout, long enough for a busy machine. Together with the wait before it, callers get an error within two seconds. */
const PING_MS = 1200;
/** Ping timeout of the command line and of a start, which a false alarm would end. */
const PATIENT_PING_MS = 15_000;
let pingMs = PING_MS;
/** If this process's event loop was busy for more than this share of a ping, its own slowness explains the timeout. */
const BUSY_EVENT_LOOP_SHARE = 0.7;
/** Maximum number of timeouts in a row to excuse that way: a dead database must be detected under load as well. */
const MAX_EXCUSED_TIMEOUTS = 3;

/**
 * Returns the result of `work`, and rejects if the database stops responding. A connection that was cut silently would otherwise
 * block until TCP times out. A database that is only slow is awaited. After a rejection, the outcome of `work` is unknown to the
 * caller, and its connections are abandoned.
 */
export async function failFastIfDatabaseDown<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  let isSettled = false;
  const silence = new Promise<never>((_, reject) => {
    const pingLater = () => {
      if (!isSettled) timer = setTimeout(() => void ping().then(pingLater, reject), PING_AFTER_MS);
    };
    pingLater();
  });
  try {
    const answer = await Promise.race([work, silence]);
    lastResponseAtMs = performance.now();
    return answer;
  } finally {
    isSettled = true;
    clearTimeout(timer);
    // Whichever loses the race must not surface as an unhandled rejection.
    silence.catch(() => {});
    work.catch(() => {});
  }
}

/** While nobody else waits for the answer: on the command line, and until a start is done. */
export function allowSlowPings(): void {
  pingMs = PATIENT_PING_MS;
}

/** The default: whoever asks a serving console is told within two seconds. */
export function expectQuickPings(): void {
  pingMs = PING_MS;
}

/** When the database last responded to any query. */
let lastResponseAtMs = 0;
let excusedTimeouts = 0;
let pingUnderWay: Promise<void> | undefined;

/** One ping at a time, shared by all waiting queries, on its own connection. */
function ping(): Promise<void> {
  pingUnderWay ??= pingOnce().finally(() => (pingUnderWay = undefined));
  return pingUnderWay;
}

async function pingOnce(): Promise<void> {
  const askedAtMs = performance.now();
  const workBefore = performance.eventLoopUtilization();
  const client = new DatabaseClient({ connectionString: getEnv().DATABASE_URL, connectionTimeoutMillis: pingMs, query_timeout: pingMs });
  try {
    await client.connect();
    await client.query("SELECT 1");
    excusedTimeouts = 0;
  } catch (cause) {
    // A busy machine may be slow to open a connection. A database that answered another query meanwhile is up.
    if (lastResponseAtMs > askedAtMs) return;
    // In a busy process, timers expire before the response that has already arrived is read.
    if (
      isTimeout(cause) &&
      performance.eventLoopUtilization(workBefore).utilization > BUSY_EVENT_LOOP_SHARE &&
      excusedTimeouts++ < MAX_EXCUSED_TIMEOUTS
    )
      return;
    excusedTimeouts = 0;
    resetConnectionPool();
    throw new DatabaseUnresponsiveError("The database does not answer.", { cause });
  } finally {
    client.end().catch(() => {});
  }
}

function isTimeout(cause: unknown): boolean {
  return cause instanceof Error && /timeout/i.test(cause.message);
}
