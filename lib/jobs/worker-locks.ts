import pg from "pg";
import { ADVISORY_LOCKS } from "@/lib/db/advisory-locks";
import { getDb } from "@/lib/db/client";
import { unlockJobsOfDead } from "@/lib/db/job-queue";
import { getEnv } from "@/lib/env";

/** A session on a server that hangs, or was cut off without a word, says nothing; only asking it tells. */
export interface Heartbeat {
  readonly beatMs: number;
  /** How long an answer may take, on a busy machine too. */
  readonly timeoutMs: number;
}

/** A machine that is overloaded takes many seconds to answer, and taking its database for silent would have jobs done twice. */
export const HEARTBEAT: Heartbeat = { beatMs: 10_000, timeoutMs: 60_000 };

/**
 * A worker that was killed leaves its jobs locked, for hours as far as the queue knows. So each worker holds an advisory
 * lock, in a session that dies with its process: whoever can take a worker's lock knows that it is dead.
 */
export interface WorkerLocks {
  hold(workerId: string): Promise<void>;
  /** Resolves when the session is over or has fallen silent, and with it the locks. */
  readonly lost: Promise<void>;
  release(): Promise<void>;
}

export async function openWorkerLocks({ beatMs, timeoutMs }: Heartbeat): Promise<WorkerLocks> {
  const { DATABASE_DIRECT_URL, DATABASE_URL } = getEnv();
  const session = new pg.Client({
    connectionString: DATABASE_DIRECT_URL ?? DATABASE_URL,
    application_name: "daai-console worker locks",
    keepAlive: true,
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
  });
  session.on("error", () => {});
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

/** Gives the jobs of dead workers back to the queue. */
export async function unlockDeadWorkers(): Promise<void> {
  await getDb().$transaction((tx) => unlockJobsOfDead(tx, ADVISORY_LOCKS.workers));
}
