import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getDb } from "@/lib/db/client";
import { decisionEffect } from "@/lib/domain/runs/statuses";
import { makeAction, makeWorkspace, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { proofSize } from "@/lib/testing/guarantees/proof-size";
import { isLinearizable } from "@/lib/testing/is-linearizable";
import { meeting } from "@/lib/testing/meeting";
import { type PlannedHistory, plannedHistory } from "@/lib/testing/planned-history";
import { type CarryOut, runHistory } from "@/lib/testing/run-history";
import { newRun, type RunCommand, stepRun } from "@/lib/testing/run-model";
import { productOf } from "@/lib/testing/run-product";
import { untilAvailable } from "@/lib/testing/until-available";

const HISTORIES = proofSize(250, 10_000);
/** Three actors each: together no more than there are connections. */
const AT_ONCE = 5;

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
  const approverEmails = ["ann@example.com", "ben@example.com"];
  await makeAction(workspace, { name: "asked", approverEmails });
  await makeAction(workspace, { name: "asked_repeatable", approverEmails, autoReleasesClaims: true });
  await makeAction(workspace, { name: "allowed", policy: { type: "always_allow" } });
  await makeAction(workspace, { name: "allowed_repeatable", policy: { type: "always_allow" }, autoReleasesClaims: true });
});

const product = (runId: string, key: string, action: string) => productOf(workspace, { runId, key, action });

let keys = 0;
const counted = { histories: 0, calls: 0, unknown: 0 };

/** Lives through one history and complains when no order explains it. */
async function check({ action, actors }: PlannedHistory, implement = product): Promise<void> {
  const key = `history ${++keys}`;
  const { action_run_id: runId } = await untilAvailable(() => proposeOk(workspace, { action, payload: {}, idempotency_key: key }));
  const carryOut = await untilAvailable(() => implement(runId, key, action));
  const calls = await runHistory(actors, carryOut);
  const look = { type: "look", id: 0 } as const;
  if (!calls) return void counted.unknown++;
  calls.push({
    startedAt: Infinity,
    endedAt: Infinity,
    command: look,
    answer: (await untilAvailable(() => carryOut(look, new Map()))).answer,
  });
  counted.histories++;
  counted.calls += calls.length;
  const initial = newRun(action.startsWith("allowed") ? "allowed" : "pending_approval", action.endsWith("repeatable"));
  if (!isLinearizable(initial, calls, stepRun))
    throw new Error(`No order explains this history of ${action}:\n${calls.map((call) => JSON.stringify(call)).join("\n")}`);
}

async function checkAll(histories: PlannedHistory[], implement = product): Promise<void> {
  const rest = histories.values();
  const outcomes = await Promise.allSettled(
    Array.from({ length: AT_ONCE }, async () => {
      for (const one of rest) await check(one, implement);
    }),
  );
  for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
}

/**
 * A final decision has one receipt, a report or a revocation one more, and a person's or the clock's answer one decision; nothing else
 * has any.
 */
const runsWithoutTheirEvidence = () => getDb().$queryRaw<{ id: string }[]>`
  SELECT run.id FROM action_runs run LEFT JOIN revocations revocation ON revocation.run_id = run.id CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE kind = 'decision') AS decided, count(*) FILTER (WHERE kind = 'execution') AS reported,
      count(*) FILTER (WHERE kind = 'revocation') AS revoked FROM receipts WHERE receipts.run_id = run.id) receipt
  WHERE receipt.decided <> (governance_status <> 'pending_approval')::int OR receipt.reported <> (execution_reported_at IS NOT NULL)::int
    OR (SELECT count(*) FROM decisions WHERE run_id = run.id) <> (coalesce(revocation.revoked_status, governance_status) IN ('approved', 'rejected', 'blocked'))::int
    OR receipt.revoked <> (revocation.id IS NOT NULL)::int`;

