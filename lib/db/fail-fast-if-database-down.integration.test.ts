import { setImmediate as nextTurn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { getEnv, resetEnvCache } from "@/lib/env";
import { startTcpProxy } from "@/lib/testing/tcp-proxy";
import { getDb } from "./client";
import { allowSlowPings, failFastIfDatabaseDown } from "./fail-fast-if-database-down";

/** Each longer than a ping may take, with the one turn of the event loop between them that begins a ping and cannot end it. */
const BUSY_MS = [1300, 1300, 1300, 1300];

describe("a process that is too busy to listen", () => {
  it("does not take its own slowness for the database's silence", async () => {
    // It is an answer that is waited for, not a connection.
    await getDb().$queryRaw`SELECT 1`;
    const answer = failFastIfDatabaseDown(getDb().$queryRaw`SELECT pg_sleep(0.1)::text AS slept`);
    for (const ms of BUSY_MS) {
      await nextTurn();
      block(ms);
    }
    await expect(answer).resolves.toEqual([{ slept: "" }]);
  });
});

it("a command at a terminal waits for a database that takes its time", async () => {
  await getDb().$queryRaw`SELECT 1`;
  // Opening a connection takes half a dozen answers: longer than the console's own pings wait.
  const proxy = await startTcpProxy(Number(new URL(getEnv().DATABASE_URL).port), { delayMs: 300 });
  proxy.setMode("delay");
  process.env.DATABASE_URL = Object.assign(new URL(getEnv().DATABASE_URL), { hostname: "127.0.0.1", port: String(proxy.port) }).href;
  resetEnvCache();
  allowSlowPings();
  await expect(failFastIfDatabaseDown(getDb().$queryRaw`SELECT pg_sleep(3)::text AS slept`)).resolves.toEqual([{ slept: "" }]);
  await proxy.close();
});

/** Keeps the event loop from turning, as a large build or a garbage collection does. */
function block(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}
