import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { InterceptResponse } from "@/lib/contract/intercept";
import { disconnectDb, getDb } from "@/lib/db/client";
import { INTERCEPT, runPath } from "@/lib/testing/api-suite/api-client";
import { budgetSums, makeBudget } from "@/lib/testing/budgets";
import { atOnce, makeAction, makeWorkspace, type TestWorkspace, tally } from "@/lib/testing/factories";
import { printFigures } from "@/lib/testing/guarantees/print-figures";
import { proofSize } from "@/lib/testing/guarantees/proof-size";
import { type Consoles, startConsoles } from "@/lib/testing/guarantees/start-consoles";
import { untilAnswered } from "@/lib/testing/guarantees/until-answered";

const ROUNDS = proofSize(3, 50);
const KILLS = proofSize(3, 50);
const TIMEOUT = { timeout: proofSize(300_000, 3_600_000) };
const PROPOSALS = 100;
const LEFT = 10;
/** A kill comes at any moment within so many milliseconds. */
const JITTER_MS = 150;

let consoles: Consoles;
beforeAll(async () => {
  consoles = await startConsoles(2, { env: { DAAI_WORKER: "off", DAAI_PLAN: "unlimited" } });
});
afterAll(async () => {
  await consoles?.stop();
  await disconnectDb();
});

const PAYLOAD = { amount: "1.00", currency: "EUR" };

async function makeRound(limit: number): Promise<{ workspace: TestWorkspace; budgets: string[] }> {
  const workspace = await makeWorkspace();
  await makeAction(workspace, { name: "pay", policy: { type: "always_allow" } });
  const different = { limit: `${limit}`, whenExceeded: "block" } as const;
  const budgets = [
    await makeBudget(workspace, { ...different, name: "Sum" }),
    await makeBudget(workspace, { ...different, name: "Count", measure: "count", currency: "" }),
  ];
  return { workspace, budgets };
}

/** Retries with another process while one is away. */
async function propose(workspace: TestWorkspace, n: number): Promise<InterceptResponse> {
  const request = { action: "pay", payload: { ...PAYLOAD, n }, idempotency_key: `k-${n}`, claim: { worker: `w${n}` } };
  const { status, text, json } = await untilAnswered((attempt) => consoles.of(n + attempt).api.post(INTERCEPT, request, { as: workspace }));
  expect([status, text]).toEqual([200, expect.any(String)]);
  return json as InterceptResponse;
}

/** Every reservation is that of a run which was allowed and has not ended, and the other way round. */
async function unexplained(workspaceId: string): Promise<number> {
  const [row] = await getDb().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM action_runs run CROSS JOIN budgets b
    LEFT JOIN budget_entries e ON e.run_id = run.id AND e.budget_id = b.id
    WHERE run.workspace_id = ${workspaceId}::uuid AND b.workspace_id = run.workspace_id
      AND e.state IS DISTINCT FROM CASE WHEN run.governance_status = 'blocked' THEN 'not_counted'
        WHEN run.execution_status = 'executed' THEN 'kept' WHEN run.execution_status = 'failed' THEN 'given_back' ELSE 'reserved' END`;
  return row?.count ?? -1;
}

describe("budgets are exact over two processes", () => {
  it("with 100 proposals at once and room for 10, exactly 10 pass", TIMEOUT, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { workspace, budgets } = await makeRound(LEFT);
      const responses = await atOnce(PROPOSALS, (n) => propose(workspace, n));
      expect(tally(responses.map(({ governance_reason: reason }) => reason))).toEqual({
        policy_always_allow: LEFT,
        budget_exceeded_blocked: PROPOSALS - LEFT,
      });
      for (const id of budgets) expect(await budgetSums(id)).toEqual({ used: `${LEFT}`, entries: `${LEFT}` });
    }
    printFigures("Edge of a budget", { rounds: ROUNDS, "proposals at once": PROPOSALS, allowed: LEFT });
  });

  it("kill -9 of a process in the middle: every reservation is that of a run, and no limit is passed", TIMEOUT, async () => {
    const seen: string[] = [];
    for (let kill = 0; kill < KILLS; kill++) {
      const { workspace, budgets } = await makeRound(LEFT);
      const killed = sleep(Math.random() * JITTER_MS).then(() => consoles.of(kill).restart("SIGKILL"));
      const responses = await atOnce(PROPOSALS / 2, async (n) => {
        const response = await propose(workspace, n);
        // Every other one fails, and its part can be used by those behind it.
        if (response.claim != null) await report(workspace, response, n % 2 === 0 ? "executed" : "failed", n);
        return response;
      });
      await killed;
      seen.push(...responses.map(({ governance_status: status }) => status));
      expect(await unexplained(workspace.workspaceId)).toBe(0);
      for (const id of budgets) {
        const { used, entries } = await budgetSums(id);
        expect(used).toBe(entries);
        expect(Number(used)).toBeLessThanOrEqual(LEFT);
      }
    }
    printFigures("Budgets and kill -9", { kills: KILLS, ...tally(seen) });
  });
});

const REPORTS = { executed: {}, failed: { execution_error: "The bank said no." } };

async function report(
  workspace: TestWorkspace,
  { action_run_id: runId, claim }: InterceptResponse,
  outcome: keyof typeof REPORTS,
  n: number,
): Promise<void> {
  const body = { ...REPORTS[outcome], claim_token: claim?.token };
  const { status, text } = await untilAnswered((attempt) =>
    consoles.of(n + attempt).api.post(runPath(runId, `report-${outcome}`), body, { as: workspace }),
  );
  expect([status, text]).toEqual([200, expect.any(String)]);
}
