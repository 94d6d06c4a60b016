import { setImmediate as nextTurn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { getDb } from "./client";
import { orDatabaseAway } from "./or-database-away";

/** Each longer than a ping may take, with the one turn of the event loop between them that begins a ping and cannot end it. */
const BUSY_MS = [1300, 1300, 1300, 1300];

describe("a process that is too busy to listen", () => {
  it("does not take its own slowness for the database's silence", async () => {
    // It is an answer that is waited for, not a connection.
    await getDb().$queryRaw`SELECT 1`;
    const answer = orDatabaseAway(getDb().$queryRaw`SELECT pg_sleep(0.1)::text AS slept`);
    for (const ms of BUSY_MS) {
      await nextTurn();
      block(ms);
    }
    await expect(answer).resolves.toEqual([{ slept: "" }]);
  });
});

/** Keeps the event loop from turning, as a large build or a garbage collection does. */
function block(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}
