import { createHash, createHmac } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { reportResponseSchema } from "@/lib/contract/report";
import { getDb } from "@/lib/db/client";
import { atOnce, claimOk, endLease, expectOk, makeRun, makeWorkspace, report, type TestWorkspace, tally } from "@/lib/testing/factories";
import { tableContents } from "@/lib/testing/table-contents";
import { untilAvailable } from "@/lib/testing/until-available";
import type { ExecutionReport } from "./report-execution";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
});

const EXECUTED: Partial<ExecutionReport> = { outcome: "executed", result: { sent: 1, to: "a" } };
const FAILED: Partial<ExecutionReport> = { outcome: "failed", error: "No route.", result: { tries: 3 } };
const allowed = () => makeRun(workspace, "always_allow");

describe("reportExecution", () => {
  test.each([
    ["executed, claimed", EXECUTED, true],
    ["failed, claimed", FAILED, true],
    ["executed, never claimed", EXECUTED, false],
    ["failed, never claimed", FAILED, false],
    ["executed, with nothing to tell", { outcome: "executed" as const }, false],
  ])("%s: the run and its execution receipt", async (_, said, isClaimed) => {
    const runId = await allowed();
    const claimToken = isClaimed ? await claimOk(workspace, runId) : null;
    const { answer } = expectOk(await report(workspace, runId, { ...said, claimToken }));
    expect(reportResponseSchema.parse(answer)).toEqual(answer);
    const run = await getDb().actionRun.findUniqueOrThrow({ where: { id: runId } });
    const { outcome = "executed", result = null, error = null } = said;
    const resultText = result && JSON.stringify(result);
    expect(run).toMatchObject({ executionStatus: outcome, executionResultText: resultText, executionError: error });
    expect(answer).toEqual({
      action_run_id: runId,
      execution_status: outcome,
      execution_error: error,
      execution_reported_at: run.executionReportedAt?.toISOString(),
      idempotent_replay: false,
    });
    const receipt = await getDb().receipt.findFirstOrThrow({ where: { runId, kind: "execution" } });
    const seal = (text: string | null) =>
      text &&
      createHmac("sha256", run.payloadSalt ?? "")
        .update(text)
        .digest("hex");
    const body = JSON.stringify({
      action: run.actionName,
      error_commitment: seal(error),
      execution_status: outcome,
      kind: "execution",
      note: "as reported by the app",
      receipt_id: receipt.id,
      reported_at: answer.execution_reported_at,
      result_commitment: seal(resultText),
      run_id: runId,
      v: 1,
      worker: isClaimed ? "worker-1" : null,
      workspace_id: workspace.workspaceId,
    });
    expect(receipt).toMatchObject({ body, createdAt: run.executionReportedAt });
    expect(Buffer.from(receipt.leafHash)).toEqual(createHash("sha256").update(`\0${body}`).digest());
  });

  test("the same report again is a replay and writes nothing; a different one is a conflict", async () => {
    const runId = await allowed();
    const token = await claimOk(workspace, runId);
    const { answer } = expectOk(await report(workspace, runId, { ...EXECUTED, claimToken: token }));
    const before = await tableContents();
    const replays: Partial<ExecutionReport>[] = [{}, { claimToken: token }, { result: { to: "a", sent: 1.0 } }];
    for (const again of replays) {
      expect(await report(workspace, runId, { ...EXECUTED, ...again })).toMatchObject({
        ok: true,
        answer: { ...answer, idempotent_replay: true },
      });
    }
    const conflicts: Partial<ExecutionReport>[] = [
      { result: { sent: 2, to: "a" } },
      { result: null },
      { outcome: "failed", error: "No." },
      { error: "" },
    ];
    for (const other of conflicts) {
      expect(await report(workspace, runId, { ...EXECUTED, ...other })).toMatchObject({ code: "report_conflict" });
    }
    expect(await tableContents()).toEqual(before);
  });

  test.each(["always_require_approval", "always_block"] as const)("nothing to report on a run of %s", async (type) => {
    const runId = await makeRun(workspace, type);
    expect(await report(workspace, runId)).toMatchObject({ code: "not_reportable" });
    expect(await getDb().receipt.count({ where: { runId, kind: "execution" } })).toBe(0);
  });

  test("no run, no report", async () => {
    expect(await report(workspace, "01a1f3af-8f9a-7948-ba8d-e1f33f0601ae")).toMatchObject({ code: "run_not_found" });
  });

  test("a token that never was a claim's does not report an unclaimed run", async () => {
    const runId = await allowed();
    expect(await report(workspace, runId, { claimToken: "made up" })).toMatchObject({ code: "not_claimed" });
    expectOk(await report(workspace, runId));
  });

  test("the holder reports also when the lease ran out; nobody else does", async () => {
    const runId = await allowed();
    const token = await claimOk(workspace, runId);
    await endLease(runId);
    expect(await report(workspace, runId)).toMatchObject({ code: "claim_token_mismatch" });
    expectOk(await report(workspace, runId, { claimToken: token }));
  });

  test("40 different reports at once: one outcome, one receipt", async () => {
    for (let round = 0; round < 5; round++) {
      const runId = await allowed();
      const outcomes = await atOnce(40, (i) =>
        untilAvailable(() => report(workspace, runId, i % 2 ? { ...EXECUTED, result: { i: i % 4 } } : { ...FAILED, error: `${i % 4}` })),
      );
      const counts = tally(
        outcomes.map((outcome) => (outcome.ok ? (outcome.answer.idempotent_replay ? "replay" : "recorded") : outcome.code)),
      );
      expect(counts).toEqual({ recorded: 1, replay: 9, report_conflict: 30 });
      expect(await getDb().receipt.count({ where: { runId, kind: "execution" } })).toBe(1);
    }
  });
});
