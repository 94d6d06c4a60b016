import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { InterceptResponse } from "@/lib/contract/intercept";
import { disconnectDb, getDb } from "@/lib/db/client";
import { revokeGrant } from "@/lib/grants/revoke-grant";
import { INTERCEPT } from "@/lib/testing/api-suite/api-client";
import { atOnce, expectOk, makeAction, makeWorkspace, type TestWorkspace, tally } from "@/lib/testing/factories";
import { GRANTED_PAYLOAD, giveGrant, grantSums } from "@/lib/testing/grants";
import { printFigures } from "@/lib/testing/guarantees/print-figures";
import { proofSize } from "@/lib/testing/guarantees/proof-size";
import { type Consoles, startConsoles } from "@/lib/testing/guarantees/start-consoles";
import { untilAnswered } from "@/lib/testing/guarantees/until-answered";

const ROUNDS = proofSize(2, 50);
const KILLS = proofSize(2, 50);
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

async function makeRound(): Promise<{ workspace: TestWorkspace; grantId: string }> {
  const workspace = await makeWorkspace();
  await makeAction(workspace, { name: "pay" });
  return { workspace, grantId: await giveGrant(workspace, { action: "pay", maxUses: LEFT, total: "100000" }) };
}

/** Retries with another process while one is away. */
async function propose(workspace: TestWorkspace, n: number): Promise<InterceptResponse> {
  const request = { action: "pay", payload: { ...GRANTED_PAYLOAD, n }, idempotency_key: `k-${n}` };
  const { status, text, json } = await untilAnswered((attempt) => consoles.of(n + attempt).api.post(INTERCEPT, request, { as: workspace }));
  expect([status, text]).toEqual([200, expect.any(String)]);
  return json as InterceptResponse;
}

/** Every use is that of a run that the grant allowed, with its receipt, and the other way round. */
async function unexplained(workspaceId: string): Promise<number> {
  const [row] = await getDb().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM action_runs run
    LEFT JOIN grant_uses u ON u.run_id = run.id
    LEFT JOIN receipts receipt ON receipt.run_id = run.id AND receipt.kind = 'decision'
    WHERE run.workspace_id = ${workspaceId}::uuid AND (
      (u.run_id IS NULL) = (run.governance_reason = 'standing_grant')
      OR u.run_id IS NOT NULL AND receipt.body::jsonb->'grant'->>'uses_before' IS DISTINCT FROM u.uses_before::text)`;
  return row?.count ?? -1;
}

describe("grants are exact over two processes", () => {
  it("with 100 proposals at once and 10 uses left, exactly 10 are allowed", TIMEOUT, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { workspace, grantId } = await makeRound();
      const responses = await atOnce(PROPOSALS, (n) => propose(workspace, n));
      expect(tally(responses.map(({ governance_reason: reason }) => reason))).toEqual({
        standing_grant: LEFT,
        policy_requires_approval: PROPOSALS - LEFT,
      });
      expect(await grantSums(grantId)).toEqual({ uses: LEFT, used: `${LEFT * 120}`, runs: LEFT });
      expect(await unexplained(workspace.workspaceId)).toBe(0);
    }
    printFigures("Edge of a grant", { rounds: ROUNDS, "proposals at once": PROPOSALS, allowed: LEFT });
  });

  it("a revocation holds from its commit on", TIMEOUT, async () => {
    const seen: string[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const { workspace, grantId } = await makeRound();
      const during = atOnce(PROPOSALS / 5, (n) => propose(workspace, n));
      expectOk(await revokeGrant(workspace.ctx, { grantId, channel: "console" }));
      const after = await atOnce(PROPOSALS / 5, (n) => propose(workspace, PROPOSALS + n));
      expect(tally(after.map(({ governance_status: status }) => status))).toEqual({ pending_approval: PROPOSALS / 5 });
      seen.push(...(await during).map(({ governance_status: status }) => status));
      expect(await unexplained(workspace.workspaceId)).toBe(0);
    }
    printFigures("Revocation of a grant", { rounds: ROUNDS, ...tally(seen) });
  });

  it("kill -9 of a process in the middle: every use is that of a run, and no more than 10", TIMEOUT, async () => {
    const seen: string[] = [];
    for (let kill = 0; kill < KILLS; kill++) {
      const { workspace, grantId } = await makeRound();
      const killed = sleep(Math.random() * JITTER_MS).then(() => consoles.of(kill).restart("SIGKILL"));
      const responses = await atOnce(PROPOSALS / 2, (n) => propose(workspace, n));
      await killed;
      seen.push(...responses.map(({ governance_status: status }) => status));
      expect(await unexplained(workspace.workspaceId)).toBe(0);
      // Every proposal was retried until it was answered, so all that the grant allows was used.
      expect(await grantSums(grantId)).toMatchObject({ uses: LEFT, runs: LEFT });
    }
    printFigures("Grants and kill -9", { kills: KILLS, ...tally(seen) });
  });
});
