import { beforeAll, describe, expect, test } from "vitest";
import { releaseClaim } from "@/lib/action-runs/execute/release-claim";
import { settleRun } from "@/lib/action-runs/execute/settle-run";
import { decideRun } from "@/lib/approvals/decide-run";
import { interceptResponseSchema } from "@/lib/contract/intercept";
import { getDb } from "@/lib/db/client";
import type { Decision } from "@/lib/domain/runs/statuses";
import {
  asSdk,
  atOnce,
  claim,
  claimOk,
  endLease,
  expectOk,
  makeAction,
  makeWorkspace,
  proposeOk,
  report,
  type TestWorkspace,
  tally,
} from "@/lib/testing/factories";
import { untilAvailable } from "@/lib/testing/until-available";

const CLAIM = { worker: "w1", lease_seconds: 30 };

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "allowed", policy: { type: "always_allow" } });
  await makeAction(workspace, { name: "repeatable", policy: { type: "always_allow" }, autoReleasesClaims: true });
  await makeAction(workspace, { name: "asked" });
  await makeAction(workspace, { name: "refused", policy: { type: "always_block" } });
});

let keys = 0;
/** A run and the same request again. */
async function proposeTwice(action: string, between: (runId: string) => Promise<unknown>, extra: { claim?: typeof CLAIM } = {}) {
  const request = { action, payload: { n: 1 }, idempotency_key: `k${++keys}` };
  const first = await proposeOk(workspace, request);
  await between(first.action_run_id);
  const again = await proposeOk(workspace, { ...request, ...extra });
  expect(interceptResponseSchema.parse(again)).toEqual(again);
  expect(again).toMatchObject({ action_run_id: first.action_run_id, idempotent_replay: true });
  return again;
}

const decide = (decision: Decision) => (runId: string) => decideRun(workspace.ctx, { runId, decision, comment: "Fine." }).then(expectOk);
const release = async (runId: string) => {
  const claimToken = await claimOk(workspace, runId);
  expectOk(await asSdk(workspace, (ctx) => releaseClaim(ctx, { runId, claimToken })));
};
const letLeaseEnd = async (runId: string) => {
  await claimOk(workspace, runId);
  await endLease(runId);
};
const nothing = () => Promise.resolve();

describe("a replay shows the run's present state", () => {
  test.each<[string, string, (runId: string) => Promise<unknown>, string, string, boolean]>([
    ["untouched", "allowed", nothing, "allowed", "awaiting_execution_report", true],
    ["blocked", "refused", nothing, "blocked", "not_executed", false],
    ["pending", "asked", nothing, "pending_approval", "not_executed", false],
    ["approved", "asked", decide("approve"), "approved", "awaiting_execution_report", true],
    ["rejected", "asked", decide("reject"), "rejected", "not_executed", false],
    ["blocked by hand", "asked", decide("block"), "blocked", "not_executed", false],
    ["claimed", "allowed", (id) => claimOk(workspace, id), "allowed", "awaiting_execution_report", false],
    ["released", "allowed", release, "allowed", "awaiting_execution_report", true],
    ["in doubt", "allowed", letLeaseEnd, "allowed", "awaiting_execution_report", false],
    ["let go by itself", "repeatable", letLeaseEnd, "allowed", "awaiting_execution_report", true],
    ["executed", "allowed", (id) => report(workspace, id).then(expectOk), "allowed", "executed", false],
    ["failed", "allowed", (id) => report(workspace, id, { outcome: "failed", error: "No." }).then(expectOk), "allowed", "failed", false],
  ])("%s", async (_, action, between, governance_status, execution_status, executable) => {
    const again = await proposeTwice(action, between);
    expect(again).toMatchObject({ governance_status, execution_status, executable, claim: null });
    expect(again.receipt?.outcome ?? "pending_approval").toBe(governance_status);
  });

  test("the receipt of a person's decision says who decided, how and why", async () => {
    const { receipt } = await proposeTwice("asked", decide("approve"));
    expect(receipt).toMatchObject({
      reason: "approved_by_human",
      decided_by: workspace.ownerEmail,
      channel: "admin_cli",
      comment: "Fine.",
      policy_version: 1,
    });
  });
});

