import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { getEnv, resetEnvCache } from "@/lib/env";
import { startTcpProxy, type TcpProxy } from "@/lib/testing/tcp-proxy";
import { getDb } from "./client";
import { listen } from "./listener";

let proxy: TcpProxy;

beforeAll(async () => {
  const { DATABASE_URL } = getEnv();
  proxy = await startTcpProxy(Number(new URL(DATABASE_URL).port));
  process.env.DATABASE_DIRECT_URL = Object.assign(new URL(DATABASE_URL), { hostname: "127.0.0.1", port: String(proxy.port) }).href;
  resetEnvCache();
});
afterAll(() => proxy.close());

const listeners = async () =>
  (
    await getDb().$queryRaw<{ pid: number }[]>`
      SELECT pid FROM pg_stat_activity WHERE application_name = 'daai-console listener' AND datname = current_database() ORDER BY backend_start`
  ).map(({ pid }) => pid);

it("a listener whose server fell silent listens anew by itself, and says that something may have been missed", async () => {
  const heard: (string | null)[] = [];
  const stop = listen("silence_test", (payload) => void heard.push(payload), { pingIntervalMs: 50, timeoutMs: 2000 });
  await vi.waitFor(() => expect(heard).toContain(null), { timeout: 20_000 });
  const [before] = await listeners();
  proxy.setMode("blackhole");
  heard.length = 0;
  // It is given up: without asking, it would be held for ever.
  await vi.waitFor(async () => expect((await listeners()).length).toBe(0), { timeout: 30_000 });
  proxy.setMode("pass");
  await vi.waitFor(() => expect(heard).toContain(null), { timeout: 30_000 });
  expect(await listeners()).not.toContain(before);
  await getDb().$executeRaw`SELECT pg_notify('silence_test', 'after')`;
  await vi.waitFor(() => expect(heard).toContain("after"), { timeout: 20_000 });
  await stop();
});
