import { EventEmitter } from "node:events";
import { Logger, type Runner, run, type TaskList, type WorkerEvents } from "graphile-worker";
import type { Pool } from "pg";
import { openPool } from "@/lib/db/database-client";
import { markBack, markLost } from "@/lib/db/lost-sessions";
import { getEnv } from "@/lib/env";
import { logger } from "@/lib/logger";
import { endPool } from "./end-pool";
import { logQueueLine } from "./log-queue-line";
import { onQueueFailure } from "./on-queue-failure";
import { startSequencer } from "./sequencer";
import { crontab, SLOW_QUEUES, tasks } from "./tasks";
import { HEARTBEAT, type Heartbeat, openWorkerLocks, unlockDeadWorkers, type WorkerLocks } from "./worker-locks";

/** Concurrency for tasks that don't call external servers. */
const CONCURRENCY = 4;
const LANES = lanesOf(tasks);
/** Shared by a queue's workers, which need no connection while they wait for external servers. */
const CONNECTIONS_PER_LANE = 6;
/** Reconnects soon at first, then backs off while the database stays unavailable. */
const RESTART_MIN_MS = 500;
const RESTART_MAX_MS = 4000;
const NAME = "the worker";
/** NOTIFY wakes the worker; polling covers missed notifications. */
const POLL_MS = 2000;

export interface Worker {
  stop(): Promise<void>;
}

/**
 * The background worker: sends email, expires runs, puts receipts into their logs, deletes old rows. Any number of processes may run one;
 * each job runs in one of them. It reconnects when the database is lost or stops responding.
 */
export async function startWorker(heartbeat = HEARTBEAT): Promise<Worker> {
  let isStopped = false;
  let current: { stop: () => Promise<unknown>; over: Promise<void> } | undefined;
  let restart: NodeJS.Timeout | undefined;
  let restartMs = RESTART_MIN_MS;
  let tellOfFailure = () => {};
  const unsubscribe = onQueueFailure((error) => {
    logFailure(error);
    tellOfFailure();
  });
  let starting = start();

  async function start(): Promise<void> {
    const failed = new Promise<void>((resolve) => (tellOfFailure = resolve));
    await unlockDeadWorkers();
    const locks = await openWorkerLocks(heartbeat);
    const pool = openWorkerPool(heartbeat);
    const close = async () => {
      await Promise.all([locks.release(), endPool(pool)]);
    };
    try {
      const runners = await startRunners(pool, locks);
      const stop = () => Promise.allSettled(runners.map((runner) => runner.stop()));
      // Without its locks this worker would count as dead, and its running jobs would be given to another one. A job whose end couldn't be
      // written stays locked by this worker until its locks are released.
      void Promise.race([locks.lost, failed]).then(() => {
        if (!isStopped) markLost(NAME);
        return stop();
      });
      // When one queue stops, the others stop too, and all restart together.
      const over = Promise.all(runners.map((runner) => runner.promise.catch(logFailure).then(stop))).then(close);
      current = { stop, over };
      restartMs = RESTART_MIN_MS;
      markBack(NAME);
      void over.then(() => {
        if (!isStopped) scheduleRestart();
      });
    } catch (error) {
      await close();
      throw error;
    }
  }

  function scheduleRestart(): void {
    markLost(NAME);
    restart = setTimeout(() => {
      starting = start().catch((error: unknown) => {
        logFailure(error);
        if (!isStopped) scheduleRestart();
      });
    }, restartMs);
    restartMs = Math.min(2 * restartMs, RESTART_MAX_MS);
  }

  await starting.catch((error: unknown) => {
    unsubscribe();
    throw error;
  });
  const sequencer = startSequencer();
  return {
    stop: async () => {
      isStopped = true;
      clearTimeout(restart);
      await sequencer.stop();
      await starting;
      await current?.stop();
      await current?.over;
      markBack(NAME);
      unsubscribe();
    },
  };
}

/** The library's own pool has no error handler while it closes, so a lost connection would end the process. */
function openWorkerPool({ timeoutMs }: Heartbeat): Pool {
  const { DATABASE_DIRECT_URL, DATABASE_URL } = getEnv();
  return openPool({
    connectionString: DATABASE_DIRECT_URL ?? DATABASE_URL,
    application_name: "daai-console worker",
    max: LANES.length * CONNECTIONS_PER_LANE,
    keepAlive: true,
    // The queue's own statements are short. Without a timeout, an unresponsive session would block its queue forever.
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
  });
}

interface Lane {
  readonly tasks: TaskList;
  readonly concurrency: number;
}

/** All other tasks run in the first queue. */
function lanesOf(all: TaskList): Lane[] {
  const pick = (isIn: (name: string) => boolean): TaskList => Object.fromEntries(Object.entries(all).filter(([name]) => isIn(name)));
  const outward = SLOW_QUEUES.flatMap((lane) => lane.tasks);
  return [
    { tasks: pick((name) => !outward.includes(name)), concurrency: CONCURRENCY },
    ...SLOW_QUEUES.map((lane) => ({ tasks: pick((name) => lane.tasks.includes(name)), concurrency: lane.concurrency })),
  ];
}

/** Sequential, because the first migrates the queue's own tables. */
async function startRunners(pool: Pool, locks: WorkerLocks): Promise<Runner[]> {
  const runners: Runner[] = [];
  try {
    for (const [index, lane] of LANES.entries()) runners.push(await startRunner(pool, locks, lane, index === 0 ? crontab : undefined));
    return runners;
  } catch (error) {
    await Promise.allSettled(runners.map((runner) => runner.stop()));
    throw error;
  }
}

function startRunner(pgPool: Pool, locks: WorkerLocks, { tasks: taskList, concurrency }: Lane, times: string | undefined): Promise<Runner> {
  const events: WorkerEvents = new EventEmitter();
  events.on("pool:create", ({ workerPool }) => void locks.hold(workerPool.id).catch(logFailure));
  return run({
    pgPool,
    taskList,
    crontab: times ?? "",
    concurrency,
    pollInterval: POLL_MS,
    noHandleSignals: true,
    events,
    logger: new Logger(() => logQueueLine),
  });
}

function logFailure(error: unknown): void {
  logger.warn({ error }, "The background worker stopped; restarting it.");
}
