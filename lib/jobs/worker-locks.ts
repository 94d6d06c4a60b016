import { ADVISORY_LOCKS } from "@/lib/db/advisory-locks";
import { getDb } from "@/lib/db/client";
import { DatabaseClient } from "@/lib/db/database-client";
import { unlockJobsOfDead } from "@/lib/db/job-queue";
import { inTransaction } from "@/lib/db/transaction";
import { getEnv } from "@/lib/env";

/** A hanging or silently disconnected server can be detected only by pinging it. */
export interface Heartbeat {
  readonly beatMs: number;
  /** Ping timeout, long enough for a busy machine. */
  readonly timeoutMs: number;
}

/** An overloaded machine takes many seconds to respond. Treating its database as unresponsive would run jobs twice. */
export const HEARTBEAT: Heartbeat = { beatMs: 10_000, timeoutMs: 60_000 };

/**
 * A killed worker leaves its jobs locked, and the queue would keep them locked for hours. So each worker holds an advisory lock in a
 * session that ends with its process: if its lock can be taken, the worker is dead.
 */
export interface WorkerLocks {
  hold(workerId: string): Promise<void>;
  /** Resolves when the session has ended or stopped responding, and its locks are lost. */
  readonly lost: Promise<void>;
  release(): Promise<void>;
}

export async function openWorkerLocks({ beatMs, timeoutMs }: Heartbeat): Promise<WorkerLocks> {
  const { DATABASE_DIRECT_URL, DATABASE_URL } = getEnv();
  const session = new DatabaseClient({
    connectionString: DATABASE_DIRECT_URL ?? DATABASE_URL,
    application_name: "daai-console worker locks",
    keepAlive: true,
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
  });
  const lost = new Promise<void>((resolve) => session.on("end", resolve));
  await session.connect();
  // One session, one query at a time.
  let held: Promise<unknown> = Promise.resolve();
  const end = () => session.end().catch(() => {});
  const beat = setInterval(() => {
    held = held.then(() => session.query("SELECT 1")).catch(end);
  }, beatMs).unref();
  void lost.then(() => clearInterval(beat));
  return {
    hold: async (workerId) => {
      held = held.then(() => session.query("SELECT pg_advisory_lock($1, hashtext($2))", [ADVISORY_LOCKS.workers, workerId]));
      await held;
    },
    lost,
    release: () => {
      clearInterval(beat);
      return end();
    },
  };
}

/** Unlocks the jobs of dead workers. */
export async function unlockDeadWorkers(): Promise<void> {
  await inTransaction(getDb(), (tx) => unlockJobsOfDead(tx, ADVISORY_LOCKS.workers));
}
