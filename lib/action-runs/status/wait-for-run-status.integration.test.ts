import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decideByLink } from "@/lib/approvals/decide-by-link";
import { decideRun, expireRun } from "@/lib/approvals/decide-run";
import { systemContext, visitorContext } from "@/lib/auth/contexts";
import { statusResponseSchema } from "@/lib/contract/status";
import { getDb } from "@/lib/db/client";
import { collectGarbage } from "@/lib/testing/collect-garbage";
import { atOnce, endApprovalWindow, expectOk, linkToken, makeRun, makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";
import { stopRunChanges } from "./run-changes";
import { waitForRunStatus } from "./wait-for-run-status";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
});
afterAll(stopRunChanges);

/** Far longer than a test may take: who is not woken fails it. */
const LONG_SECONDS = 60;
const pending = () => makeRun(workspace, "always_require_approval");
const wait = (runId: string, seconds = LONG_SECONDS, signal?: AbortSignal) =>
  waitForRunStatus(visitorContext(), workspace.credentials, { runId, waitSeconds: seconds, signal });

const listeners = async () => {
  const rows = await getDb().$queryRaw<{ pid: number }[]>`
    SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'daai-console listener' AND state = 'idle'`;
  return rows.map(({ pid }) => pid);
};

describe("waitForRunStatus", () => {
  test.each<[string, (runId: string) => Promise<{ ok: boolean }>, string]>([
    [
      "a decision by link",
      async (runId) => decideByLink(visitorContext(), await linkToken(runId), { decision: "approve", comment: null, confirm: true }),
      "approved",
    ],
    ["a decision elsewhere", (runId) => decideRun(workspace.ctx, { runId, decision: "block", comment: "No." }), "blocked"],
    [
      "the clock",
      async (runId) => {
        await endApprovalWindow(runId);
        return expireRun(systemContext(workspace.workspaceId), runId);
      },
      "rejected",
    ],
  ])("is woken by %s, all who wait at once", async (_, decide, governanceStatus) => {
    const [runId, other] = [await pending(), await pending()];
    const unwoken = new AbortController();
    const waitingForOther = wait(other, LONG_SECONDS, unwoken.signal);
    const waiting = atOnce(20, () => wait(runId));
    expectOk(await decide(runId));
    for (const outcome of await waiting) {
      const { answer } = expectOk(outcome);
      expect(statusResponseSchema.parse(answer)).toEqual(answer);
      expect(answer).toMatchObject({
        action_run_id: runId,
        governance_status: governanceStatus,
        executable: governanceStatus === "approved",
      });
    }
    unwoken.abort();
    expect(expectOk(await waitingForOther).answer.governance_status).toBe("pending_approval");
  });

  test("does not wait for what is decided, unknown, or asked with wrong keys", async () => {
    const runId = await makeRun(workspace, "always_block");
    expect(expectOk(await wait(runId)).answer.governance_status).toBe("blocked");
    expect(await wait("01a1f3af-8f9a-7948-ba8d-e1f33f0601ae")).toMatchObject({ code: "run_not_found" });
    const wrong = { ...workspace.credentials, apiKeyHash: "00".repeat(32) };
    expect(await waitForRunStatus(visitorContext(), wrong, { runId, waitSeconds: LONG_SECONDS })).toMatchObject({
      code: "invalid_api_key",
    });
  });

  test("answers with what is so when the time or the caller's patience is over", async () => {
    const runId = await pending();
    expect(expectOk(await wait(runId, 0.05)).answer.governance_status).toBe("pending_approval");
    expect(expectOk(await wait(runId, 0)).answer.governance_status).toBe("pending_approval");
    expect(expectOk(await wait(runId, LONG_SECONDS, AbortSignal.abort())).answer.governance_status).toBe("pending_approval");
  });

  test("a garbage collection does not make the end of a wait forgotten", async () => {
    const runId = await pending();
    const collecting = setInterval(collectGarbage, 20);
    try {
      const waiting = [wait(runId, 0.5), wait(runId, 0.5, new AbortController().signal)];
      for (const outcome of await Promise.all(waiting)) expect(expectOk(outcome).answer.governance_status).toBe("pending_approval");
    } finally {
      clearInterval(collecting);
    }
  });

  test("a decision that falls between any two steps is not missed", async () => {
    for (let round = 0; round < 40; round++) {
      const runId = await pending();
      const [outcome] = await Promise.all([wait(runId), decideRun(workspace.ctx, { runId, decision: "reject", comment: null })]);
      expect(expectOk(outcome).answer.governance_status).toBe("rejected");
    }
  });

  test("a listening session that dies is replaced, and what it missed is noticed", async () => {
    const runId = await pending();
    const waiting = wait(runId);
    const before = await listeners();
    expect(before).toHaveLength(1);
    await getDb().$executeRaw`SELECT pg_terminate_backend(${before[0]}::int)`;
    expectOk(await decideRun(workspace.ctx, { runId, decision: "approve", comment: null }));
    expect(expectOk(await waiting).answer.governance_status).toBe("approved");
    expect((await listeners())[0]).not.toBe(before[0]);
  });
});
