import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { getDb } from "@/lib/db/client";
import { lostFor } from "@/lib/db/lost-sessions";
import { getEnv, resetEnvCache } from "@/lib/env";
import { startTcpProxy, type TcpProxy } from "@/lib/testing/tcp-proxy";
import { startWorker, type Worker } from "./worker";

let proxy: TcpProxy;
let worker: Worker;

beforeAll(async () => {
  const { DATABASE_URL } = getEnv();
  proxy = await startTcpProxy(Number(new URL(DATABASE_URL).port));
  process.env.DATABASE_DIRECT_URL = Object.assign(new URL(DATABASE_URL), { hostname: "127.0.0.1", port: String(proxy.port) }).href;
  resetEnvCache();
  worker = await startWorker({ beatMs: 50, timeoutMs: 5000 });
});
afterAll(async () => {
  await worker.stop();
  await proxy.close();
});

const sessions = async () =>
  (
    await getDb().$queryRaw<{ pid: number }[]>`
      SELECT pid FROM pg_stat_activity WHERE application_name IN ('daai-console worker', 'daai-console worker locks')
        AND datname = current_database()`
  ).map(({ pid }) => pid);
const jobs = async () =>
  (await getDb().$queryRaw<{ n: number }[]>`SELECT count(*)::int AS n FROM graphile_worker._private_jobs WHERE run_at <= now()`)[0]?.n;
const eventually = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 50_000, interval: 50 });

test("a worker whose database fell silent gives its sessions up, and works off what waits once there is one again", async () => {
  const before = await sessions();
  expect(before.length).toBeGreaterThan(1);
  proxy.setMode("blackhole");
  await getDb().$queryRaw`SELECT graphile_worker.add_job('delete-old-counters')::text`;
  await eventually(async () => expect((await sessions()).filter((pid) => before.includes(pid))).toEqual([]));
  expect(await jobs()).toBeGreaterThan(0);
  await eventually(() => expect(lostFor(0)).toEqual(["the worker"]));
  proxy.setMode("pass");
  await eventually(async () => expect(await jobs()).toBe(0));
  await eventually(() => expect(lostFor(0)).toEqual([]));
});
