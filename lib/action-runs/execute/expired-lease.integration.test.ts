import { beforeAll, describe, expect, test } from "vitest";
import { getRunStatus } from "@/lib/action-runs/status/get-run-status";
import { visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import {
  atOnce,
  claim,
  claimOk,
  endLease,
  expectOk,
  makeAction,
  makeRun,
  makeWorkspace,
  proposeOk,
  report,
  type TestWorkspace,
  tally,
} from "@/lib/testing/factories";
import { untilAvailable } from "@/lib/testing/until-available";
import type { Settlement } from "./schema";
import { settleRun } from "./settle-run";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "pay", policy: { type: "always_allow" } });
});

const allowed = async () => (await proposeOk(workspace, { action: "pay", payload: { amount: 5 } })).action_run_id;
const settle = (runId: string, settlement: Settlement) => settleRun(workspace.ctx, { runId, settlement, settledBy: workspace.ownerEmail });
const status = async (runId: string) => expectOk(await getRunStatus(visitorContext(), workspace.credentials, runId)).answer;

describe("a lease that ran out", () => {
  test("leaves the run in doubt: it is handed out to nobody, however many ask", async () => {
    const runId = await allowed();
    const token = await claimOk(workspace, runId);
    await endLease(runId);
    const outcomes = await atOnce(20, () => untilAvailable(() => claim(workspace, runId)));
    expect(tally(outcomes.map((outcome) => (outcome.ok ? "ok" : outcome.code)))).toEqual({ already_claimed: 20 });
    expect(await status(runId)).toMatchObject({ executable: false, claimed: true, in_doubt: true });
    expectOk(await report(workspace, runId, { claimToken: token }));
  });

  test("of an action whose executor is idempotent, it is handed out again, once", async () => {
    const runId = await makeRun(workspace, "always_allow", { autoReleasesClaims: true });
    const first = await claimOk(workspace, runId);
    expect(await claim(workspace, runId)).toMatchObject({ code: "already_claimed" });
    await endLease(runId);
    expect(await status(runId)).toMatchObject({ executable: true, claimed: false, in_doubt: false });
    const outcomes = await atOnce(20, () => untilAvailable(() => claim(workspace, runId)));
    expect(tally(outcomes.map((outcome) => (outcome.ok ? "ok" : outcome.code)))).toEqual({ ok: 1, already_claimed: 19 });
    expect(await report(workspace, runId, { claimToken: first })).toMatchObject({ code: "claim_token_mismatch" });
  });

  test.each<[Settlement, object, object]>([
    [
      "executed",
      { execution_status: "executed", executable: false, execution_error: null },
      { kind: "execution", execution_status: "executed", worker: "worker-1" },
    ],
    ["failed", { execution_status: "failed", executable: false }, { kind: "execution", execution_status: "failed", worker: "worker-1" }],
    ["released", { execution_status: "awaiting_execution_report", executable: true, claimed: false, in_doubt: false }, {}],
  ])("is settled by a person: %s", async (settlement, expected, receipt) => {
    const runId = await allowed();
    expect(await settle(runId, settlement)).toMatchObject({ code: "not_claimed" });
    const token = await claimOk(workspace, runId);
    expect(await settle(runId, settlement)).toMatchObject({ code: "not_claimed" });
    await endLease(runId);
    const settled = await atOnce(8, () => untilAvailable(() => settle(runId, settlement)));
    expect(settled.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await status(runId)).toMatchObject(expected);
    const receipts = await getDb().receipt.findMany({ where: { runId, kind: "execution" } });
    expect(receipts.map(({ body }) => JSON.parse(body) as object)).toEqual(
      settlement === "released" ? [] : [expect.objectContaining(receipt)],
    );
    expect(await report(workspace, runId, { claimToken: token, result: { late: true } })).toMatchObject({
      code: settlement === "released" ? "not_claimed" : "report_conflict",
    });
  });
});
