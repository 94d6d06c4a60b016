import { v7 as uuidv7 } from "uuid";
import { beforeAll, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { getReadiness } from "@/lib/health/get-readiness";
import { statusOf } from "@/lib/testing/deciders";
import { endApprovalWindow, makeRun, makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";
import { expireOverdueRuns } from "./expire-overdue-runs";
import { takeDueApprovalSteps } from "./take-approval-steps";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
});

const pending = () => makeRun(workspace, "always_require_approval");

/** A run that cannot be expired: the database has a decision on it already. */
async function makeStuckRun(): Promise<string> {
  const runId = await pending();
  await getDb().decision.create({
    data: { id: uuidv7(), workspaceId: workspace.workspaceId, runId, decision: "expire", channel: "expiry", createdAt: new Date() },
  });
  await endApprovalWindow(runId);
  return runId;
}

test("a run that cannot be expired keeps no other pending, and readiness tells of it", async () => {
  const stuck = [await makeStuckRun(), await makeStuckRun()];
  const healthy = [await pending(), await pending(), await pending()];
  for (const id of healthy) await endApprovalWindow(id);
  // Their own jobs were lost with the queue.
  await getDb().$executeRaw`DELETE FROM graphile_worker._private_jobs`;
  expect((await getReadiness()).checks.worker).toMatchObject({ ok: true });

  await expect(expireOverdueRuns(systemContext(null), 1)).rejects.toThrow(/decisions|constraint/i);
  for (const id of healthy) expect(await statusOf(id)).toBe("rejected");
  for (const id of stuck) expect(await statusOf(id)).toBe("pending_approval");

  await getDb().$executeRaw`UPDATE action_runs SET expires_at = expires_at - interval '10 minutes' WHERE id = ANY (${stuck}::uuid[])`;
  const { ready, checks } = await getReadiness();
  expect(ready).toBe(true);
  expect(checks.worker).toEqual({ ok: false, detail: expect.stringMatching(/^2 runs .*the worker's log/) });
});

test("readiness tells of reminders that stay due", async () => {
  await getDb().$executeRaw`DELETE FROM graphile_worker._private_jobs`;
  const before = (await getReadiness()).checks.worker.detail;
  const runId = await pending();
  await getDb().$executeRaw`DELETE FROM graphile_worker._private_jobs`;
  await getDb().$executeRaw`UPDATE approval_requests SET next_step_at = now() - interval '10 minutes' WHERE run_id = ${runId}::uuid`;
  const { worker } = (await getReadiness()).checks;
  expect(worker.ok).toBe(false);
  expect(worker.detail).not.toBe(before);
  expect(worker.detail).toContain("1 request");
  await takeDueApprovalSteps(systemContext(null));
  await getDb().$executeRaw`DELETE FROM graphile_worker._private_jobs`;
  expect((await getReadiness()).checks.worker.detail).toBe(before);
});
