import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { disconnectDb, getDb } from "@/lib/db/client";
import { startFreeze } from "@/lib/freezes/start-freeze";
import { thaw } from "@/lib/freezes/thaw";
import { type Answer, runPath } from "@/lib/testing/api-suite/api-client";
import { expectOk, makeAction, makeWorkspace, proposeOk, type TestWorkspace, tally } from "@/lib/testing/factories";
import { printFigures } from "@/lib/testing/guarantees/print-figures";
import { proofSize } from "@/lib/testing/guarantees/proof-size";
import { type Consoles, startConsoles } from "@/lib/testing/guarantees/start-consoles";
import { untilAnswered } from "@/lib/testing/guarantees/until-answered";

const ROUNDS = proofSize(20, 1000);
const KILLS = proofSize(2, 20);
const TIMEOUT = { timeout: proofSize(120_000, 1_800_000) };
/** From round to round the freeze is ahead of the claims by more round trips, or behind them. */
const MAX_BEHIND = 6;

let consoles: Consoles;
let workspace: TestWorkspace;
beforeAll(async () => {
  consoles = await startConsoles(2, { env: { DAAI_WORKER: "off", DAAI_PLAN: "unlimited" } });
  workspace = await makeWorkspace();
});
afterAll(async () => {
  await consoles?.stop();
  await disconnectDb();
});

const wordOf = ({ status, json }: Answer) => (status === 200 ? "ok" : (json as { code: string }).code);

/** Each round has an action of its own, so that its claims can be counted. */
async function makeRound(name: string): Promise<string[]> {
  await makeAction(workspace, { name, policy: { type: "always_allow" } });
  const runs = [];
  for (let made = 0; made < 3; made++) runs.push((await proposeOk(workspace, { action: name, payload: { made } })).action_run_id);
  return runs;
}

function claim(turn: number, runId: string): Promise<Answer> {
  return untilAnswered(() => consoles.of(turn).api.post(runPath(runId, "claim"), { worker: `w${turn}` }, { as: workspace }));
}

/** A proposal that would be allowed, and claimed with it. */
function proposeAndClaim(turn: number, action: string): Promise<Answer> {
  const body = { action, payload: { late: turn }, idempotency_key: `late-${turn}`, claim: { worker: `w${turn}` } };
  return untilAnswered(() => consoles.of(turn).api.post("/api/v1/sdk/intercept", body, { as: workspace }));
}

async function freezeLater(action: string, trips: number) {
  // Only to pass the time: a process that is killed meanwhile answers nothing.
  for (let trip = 0; trip < trips; trip++)
    await consoles
      .of(trip)
      .api.get("/api/health")
      .catch(() => null);
  return expectOk(
    await startFreeze(workspace.ctx, { actionName: action, apiKeyId: null, reason: "The race is over", channel: "admin_cli" }),
  );
}

/** Nothing was handed out, and nothing allowed, after the freeze had committed: it counted every claim that there is. */
async function expectExact(action: string, { claims, frozenAt }: { claims: number; frozenAt: Date }): Promise<void> {
  const runs = await getDb().actionRun.findMany({ where: { workspaceId: workspace.workspaceId, actionName: action } });
  const claimed = runs.filter(({ claimTokenHash }) => claimTokenHash !== null);
  expect(claimed).toHaveLength(claims);
  for (const { claimedAt } of claimed) expect(claimedAt?.getTime()).toBeLessThanOrEqual(frozenAt.getTime());
  for (const run of runs) {
    if (run.governanceStatus === "allowed") expect(run.createdAt.getTime()).toBeLessThanOrEqual(frozenAt.getTime());
    else expect([run.governanceStatus, run.governanceReason]).toEqual(["blocked", "frozen"]);
  }
}

describe("a freeze against claims and proposals at the same moment", () => {
  it(
    "after its commit nothing is handed out and nothing is allowed; what was not handed out can be claimed after the thaw",
    TIMEOUT,
    async () => {
      const seen: string[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const action = `race_${round}`;
        const runs = await makeRound(action);
        const [frozen, late, lateToo, ...claims] = await Promise.all([
          freezeLater(action, round % MAX_BEHIND),
          proposeAndClaim(0, action),
          proposeAndClaim(1, action),
          ...runs.map((runId, turn) => claim(turn, runId)),
        ]);
        await expectExact(action, frozen);
        const words = claims.map(wordOf);
        expect(words.every((word) => word === "ok" || word === "frozen")).toBe(true);
        expect([late, lateToo].map(wordOf)).toEqual(["ok", "ok"]);
        seen.push(...words, ...[late, lateToo].map(({ json }) => (json as { governance_status: string }).governance_status));
        expectOk(await thaw(workspace.ctx, { freezeId: frozen.freezeId, comment: null, channel: "admin_cli" }));
        for (const [turn, runId] of runs.entries()) {
          if (words[turn] === "frozen") expect(wordOf(await claim(turn, runId))).toBe("ok");
        }
      }
      printFigures("Freeze against claims", { rounds: ROUNDS, ...tally(seen) });
    },
  );

  it("kill -9 of a process in the middle: the freeze commits all the same, and is as exact", TIMEOUT, async () => {
    for (let kill = 0; kill < KILLS; kill++) {
      const action = `killed_${kill}`;
      const runs = await makeRound(action);
      const [frozen] = await Promise.all([
        freezeLater(action, kill % MAX_BEHIND),
        ...runs.map((runId, turn) => claim(turn, runId)),
        proposeAndClaim(0, action),
        consoles.of(0).restart("SIGKILL"),
      ]);
      await expectExact(action, frozen);
      expect(wordOf(await claim(0, runs[0] ?? ""))).toMatch(/^(frozen|already_claimed)$/);
      expectOk(await thaw(workspace.ctx, { freezeId: frozen.freezeId, comment: null, channel: "admin_cli" }));
    }
  });
});
