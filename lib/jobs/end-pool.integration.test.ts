import { Pool } from "pg";
import { expect, test, vi } from "vitest";
import { getEnv } from "@/lib/env";
import { endPool } from "./end-pool";

const openPool = () => new Pool({ connectionString: getEnv().DATABASE_URL, max: 1, connectionTimeoutMillis: 60_000 });

test("what queues for a connection is still answered when its pool ends", async () => {
  const pool = openPool();
  const client = await pool.connect();
  const queued = pool.query<{ n: number }>("SELECT 1 AS n");
  const ended = endPool(pool);
  client.release();
  await ended;
  expect((await queued).rows).toEqual([{ n: 1 }]);
});

test("a queue that does not move keeps no pool from ending", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const pool = openPool();
  const client = await pool.connect();
  const queued = pool.query("SELECT 1").catch((error: unknown) => error);
  const end = vi.spyOn(pool, "end");
  const ended = endPool(pool);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(end).toHaveBeenCalledOnce();
  client.release(true);
  await ended;
  expect(await queued).toBeInstanceOf(Error);
});
