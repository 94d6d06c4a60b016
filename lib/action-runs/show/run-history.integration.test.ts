import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { releaseClaim } from "@/lib/action-runs/execute/release-claim";
import { renewClaim } from "@/lib/action-runs/execute/renew-claim";
import { settleRun } from "@/lib/action-runs/execute/settle-run";
import { getRunStatus } from "@/lib/action-runs/status/get-run-status";
import { decideByLink } from "@/lib/approvals/decide-by-link";
import { decideRun, expireRun } from "@/lib/approvals/decide-run";
import { lapseApproval } from "@/lib/approvals/lapse-approvals";
import { revokeApproval } from "@/lib/approvals/revoke-approval";
import { revokeByLink } from "@/lib/approvals/revoke-by-link";
import { withdrawRun } from "@/lib/approvals/withdraw-run";
import { systemContext, visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { decisionEffect } from "@/lib/domain/runs/statuses";
import {
  asSdk,
  claim,
  endApprovalValidity,
  endApprovalWindow,
  endLease,
  linkTokens,
  makeAction,
  makeWorkspace,
  proposeOk,
  report,
  type TestWorkspace,
} from "@/lib/testing/factories";
import { proofSize } from "@/lib/testing/guarantees/proof-size";
import { isLinearizable } from "@/lib/testing/is-linearizable";
import { type PlannedHistory, plannedHistory } from "@/lib/testing/planned-history";
import { answerOf, type CarryOut, runHistory } from "@/lib/testing/run-history";
import { newRun, type RunCommand, stepRun } from "@/lib/testing/run-model";
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

/** The product, behind the words of the model. */
async function product(runId: string, key: string, action: string): Promise<CarryOut> {
  const links = action.startsWith("asked") ? await linkTokens(runId) : new Map<string, string>();
  return async (command, tokens) => {
    const token = "token" in command && command.token !== null ? (tokens.get(command.token) ?? "made up") : null;
    switch (command.type) {
      case "decide": {
        const { decision, by, id } = command;
        const outcome =
          by === "operator"
            ? await decideRun(workspace.ctx, { runId, decision, comment: `${id}` })
            : await decideByLink(visitorContext(), links.get(`${by}@example.com`) ?? "", { decision, comment: `${id}`, confirm: true });
        const winner = outcome.ok || outcome.code !== "already_decided" ? "" : ` ${String(outcome.fields?.comment ?? "lapse")}`;
        return { answer: answerOf(outcome) + winner };
      }
      case "withdraw": {
        const outcome = await asSdk(workspace, (ctx) => withdrawRun(ctx, { runId, reason: `${command.id}` }));
        return { answer: outcome.ok && outcome.answer.idempotent_replay ? "replay" : answerOf(outcome) };
      }
      case "revoke": {
        const { by, id } = command;
        const outcome =
          by === "operator"
            ? await revokeApproval(workspace.ctx, { runId, comment: `${id}` })
            : await revokeByLink(visitorContext(), links.get(`${by}@example.com`) ?? "", { comment: `${id}`, confirm: true });
        return { answer: answerOf(outcome) };
      }
      case "expire":
        return { answer: (await expireRun(systemContext(workspace.workspaceId), runId)).ok ? "ok" : "refused" };
      case "lapse":
        return { answer: (await lapseApproval(systemContext(workspace.workspaceId), runId)) ? "ok" : "refused" };
      case "approval_ends":
        return endApprovalValidity(runId).then(() => ({ answer: "done" }));
      case "window_ends":
        return endApprovalWindow(runId).then(() => ({ answer: "done" }));
      case "lease_ends":
        return endLease(runId).then(() => ({ answer: "done" }));
      case "claim": {
        const outcome = await claim(workspace, runId);
        return { answer: answerOf(outcome), ...(outcome.ok && { token: outcome.answer.claim.token }) };
      }
      case "renew":
      case "release": {
        const use = { runId, claimToken: token ?? "", leaseSeconds: 60 };
        return {
          answer: answerOf(
            await asSdk<{ ok: true } | Exclude<Awaited<ReturnType<typeof releaseClaim>>, { ok: true }>>(workspace, (ctx) =>
              command.type === "renew" ? renewClaim(ctx, use) : releaseClaim(ctx, use),
            ),
          ),
        };
      }
      case "report": {
        const outcome = await report(workspace, runId, {
          outcome: command.outcome,
          error: command.outcome === "failed" ? "No." : null,
          claimToken: token,
        });
        return { answer: outcome.ok && outcome.answer.idempotent_replay ? "replay" : answerOf(outcome) };
      }
      case "settle":
        return { answer: answerOf(await settleRun(workspace.ctx, { runId, settlement: command.settlement, settledBy: "op@example.com" })) };
      case "replay": {
        const shown = await proposeOk(workspace, { action, payload: {}, idempotency_key: key });
        return { answer: `${shown.governance_status} ${shown.execution_status} ${shown.executable}` };
      }
      case "look": {
        const shown = await getRunStatus(visitorContext(), workspace.credentials, runId);
        return {
          answer: shown.ok ? `${shown.answer.governance_status} ${shown.answer.execution_status} ${shown.answer.executable}` : shown.code,
        };
      }
    }
  };
}

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

describe("the checker", () => {
  beforeAll(() => getDb().$executeRaw`ALTER TABLE action_runs DISABLE TRIGGER action_runs_legal_moves`);
  afterAll(() => getDb().$executeRaw`ALTER TABLE action_runs ENABLE TRIGGER action_runs_legal_moves`);

  /** What the product must never do: look whether the run still waits, and then write without looking again. */
  const broken = async (runId: string, key: string, action: string): Promise<CarryOut> => {
    const sound = await product(runId, key, action);
    return async (command: RunCommand, tokens) => {
      if (command.type !== "decide") return sound(command, tokens);
      const run = await getDb().actionRun.findUniqueOrThrow({ where: { id: runId } });
      if (run.governanceStatus !== "pending_approval") return { answer: `already_decided ${run.decisionComment}` };
      const { governanceStatus, executionStatus, reason } = decisionEffect(command.decision);
      await getDb().actionRun.update({
        where: { id: runId },
        data: { governanceStatus, executionStatus, governanceReason: reason, decidedAt: new Date(), decisionComment: `${command.id}` },
      });
      return { answer: "ok" };
    };
  };

  /** The same with a withdrawal that looks whether anyone has claimed the run, and then ends it without looking again. */
  const brokenWithdrawal = async (runId: string, key: string, action: string): Promise<CarryOut> => {
    const sound = await product(runId, key, action);
    return async (command: RunCommand, tokens) => {
      if (command.type !== "withdraw") return sound(command, tokens);
      const run = await getDb().actionRun.findUniqueOrThrow({ where: { id: runId } });
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
        Array.from({ length: 100 }, () => racing),
        brokenWithdrawal,
      ),
    ).rejects.toThrow("No order explains this history");
  });

  test("finds a decision that reads and then writes", { timeout: 60_000 }, async () => {
    const racing = {
      action: "asked",
      actors: (["approve", "reject", "block"] as const).map((decision) => [{ type: "decide" as const, decision, by: "operator" as const }]),
    };
    await expect(
      checkAll(
        Array.from({ length: 50 }, () => racing),
        broken,
      ),
    ).rejects.toThrow("No order explains this history");
  });
});
