import { EventEmitter } from "node:events";
import { Logger, run, type Runner, type WorkerEvents } from "graphile-worker";
import { getEnv } from "@/lib/env";
import { logger } from "@/lib/logger";
import { crontab, tasks } from "./tasks";
import { openWorkerLocks, unlockDeadWorkers, type WorkerLocks } from "./worker-locks";

const CONCURRENCY = 4;
const RESTART_MS = 500;
/** Jobs wake the worker by NOTIFY; this is for the case that one is missed. */
const POLL_MS = 2000;

export interface Worker {
  stop(): Promise<void>;
}

/**
 * The background worker: sends mail, expires runs, tidies up. Any number of processes may run one; a job is one worker's.
 * It comes back by itself when the database does.
 */
export async function startWorker(): Promise<Worker> {
  let isStopped = false;
  let current: { runner: Runner; locks: WorkerLocks } | undefined;
  let restart: NodeJS.Timeout | undefined;

  async function start(): Promise<void> {
    const locks = await openWorkerLocks();
    try {
      const runner = await startRunner(locks);
      current = { runner, locks };
      runner.promise.catch(logFailure).finally(() => {
        void locks.release();
        if (!isStopped) scheduleRestart();
      });
      await unlockDeadWorkers();
    } catch (error) {
      await locks.release();
      throw error;
    }
  }

  function scheduleRestart(): void {
    restart = setTimeout(() => {
      start().catch((error: unknown) => {
        logFailure(error);
        if (!isStopped) scheduleRestart();
      });
    }, RESTART_MS);
  }

  await start();
  return {
    stop: async () => {
      isStopped = true;
      clearTimeout(restart);
      await current?.runner.stop().catch(() => {});
      await current?.locks.release();
    },
  };
}

function startRunner(locks: WorkerLocks): Promise<Runner> {
  const { DATABASE_DIRECT_URL, DATABASE_URL } = getEnv();
  const events: WorkerEvents = new EventEmitter();
  events.on("worker:create", ({ worker }) => void locks.hold(worker.workerId).catch(logFailure));
  return run({
    connectionString: DATABASE_DIRECT_URL ?? DATABASE_URL,
    taskList: tasks,
    crontab,
    concurrency: CONCURRENCY,
    maxPoolSize: CONCURRENCY + 2,
    pollInterval: POLL_MS,
    noHandleSignals: true,
    events,
    logger: new Logger(() => (level, message) => (level === "error" ? logger.warn({ source: "worker" }, message) : logger.debug({ source: "worker" }, message))),
  });
}

function logFailure(error: unknown): void {
  logger.warn({ error: error instanceof Error ? error.message : String(error) }, "The background worker stopped; it is started again.");
}
