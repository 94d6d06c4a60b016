import { EventEmitter } from "node:events";
import { Logger, run, type Runner, type WorkerEvents } from "graphile-worker";
import { Pool } from "pg";
import { getEnv } from "@/lib/env";
import { logger } from "@/lib/logger";
import { startSequencer } from "./sequencer";
import { crontab, tasks } from "./tasks";
import { openWorkerLocks, unlockDeadWorkers, type WorkerLocks } from "./worker-locks";

const CONCURRENCY = 4;
/** The first try to come back is soon; a database that stays away is not asked all the time. */
const RESTART_MIN_MS = 500;
const RESTART_MAX_MS = 4000;
/** Jobs wake the worker by NOTIFY; this is for the case that one is missed. */
const POLL_MS = 2000;

export interface Worker {
  stop(): Promise<void>;
}

/**
 * The background worker: sends mail, expires runs, puts receipts into their logs, tidies up. Any number of processes may run one; a job is one worker's.
 * It comes back by itself when the database does.
 */
export async function startWorker(): Promise<Worker> {
  let isStopped = false;
  let current: { runner: Runner; over: Promise<void> } | undefined;
  let starting = start();
  let restart: NodeJS.Timeout | undefined;
  let restartMs = RESTART_MIN_MS;

  async function start(): Promise<void> {
    await unlockDeadWorkers();
    const locks = await openWorkerLocks();
    const pool = openPool();
    const close = async () => {
      await Promise.all([locks.release(), pool.end()]);
    };
    try {
      const runner = await startRunner(pool, locks);
      // Without its locks this worker would be taken for dead, and its jobs be given to another while it works on them.
      void locks.lost.then(() => runner.stop()).catch(() => {});
      const over = runner.promise.catch(logFailure).finally(close);
      current = { runner, over };
      restartMs = RESTART_MIN_MS;
      void over.then(() => {
        if (!isStopped) scheduleRestart();
      });
    } catch (error) {
      await close();
      throw error;
    }
  }

  function scheduleRestart(): void {
    restart = setTimeout(() => {
      starting = start().catch((error: unknown) => {
        logFailure(error);
        if (!isStopped) scheduleRestart();
      });
    }, restartMs);
    restartMs = Math.min(2 * restartMs, RESTART_MAX_MS);
  }

  await starting;
  const sequencer = startSequencer();
  return {
    stop: async () => {
      isStopped = true;
      clearTimeout(restart);
      await sequencer.stop();
      await starting;
      await current?.runner.stop().catch(() => {});
      await current?.over;
    },
  };
}

/** The library's own pool is left without an error handler while it closes, and a lost connection would end the process. */
function openPool(): Pool {
  const { DATABASE_DIRECT_URL, DATABASE_URL } = getEnv();
  const pool = new Pool({
    connectionString: DATABASE_DIRECT_URL ?? DATABASE_URL,
    application_name: "daai-console worker",
    max: CONCURRENCY + 2,
    keepAlive: true,
  });
  return pool.on("error", () => {}).on("connect", (client) => client.on("error", () => {}));
}

function startRunner(pgPool: Pool, locks: WorkerLocks): Promise<Runner> {
  const events: WorkerEvents = new EventEmitter();
  events.on("worker:create", ({ worker }) => void locks.hold(worker.workerId).catch(logFailure));
  return run({
    pgPool,
    taskList: tasks,
    crontab,
    concurrency: CONCURRENCY,
    pollInterval: POLL_MS,
    noHandleSignals: true,
    events,
    logger: new Logger(() => (level, message) => (level === "error" ? logger.warn({ source: "worker" }, message) : logger.debug({ source: "worker" }, message))),
  });
}

function logFailure(error: unknown): void {
  logger.warn({ error: error instanceof Error ? error.message : String(error) }, "The background worker stopped; it is started again.");
}