describe("claim in the same breath", () => {
  test("an allowed run is the caller's at once", async () => {
    const answer = await proposeOk(workspace, { action: "allowed", payload: {}, claim: CLAIM });
    expect(answer.executable).toBe(true);
    const run = await getDb().actionRun.findUniqueOrThrow({ where: { id: answer.action_run_id } });
    expect(run).toMatchObject({ claimWorker: "w1", claimedAt: run.createdAt, claimExpiresAt: new Date(run.createdAt.getTime() + 30_000) });
    expect(answer.claim?.expires_at).toBe(run.claimExpiresAt?.toISOString());
    expect(await claim(workspace, run.id)).toMatchObject({ code: "already_claimed" });
    expectOk(await report(workspace, run.id, { claimToken: answer.claim?.token ?? null }));
  });

  test.each(["asked", "refused"])("a run of %s is not claimed", async (action) => {
    const { claim: given, action_run_id: id } = await proposeOk(workspace, { action, payload: {}, claim: CLAIM });
    expect(given).toBeNull();
    expect(await getDb().actionRun.findUniqueOrThrow({ where: { id } })).toMatchObject({ claimWorker: null, claimTokenHash: null });
  });

  test.each<[string, string, (runId: string) => Promise<unknown>, boolean]>([
    ["approved meanwhile", "asked", decide("approve"), true],
    ["not claimed yet", "allowed", nothing, true],
    ["let go by itself", "repeatable", letLeaseEnd, true],
    ["claimed by another", "allowed", (id) => claimOk(workspace, id), false],
    ["in doubt", "allowed", letLeaseEnd, false],
    ["reported", "allowed", (id) => report(workspace, id).then(expectOk), false],
    ["pending", "asked", nothing, false],
  ])("on a replay: %s", async (_, action, between, isGiven) => {
    const again = await proposeTwice(action, between, { claim: CLAIM });
    expect(again.executable).toBe(isGiven);
    expect(again.claim !== null).toBe(isGiven);
    if (again.claim) expectOk(await report(workspace, again.action_run_id, { claimToken: again.claim.token }));
  });

  test("30 proposals with one key at once: one claim, and only its holder may execute", async () => {
    for (let round = 0; round < 6; round++) {
      const request = { action: "allowed", payload: {}, idempotency_key: `at once ${round}`, claim: CLAIM };
      const answers = await atOnce(30, () => untilAvailable(() => proposeOk(workspace, request)));
      expect(tally(answers.map(({ executable, claim: given }) => `${executable} ${given !== null}`))).toEqual({
        "true true": 1,
        "false false": 29,
      });
    }
  });

  test("an approved run goes to one of 30 replays", async () => {
    for (let round = 0; round < 4; round++) {
      const request = { action: "asked", payload: {}, idempotency_key: `approved ${round}` };
      const { action_run_id: runId } = await proposeOk(workspace, request);
      await decide("approve")(runId);
      const answers = await atOnce(30, () => untilAvailable(() => proposeOk(workspace, { ...request, claim: CLAIM })));
      expect(tally(answers.map(({ executable, claim: given }) => `${executable} ${given !== null}`))).toEqual({
        "true true": 1,
        "false false": 29,
      });
    }
  });

  test.each<[string, string, (runId: string) => Promise<unknown>]>([
    ["allowed at once", "allowed", nothing],
    ["approved, and claimed by a replay", "asked", decide("approve")],
  ])("who brings a token is given the same claim again, as often as its answers get lost: %s", async (_, action, between) => {
    const request = { action, payload: {}, idempotency_key: `lost ${++keys}`, claim: { ...CLAIM, token: `${keys}`.padEnd(43, "t") } };
    const { action_run_id: runId } = await proposeOk(workspace, request);
    await between(runId);
    for (let lost = 0; lost < 3; lost++) {
      expect(await proposeOk(workspace, request)).toMatchObject({ executable: true, claim: { token: request.claim.token } });
    }
    for (const claim of [CLAIM, { ...CLAIM, token: "o".repeat(43) }, { ...request.claim, worker: "w2" }]) {
      expect(await proposeOk(workspace, { ...request, claim })).toMatchObject({ executable: false, claim: null });
    }
    expectOk(await report(workspace, runId, { claimToken: request.claim.token }));
    expect(await proposeOk(workspace, request)).toMatchObject({ executable: false, claim: null, execution_status: "executed" });
  });

  test("a run that a person released is there to be claimed again", async () => {
    const again = await proposeTwice(
      "allowed",
      async (runId) => {
        await letLeaseEnd(runId);
        expectOk(await settleRun(workspace.ctx, { runId, settlement: "released", settledBy: workspace.ownerEmail }));
      },
      { claim: CLAIM },
    );
    expect(again).toMatchObject({ executable: true, claim: { token: expect.any(String) as string } });
    expect(await claim(workspace, again.action_run_id)).toMatchObject({ code: "already_claimed" });
  });
});
