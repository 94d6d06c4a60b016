import { beforeAll, describe, expect, test } from "vitest";
import { eraseRun } from "@/lib/action-runs/erase-run";
import { getRunStatus } from "@/lib/action-runs/status/get-run-status";
import { decideRun } from "@/lib/approvals/decide-run";
import { visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { readDecisionBody } from "@/lib/domain/log/read-receipt-body";
import { firstAttempt, HAPPENED } from "@/lib/testing/attempts";
import { expectOk, makeAction, makeWorkspace, propose, proposeOk, type TestWorkspace } from "@/lib/testing/factories";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "asked" });
  await makeAction(workspace, { name: "allowed", policy: { type: "always_allow" } });
  await makeAction(workspace, { name: "refused", policy: { type: "always_block" } });
});

const readRun = (id: string) => getDb().actionRun.findUniqueOrThrow({ where: { id } });
const statusOf = async (runId: string) => expectOk(await getRunStatus(visitorContext(), workspace.credentials, runId)).answer;

describe("asking again", () => {
  test.each([
    ["expired", "asked"],
    ["rejected", "asked"],
    ["blocked by a person", "asked"],
    ["withdrawn", "asked"],
    ["withdrawn after an approval", "asked"],
    ["revoked", "asked"],
    ["lapsed", "asked"],
    ["failed after an approval", "asked"],
    ["failed", "allowed"],
  ] as const)("after a run that is %s makes a run of its own", async (happened, action) => {
    const { request, runId, again } = await firstAttempt(workspace, action, happened);
    const replay = await proposeOk(workspace, request);
    expect(replay).toMatchObject({ action_run_id: runId, idempotent_replay: true, executable: false });
    expect(replay.ask_again_at).toBe((await statusOf(runId)).ask_again_at);
    const ended = await readRun(runId);
    expect(replay.ask_again_at).toBe((ended.executionReportedAt ?? ended.decidedAt)?.toISOString());

    const anew = await proposeOk(workspace, again);
    expect(anew).toMatchObject({ idempotent_replay: false, previous_run_id: runId, ask_again_at: null });
    expect(anew.action_run_id).not.toBe(runId);
    expect(await readRun(anew.action_run_id)).toMatchObject({ attempt: 2, previousRunId: runId, idempotencyKey: request.idempotency_key });
    expect(await statusOf(anew.action_run_id)).toMatchObject({ previous_run_id: runId, ask_again_at: null });
    // The earlier run stays as it was, and its key's answer is now the new one.
    expect(await statusOf(runId)).toMatchObject({ previous_run_id: null, ask_again_at: null, governance_status: ended.governanceStatus });
    expect(await proposeOk(workspace, request)).toMatchObject({ action_run_id: anew.action_run_id, idempotent_replay: true });
  });

  test.each([
    ["nothing", "asked"],
    ["approved", "asked"],
    ["nothing", "allowed"],
    ["claimed", "allowed"],
    ["in doubt", "allowed"],
    ["executed", "allowed"],
    ["executed after an approval", "asked"],
    ["lapsed, but not recorded as lapsed", "asked"],
    ["nothing", "refused"],
  ] as const)("when %s happened to a run that is %s, is an ordinary replay", async (happened, action) => {
    const { runId, again } = await firstAttempt(workspace, action, happened);
    expect(await proposeOk(workspace, again)).toMatchObject({ action_run_id: runId, idempotent_replay: true, previous_run_id: null });
    expect(await getDb().actionRun.count({ where: { idempotencyKey: again.idempotency_key } })).toBe(1);
    if (action !== "refused")
      expect(await propose(workspace, { ...again, payload: { amount: 1 } })).toMatchObject({ code: "idempotency_conflict" });
  });

  test("may correct the payload; without it the other payload is a conflict that says how", async () => {
    const { request, runId, again } = await firstAttempt(workspace, "asked", "rejected");
    const corrected = { ...request, payload: { amount: 1480 } };
    expect(await propose(workspace, corrected)).toMatchObject({
      code: "idempotency_conflict",
      detail: expect.stringContaining("Send ask_again") as string,
      fields: { action_run_id: runId },
    });
    const anew = await proposeOk(workspace, { ...again, payload: { amount: 1480 } });
    expect(anew.previous_run_id).toBe(runId);
    expect(await proposeOk(workspace, corrected)).toMatchObject({ action_run_id: anew.action_run_id, idempotent_replay: true });
    expect(await propose(workspace, request)).toMatchObject({
      code: "idempotency_conflict",
      fields: { action_run_id: anew.action_run_id },
    });
  });

  test("with a key that was never used, or without a key, proposes as usual", async () => {
    for (const key of ["first of its kind", null]) {
      const request = { action: "asked", payload: {}, ask_again: true, idempotency_key: key };
      expect(await proposeOk(workspace, request)).toMatchObject({ idempotent_replay: false, previous_run_id: null });
    }
  });

  test("a blocked run can be asked again once its policy would answer otherwise", async () => {
    const { runId, again } = await firstAttempt(workspace, "not_registered_yet", "nothing");
    expect(await proposeOk(workspace, again)).toMatchObject({ action_run_id: runId, governance_reason: "unknown_action" });
    await makeAction(workspace, { name: "not_registered_yet", policy: { type: "always_allow" } });
    expect(await proposeOk(workspace, again)).toMatchObject({ executable: true, previous_run_id: runId });
  });

  test("receipts name the earlier run, of a policy's answer and of a person's", async () => {
    for (const [action, happened] of [
      ["allowed", "failed"],
      ["asked", "rejected"],
    ] as const) {
      const { runId, again } = await firstAttempt(workspace, action, happened);
      const anew = await proposeOk(workspace, again);
      if (action === "asked") await HAPPENED.approved(workspace, anew.action_run_id);
      const { body } = await getDb().receipt.findFirstOrThrow({ where: { runId: anew.action_run_id, kind: "decision" } });
      expect(readDecisionBody(body)?.previous_run_id).toBe(runId);
      expect((await statusOf(anew.action_run_id)).receipt?.previous_run_id).toBe(runId);
      const earlier = await getDb().receipt.findFirstOrThrow({ where: { runId, kind: "decision" } });
      expect(earlier.body).not.toContain("previous_run_id");
    }
  });

  test("goes on as often as the last run is over, and each run but the last stays over", async () => {
    const { request, runId, again } = await firstAttempt(workspace, "asked", "rejected");
    const ids = [runId];
    for (const happened of ["expired", "withdrawn", "blocked by a person"] as const) {
      const anew = await proposeOk(workspace, again);
      expect(anew.previous_run_id).toBe(ids.at(-1));
      await HAPPENED[happened](workspace, anew.action_run_id);
      ids.push(anew.action_run_id);
    }
    const runs = await getDb().actionRun.findMany({ where: { idempotencyKey: request.idempotency_key }, orderBy: { attempt: "asc" } });
    expect(runs.map(({ id, attempt }) => [id, attempt])).toEqual(ids.map((id, index) => [id, index + 1]));
  });

  test("erasing one attempt leaves the others", async () => {
    const { runId, again } = await firstAttempt(workspace, "asked", "rejected");
    const anew = await proposeOk(workspace, again);
    expectOk(await eraseRun(workspace.ctx, { runId, reason: "Asked to.", erasedBy: workspace.ownerEmail }));
    expect((await readRun(anew.action_run_id)).payloadText).toBe('{"amount":1840}');
    expect(await proposeOk(workspace, again)).toMatchObject({ action_run_id: anew.action_run_id, idempotent_replay: true });
  });

  test("a claim in the same request is of the new run", async () => {
    const { again } = await firstAttempt(workspace, "allowed", "failed");
    const anew = await proposeOk(workspace, { ...again, claim: { worker: "w1", lease_seconds: 30 } });
    expect(anew).toMatchObject({ executable: true, claim: { token: expect.any(String) as string } });
    expect(await readRun(anew.action_run_id)).toMatchObject({ claimWorker: "w1", attempt: 2 });
  });

  test("that finds no quota left is refused, and can be made later", async () => {
    const poor = await makeWorkspace({ limits: { runsPerMonth: 1 } });
    await makeAction(poor, { name: "asked" });
    const request = { action: "asked", payload: {}, idempotency_key: "k", ask_again: true };
    const { action_run_id: runId } = await proposeOk(poor, request);
    expectOk(await decideRun(poor.ctx, { runId, decision: "reject", comment: null }));
    expect(await propose(poor, request)).toMatchObject({ ok: false, code: "monthly_run_limit" });
    expect(await getDb().actionRun.count({ where: { workspaceId: poor.workspaceId } })).toBe(1);
  });
});
