import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ClaimResponse } from "@/lib/contract/claim";
import type { InterceptResponse } from "@/lib/contract/intercept";
import type { ReportResponse } from "@/lib/contract/report";
import { disconnectDb, getDb } from "@/lib/db/client";
import { type Answer, INTERCEPT, problemOf, runPath } from "@/lib/testing/api-suite/api-client";
import { atOnce, claimOk, endLease, makeAction, makeWorkspace, proposeOk, type TestWorkspace, tally } from "@/lib/testing/factories";
import { printFigures } from "@/lib/testing/guarantees/print-figures";
import { proofSize } from "@/lib/testing/guarantees/proof-size";
import { type Consoles, startConsoles } from "@/lib/testing/guarantees/start-consoles";
import { type SeenStatuses, untilAnswered } from "@/lib/testing/guarantees/until-answered";

const WORKERS = 16;
const RUNS = proofSize(50, 1000);

let consoles: Consoles;
let workspace: TestWorkspace;

beforeAll(async () => {
  consoles = await startConsoles(2, { env: { DAAI_WORKER: "off" } });
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "export_report", policy: { type: "always_allow" } });
});

afterAll(async () => {
  await consoles?.stop();
  await disconnectDb();
});

describe("one executor", () => {
  it("claims a run, whoever asks at once on two processes", { timeout: proofSize(120_000, 1_800_000) }, async () => {
    const refusals: string[] = [];
    const executed: string[] = [];
    while (executed.length < RUNS) {
      const runId = await allowedRun();
      const stale = await raceToClaim(runId, refusals);
      if (stale === null) continue;
      expect((await post(0, runId, "claim/release", { claim_token: stale })).status).toBe(200);
      const token = await raceToClaim(runId, refusals);
      if (token === null) continue;

      // What the first holder still has opens nothing.
      for (const rest of ["claim/renew", "claim/release", "report-executed"]) {
        expect(problemOf(await post(1, runId, rest, { claim_token: stale }))).toEqual([409, "claim_token_mismatch"]);
      }
      expect(problemOf(await post(1, runId, "report-executed", {}))).toEqual([409, "claim_token_mismatch"]);

      const report = { claim_token: token, execution_result: { n: executed.length } };
      const reports = await atOnce(WORKERS, (worker) => post(worker, runId, "report-executed", report));
      expect(tally(reports.map(({ status }) => String(status)))).toEqual({ 200: WORKERS });
      expect(reports.filter(({ json }) => !(json as ReportResponse).idempotent_replay).length).toBeLessThanOrEqual(1);
      expect(problemOf(await post(0, runId, "claim", { worker: "late" }))).toEqual([409, "already_reported"]);
      executed.push(runId);
    }
    expect(await getDb().receipt.count({ where: { runId: { in: executed }, kind: "execution" } })).toBe(RUNS);
    const { already_claimed: refused = 0, database_unavailable: unavailable = 0, ...rest } = tally(refusals);
    expect(rest).toEqual({});
    printFigures("One executor", {
      runs: RUNS,
      "claims each": 2 * WORKERS,
      "live claims at a time": 1,
      "claims refused": refused,
      "answers 503": unavailable,
    });
  });

  it("is told to execute, of all who propose with one key and a claim", async () => {
    for (let round = 0; round < proofSize(10, 100); round++) {
      const request = { action: "export_report", payload: {}, idempotency_key: `claimed-${round}`, claim: { worker: "w" } };
      const seen: SeenStatuses = {};
      const answers = await atOnce(WORKERS, async (n) => {
        const { json } = await untilAnswered(() => consoles.of(n).api.post(INTERCEPT, request, { as: workspace }), seen);
        return json as InterceptResponse;
      });
      const told = answers.filter(({ executable }) => executable);
      // The one who had the claim may have been told 503, if anyone was.
      expect(told.length).toBe(seen[503] ? Math.min(told.length, 1) : 1);
      expect(answers.filter(({ claim }) => claim !== null)).toEqual(told);
    }
  });

  it("is nobody when the lease ran out: the run is in doubt", async () => {
    const runId = await allowedRun();
    const token = await claimOk(workspace, runId);
    await endLease(runId);
    const answers = await atOnce(WORKERS, (worker) => post(worker, runId, "claim", { worker: `w${worker}` }));
    expect(tally(answers.map((answer) => problemOf(answer).join()))).toEqual({ "409,already_claimed": WORKERS });
    const { json } = await consoles.of(1).api.get(runPath(runId, "status"), { as: workspace });
    expect(json).toMatchObject({ executable: false, in_doubt: true });
    expect((await post(1, runId, "report-failed", { claim_token: token, execution_error: "too late, but told" })).status).toBe(200);
  });
});

async function allowedRun(): Promise<string> {
  return (await proposeOk(workspace, { action: "export_report", payload: {} })).action_run_id;
}

/** All workers at once. The winner's token; null when a machine that is too busy has told the winner 503. */
async function raceToClaim(runId: string, refusals: string[]): Promise<string | null> {
  const ask = (worker: number) => consoles.of(worker).api.post(runPath(runId, "claim"), { worker: `w${worker}` }, { as: workspace });
  const answers = await atOnce(WORKERS, ask);
  const [won, ...alsoWon] = answers.filter(({ status }) => status === 200);
  expect(alsoWon).toEqual([]);
  const codes = answers.filter(({ status }) => status !== 200).map((answer) => problemOf(answer)[1] ?? String(answer.status));
  refusals.push(...codes);
  if (!won) expect(codes).toContain("database_unavailable");
  return won ? (won.json as ClaimResponse).claim.token : null;
}

/** Only for what may be asked for twice. */
function post(n: number, runId: string, rest: string, body: object): Promise<Answer> {
  return untilAnswered(() => consoles.of(n).api.post(runPath(runId, rest), body, { as: workspace }));
}
