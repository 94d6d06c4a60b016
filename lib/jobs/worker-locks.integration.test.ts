import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { CONNECT_TIMEOUT_MS, getDb, POOL_SIZE } from "@/lib/db/client";
import { allowSlowPings } from "@/lib/db/fail-fast-if-database-down";
import { inTransaction } from "@/lib/db/transaction";
import { getEnv, resetEnvCache } from "@/lib/env";
import { startTcpProxy } from "@/lib/testing/tcp-proxy";
import { HEARTBEAT, openWorkerLocks, unlockDeadWorkers, type WorkerLocks } from "./worker-locks";

let locks: WorkerLocks;
beforeAll(async () => {
  locks = await openWorkerLocks(HEARTBEAT);
});
afterAll(() => locks.release());

const TASK = "delete-old-counters";

/** A job that a worker has taken. */
async function takenBy(worker: string): Promise<void> {
  const [job] = await getDb().$queryRaw<{ id: bigint }[]>`SELECT id FROM graphile_worker.add_job(${TASK})`;
  await getDb().$executeRaw`
    UPDATE graphile_worker._private_jobs SET locked_by = ${worker}, locked_at = now(), attempts = 1 WHERE id = ${job?.id}`;
}

/** Of the test's own jobs: others wait in a new database, too. */
async function holders(): Promise<(string | null)[]> {
  const jobs = await getDb().$queryRaw<{ locked_by: string | null }[]>`
    SELECT locked_by FROM graphile_worker.jobs WHERE task_identifier = ${TASK} ORDER BY id`;
  return jobs.map((job) => job.locked_by);
}

test("the jobs of dead workers go back to the queue, those of live ones stay theirs", async () => {
  await locks.hold("live-1");
  await locks.hold("live-2");
  for (const worker of ["live-1", "dead-1", "live-2", "dead-2"]) await takenBy(worker);
  await Promise.all([unlockDeadWorkers(), unlockDeadWorkers()]);
  await unlockDeadWorkers();
  expect(await holders()).toEqual(["live-1", null, "live-2", null]);
});

test("a worker is dead when its session is", async () => {
  const dying = await openWorkerLocks(HEARTBEAT);
  await dying.hold("dying");
  await takenBy("dying");
  await unlockDeadWorkers();
  expect(await holders()).toContain("dying");
  await getDb().$executeRaw`
    SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = (hashtext('dying')::bigint & 4294967295)::oid AND pid <> pg_backend_pid()`;
  await dying.lost;
  await unlockDeadWorkers();
  expect(await holders()).not.toContain("dying");
  expect(await holders()).toContain("live-1");
});

test("a worker that starts on a busy machine waits for a connection as long as any command does", async () => {
  allowSlowPings();
  let taken = 0;
  let giveBack = () => {};
  const isOver = new Promise<void>((resolve) => (giveBack = resolve));
  const others = Array.from({ length: POOL_SIZE }, () =>
    inTransaction(getDb(), async (tx) => {
      await tx.$queryRaw`SELECT 1`;
      taken++;
      await isOver;
    }),
  );
  await expect.poll(() => taken).toBe(POOL_SIZE);
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const unlocked = unlockDeadWorkers();
  unlocked.catch(() => undefined);
  await vi.advanceTimersByTimeAsync(CONNECT_TIMEOUT_MS - 1000);
  vi.useRealTimers();
  giveBack();
  await Promise.all([unlocked, ...others]);
});

test("a database may take a minute to answer, and no longer", async () => {
  const { DATABASE_URL } = getEnv();
  const proxy = await startTcpProxy(Number(new URL(DATABASE_URL).port));
  process.env.DATABASE_DIRECT_URL = Object.assign(new URL(DATABASE_URL), { hostname: "127.0.0.1", port: String(proxy.port) }).href;
  resetEnvCache();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] });
  const asked = await openWorkerLocks(HEARTBEAT);
  const isLost = vi.fn();
  void asked.lost.then(isLost);
  proxy.setMode("blackhole");
  await vi.advanceTimersByTimeAsync(HEARTBEAT.beatMs + 59_000);
  expect(isLost).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1000);
  await asked.lost;
  await proxy.close();
});
