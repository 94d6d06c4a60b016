import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { InterceptResponse } from "@/lib/contract/intercept";
import { disconnectDb, getDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { INTERCEPT } from "@/lib/testing/api-suite/api-client";
import { atOnce, makeAction, makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";
import { brokenBooks, isKept, keptRuns } from "@/lib/testing/guarantees/kept-runs";
import { printFigures } from "@/lib/testing/guarantees/print-figures";
import { proofSize } from "@/lib/testing/guarantees/proof-size";
import { type Consoles, startConsoles } from "@/lib/testing/guarantees/start-consoles";
import { type SeenStatuses, untilAnswered } from "@/lib/testing/guarantees/until-answered";
import { workOnDatabase } from "@/lib/testing/guarantees/work-on-database";
import { type KillablePostgres, startKillablePostgres } from "@/lib/testing/killable-postgres";

const WRITERS = 8;
/** A crash comes at any moment within so many milliseconds after its turn. */
const JITTER_MS = 30;
const TIMEOUT_MS = proofSize(300_000, 3_600_000);

let postgres: KillablePostgres;
let consoles: Consoles;
let workspace: TestWorkspace;

beforeAll(async () => {
  postgres = await startKillablePostgres();
  // Now, so that the two processes that start at once do not wait for each other.
  await migrate({ databaseUrl: postgres.url });
  await workOnDatabase(postgres.url);
  consoles = await startConsoles(2);
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "export_report", policy: { type: "always_allow" } });
  await makeAction(workspace, { name: "delete_customer", policy: { type: "always_block" } });
  await makeAction(workspace, { name: "refund_customer", approverEmails: ["ada@example.com", "grace@example.com"] });
});

afterAll(async () => {
  await consoles?.stop();
  await disconnectDb();
  await postgres?.close();
});

describe("an acknowledged intercept is never lost", () => {
  it("with kill -9 of PostgreSQL", { timeout: TIMEOUT_MS }, async () => {
    await prove("kill -9 of PostgreSQL", { intercepts: proofSize(600, 20_000), crashes: proofSize(6, 50) }, async () => {
      await postgres.kill();
      await postgres.start();
    });
  });

  it("with kill -9, or a stop under load, of one of two processes", { timeout: TIMEOUT_MS }, async () => {
    await prove("kill -9 or stop of a process", { intercepts: proofSize(600, 20_000), crashes: proofSize(4, 50) }, async (turn) => {
      const isKill = turn % 4 !== 2;
      const code = await consoles.of(turn).restart(isKill ? "SIGKILL" : "SIGTERM");
      expect(code).toBe(isKill ? null : 0);
    });
  });
});

/** Eight writers propose until there are enough intercepts and crashes; then PostgreSQL is killed once more, and the books are checked. */
async function prove(name: string, wanted: { intercepts: number; crashes: number }, crash: (turn: number) => Promise<void>): Promise<void> {
  const runsBefore = await getDb().actionRun.count();
  const seen: SeenStatuses = {};
  const acknowledged = new Map<string, InterceptResponse>();
  let crashes = 0;

  const crashing = (async () => {
    for (; crashes < wanted.crashes; crashes++) {
      const enough = acknowledged.size + (Math.random() * 2 * wanted.intercepts) / wanted.crashes;
      await expect
        .poll(() => acknowledged.size, { interval: 5, timeout: TIMEOUT_MS })
        .toBeGreaterThanOrEqual(Math.min(enough, wanted.intercepts));
      await sleep(Math.random() * JITTER_MS);
      await crash(crashes);
    }
  })();
  const writing = atOnce(WRITERS, async (writer) => {
    for (let n = 0; acknowledged.size < wanted.intercepts || crashes < wanted.crashes; n++) {
      const idempotencyKey = `${name}:${writer}:${n}`;
      const action = n % 10 === 0 ? "refund_customer" : n % 10 < 3 ? "delete_customer" : "export_report";
      const request = { action, payload: { writer, n }, idempotency_key: idempotencyKey };
      const answer = await untilAnswered(
        (attempt) => consoles.of(writer + n + attempt).api.post(INTERCEPT, request, { as: workspace }),
        seen,
      );
      expect([answer.status, answer.text]).toEqual([200, expect.any(String)]);
      acknowledged.set(idempotencyKey, answer.json as InterceptResponse);
    }
  });
  await Promise.all([crashing, writing]);
  await postgres.kill();
  await postgres.start();

  expect(Object.keys(seen).filter((outcome) => !["200", "503", "lost"].includes(outcome))).toEqual([]);
  const rows = await keptRuns(name);
  const kept = new Map(rows.map((run) => [run.key, run]));
  const figures = {
    acknowledged: acknowledged.size,
    crashes,
    lost: [...acknowledged].filter(([key, answer]) => !isKept(answer, kept.get(key))).length,
    doubled: rows.length - kept.size,
    "kept beyond those": rows.length - acknowledged.size,
    ...(await brokenBooks()),
    "quota units too many or too few": (await countedRuns()) - runsBefore - acknowledged.size,
  };
  printFigures(name, { ...figures, "answers 503": seen[503] ?? 0, "connections lost": seen.lost ?? 0 });
  expect(figures).toEqual({
    ...Object.fromEntries(Object.keys(figures).map((key) => [key, 0])),
    acknowledged: acknowledged.size,
    crashes: wanted.crashes,
  });
}

async function countedRuns(): Promise<number> {
  const { _sum } = await getDb().usageCounter.aggregate({ where: { scope: "runs_per_month" }, _sum: { count: true } });
  return _sum.count ?? 0;
}
