import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { settleRun } from "@/lib/action-runs/execute/settle-run";
import { decideRun, expireRun } from "@/lib/approvals/decide-run";
import { systemContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";
import {
  claimOk,
  endApprovalWindow,
  endLease,
  expectOk,
  makeAction,
  makeRun,
  makeWorkspace,
  proposeOk,
  report,
  type TestWorkspace,
} from "@/lib/testing/factories";
import { recentLiveChanges, stopLiveChanges, subscribeToLiveChanges } from "./live-changes";
import type { LiveChange } from "./live-topics";
import { publishChange } from "./publish-change";

let workspace: TestWorkspace;
let other: TestWorkspace;
beforeAll(async () => {
  [workspace, other] = [await makeWorkspace(), await makeWorkspace()];
});
afterAll(stopLiveChanges);

const listening = async () => {
  const rows = await getDb().$queryRaw<{ pid: number }[]>`
    SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'daai-console listener' AND state = 'idle'`;
  return rows.map(({ pid }) => pid);
};

let stops: (() => void)[] = [];
afterEach(() => {
  stops.forEach((stop) => stop());
  stops = [];
});

/** Everything that is heard from now on, once the listener stands. */
async function hear(...audiences: string[]) {
  const heard: (LiveChange | null)[] = [];
  let isReady = false;
  stops.push(
    subscribeToLiveChanges(audiences, (change) => void heard.push(change)),
    subscribeToLiveChanges(["ready"], () => void (isReady = true)),
  );
  await expect.poll(() => publishChange(getDb(), "ready", "workspace").then(() => isReady)).toBe(true);
  // What was announced before has arrived by now, too.
  heard.length = 0;
  return { topics: () => [...new Set(heard.map((change) => change && change.topic))].sort(), heard };
}

describe("a change of a run is told to the pages of its workspace", () => {
  test.each<[string, () => Promise<() => Promise<unknown>>, string[]]>([
    [
      "a run that the policy decides",
      async () => {
        await makeAction(workspace, { name: "export_report", policy: { type: "always_allow" } });
        return () => proposeOk(workspace, { action: "export_report", payload: {} });
      },
      ["runs"],
    ],
    [
      "a run that waits for people",
      async () => {
        await makeAction(workspace, { name: "refund" });
        return () => proposeOk(workspace, { action: "refund", payload: {} });
      },
      ["approvals", "runs"],
    ],
    [
      "a decision",
      async () => {
        const runId = await makeRun(workspace, "always_require_approval");
        return async () => expectOk(await decideRun(workspace.ctx, { runId, decision: "reject", comment: null }));
      },
      ["approvals", "receipts", "runs"],
    ],
    [
      "an expiry",
      async () => {
        const runId = await makeRun(workspace, "always_require_approval");
        await endApprovalWindow(runId);
        return async () => expectOk(await expireRun(systemContext(workspace.workspaceId), runId));
      },
      ["approvals", "receipts", "runs"],
    ],
    [
      "a claim",
      async () => {
        const runId = await makeRun(workspace, "always_allow");
        return () => claimOk(workspace, runId);
      },
      ["runs"],
    ],
    [
      "a report",
      async () => {
        const runId = await makeRun(workspace, "always_allow");
        return async () => expectOk(await report(workspace, runId));
      },
      ["receipts", "runs"],
    ],
    [
      "a settlement",
      async () => {
        const runId = await makeRun(workspace, "always_allow");
        await claimOk(workspace, runId);
        await endLease(runId);
        return async () => expectOk(await settleRun(workspace.ctx, { runId, settlement: "failed", settledBy: workspace.ownerEmail }));
      },
      ["receipts", "runs"],
    ],
    [
      "a mail that went out",
      async () => {
        const runId = await makeRun(workspace, "always_require_approval");
        return () => getDb().emailDelivery.updateMany({ where: { runId }, data: { status: "sent", sealedToken: null } });
      },
      ["approvals", "runs"],
    ],
  ])("%s", async (_, prepare, topics) => {
    const change = await prepare();
    const { topics: told } = await hear(workspace.workspaceId);
    const { heard: toldToOthers } = await hear(other.workspaceId);
    await change();
    await expect.poll(() => told().filter((topic) => topic !== null)).toEqual(topics);
    expect(toldToOthers.filter((change) => change !== null)).toEqual([]);
  });

  test("those asked are told under their own addresses", async () => {
    const { heard } = await hear("ann@example.com");
    await makeRun(workspace, "always_require_approval", { approverEmails: ["ann@example.com", "ben@example.com"] });
    await expect.poll(() => heard.filter((change) => change !== null)).toEqual([{ audience: "ann@example.com", topic: "approvals" }]);
  });
});

test("what is rolled back is not told, what is announced twice is told once", async () => {
  const { heard } = await hear(workspace.workspaceId);
  await expect(
    inTransaction(getDb(), async (tx) => {
      await publishChange(tx, workspace.workspaceId, "keys");
      throw new Error("undone");
    }),
  ).rejects.toThrow("undone");
  await inTransaction(getDb(), async (tx) => {
    await publishChange(tx, workspace.workspaceId, "actions", "members");
    await publishChange(tx, workspace.workspaceId, "actions");
  });
  const told = () => heard.filter((change) => change !== null).map(({ topic }) => topic);
  await expect.poll(told).toContain("members");
  expect(told().filter((topic) => topic === "actions" || topic === "keys")).toEqual(["actions"]);
});

test("many runs at once are told of a few times, and the last of them is", async () => {
  await makeAction(workspace, { name: "log_call", policy: { type: "log_only" } });
  const { heard } = await hear(workspace.workspaceId);
  await Promise.all(Array.from({ length: 100 }, (_, n) => proposeOk(workspace, { action: "log_call", payload: { n } })));
  const before = heard.length;
  await proposeOk(workspace, { action: "log_call", payload: { n: "last" } });
  await expect.poll(() => heard.length).toBeGreaterThan(before);
  expect(heard.length).toBeLessThan(20);
});

test("a listening session that dies is replaced, and everyone is told that something may have been missed", async () => {
  const { heard } = await hear(workspace.workspaceId);
  const [pid] = await listening();
  await getDb().$executeRaw`SELECT pg_terminate_backend(${pid}::int)`;
  await expect.poll(async () => (await listening())[0] !== pid && heard.at(-1) === null).toBe(true);
  expect(recentLiveChanges()).toBeNull();
  await publishChange(getDb(), workspace.workspaceId, "keys");
  await expect.poll(() => heard.at(-1)).toEqual({ audience: workspace.workspaceId, topic: "keys" });
});