describe("a run's life, however many meddle with it at once", () => {
  test(`is as if they came one after the other: ${HISTORIES} histories`, { timeout: HISTORIES * 200 + 60_000 }, async () => {
    const chunk = 50;
    const chunks = fc.array(plannedHistory, { minLength: chunk, maxLength: chunk });
    await fc.assert(
      fc.asyncProperty(chunks, (histories) => checkAll(histories)),
      { numRuns: Math.ceil(HISTORIES / chunk), endOnFailure: true },
    );
    process.stdout.write(
      `model-based: ${counted.histories} histories with ${counted.calls} calls were linearizable, ${counted.unknown} told nothing\n`,
    );
    expect(counted.histories).toBeGreaterThan(HISTORIES * 0.9);
    expect(await runsWithoutTheirEvidence()).toEqual([]);
  });
});

const DECISIONS = ["approve", "reject", "block"] as const;

describe("the checker", () => {
  beforeAll(() => getDb().$executeRaw`ALTER TABLE action_runs DISABLE TRIGGER action_runs_legal_moves`);
  afterAll(() => getDb().$executeRaw`ALTER TABLE action_runs ENABLE TRIGGER action_runs_legal_moves`);

  /**
   * What the product must never do: look whether the run still waits, and then write without looking again. Nobody writes until all have
   * looked, so each history shows it.
   */
  const broken = async (runId: string, key: string, action: string): Promise<CarryOut> => {
    const sound = await product(runId, key, action);
    const allHaveLooked = meeting(DECISIONS.length);
    return async (command: RunCommand, tokens) => {
      if (command.type !== "decide") return sound(command, tokens);
      const run = await getDb()
        .actionRun.findUniqueOrThrow({ where: { id: runId } })
        .finally(allHaveLooked.arrive);
      await allHaveLooked.complete;
      if (run.governanceStatus !== "pending_approval") return { answer: `already_decided ${run.decisionComment}` };
      const { governanceStatus, executionStatus, reason } = decisionEffect(command.decision);
      await getDb().actionRun.update({
        where: { id: runId },
        data: { governanceStatus, executionStatus, governanceReason: reason, decidedAt: new Date(), decisionComment: `${command.id}` },
      });
      return { answer: "ok" };
    };
  };

  /**
   * The same with a withdrawal that looks whether anyone has claimed the run, and then ends it without looking again. The claims come in
   * between.
   */
  const brokenWithdrawal = async (runId: string, key: string, action: string): Promise<CarryOut> => {
    const sound = await product(runId, key, action);
    const [hasLooked, haveClaimed] = [meeting(1), meeting(2)];
    return async (command: RunCommand, tokens) => {
      if (command.type === "claim") {
        await hasLooked.complete;
        return sound(command, tokens).finally(haveClaimed.arrive);
      }
      if (command.type !== "withdraw") return sound(command, tokens);
      const run = await getDb()
        .actionRun.findUniqueOrThrow({ where: { id: runId } })
        .finally(hasLooked.arrive);
      await haveClaimed.complete;
      if (run.claimTokenHash !== null) return { answer: "already_claimed" };
      const nobody = { claimTokenHash: null, claimWorker: null, claimedAt: null, claimExpiresAt: null };
      const ended = { governanceStatus: "rejected", governanceReason: "withdrawn", executionStatus: "not_executed", decidedAt: new Date() };
      await getDb().actionRun.update({ where: { id: runId }, data: { ...ended, ...nobody } });
      return { answer: "ok" };
    };
  };

  test("finds a withdrawal that reads and then writes", { timeout: 60_000 }, async () => {
    const racing = {
      action: "allowed",
      actors: [[{ type: "claim" as const }], [{ type: "withdraw" as const }], [{ type: "claim" as const }]],
    };
    await expect(
      checkAll(
        Array.from({ length: 10 }, () => racing),
        brokenWithdrawal,
      ),
    ).rejects.toThrow("No order explains this history");
  });

  test("finds a decision that reads and then writes", { timeout: 60_000 }, async () => {
    const racing = {
      action: "asked",
      actors: DECISIONS.map((decision) => [{ type: "decide" as const, decision, by: "operator" as const }]),
    };
    await expect(
      checkAll(
        Array.from({ length: 10 }, () => racing),
        broken,
      ),
    ).rejects.toThrow("No order explains this history");
  });
});
