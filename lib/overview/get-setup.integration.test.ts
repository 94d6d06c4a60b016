import { expect, test } from "vitest";
import { getRunStatus } from "@/lib/action-runs/status/get-run-status";
import { revokeApiKey } from "@/lib/api-keys/revoke-api-key";
import { decideRun } from "@/lib/approvals/decide-run";
import { visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { expectOk, makeAction, makePerson, makeWorkspace, proposeOk, report } from "@/lib/testing/factories";
import { getSetup } from "./get-setup";

test("the list ticks itself as things happen, for everybody in the workspace", async () => {
  const workspace = await makeWorkspace();
  const { ctx } = await makePerson(workspace, "viewer");
  const approver = await makePerson(workspace, "approver");
  const done = async () => (await getSetup(ctx)).steps.filter(({ state }) => state === "done").map(({ name }) => name);
  expect(await done()).toEqual(["workspace", "keys"]);
  await makeAction(workspace, { name: "ask" });
  expect(await done()).toEqual(["workspace", "keys", "action"]);
  await getRunStatus(visitorContext(), workspace.credentials, "01900000-0000-7000-8000-000000000000");
  expect(await done()).toEqual(["workspace", "keys", "action", "sdk"]);
  const { action_run_id: runId } = await proposeOk(workspace, { action: "ask", payload: { n: 1 } });
  expect(await done()).toEqual(["workspace", "keys", "action", "sdk", "run"]);
  expect(await getSetup(ctx)).toMatchObject({ firstRun: { id: runId, status: "pending_approval" }, receiptRunId: null });
  expectOk(await decideRun(approver.ctx, { runId, decision: "approve", comment: null }));
  expect(await done()).toEqual(["workspace", "keys", "action", "sdk", "run", "decision"]);
  expectOk(await report(workspace, runId));
  expect(await done()).toHaveLength(7);
  expect(await getSetup(ctx)).toMatchObject({ firstRun: { decidedBy: approver.email }, receiptRunId: runId });
});

test("a rejection ends the story as well: nothing will be reported", async () => {
  const workspace = await makeWorkspace();
  await makeAction(workspace, { name: "never", policy: { type: "always_block" } });
  await proposeOk(workspace, { action: "never", payload: { n: 1 } });
  const setup = await getSetup(workspace.ctx);
  expect(setup.steps.every(({ state }) => state === "done")).toBe(true);
});

test("without a working pair of keys, keys are what to do now; only their ends are told", async () => {
  const workspace = await makeWorkspace();
  const api = await getDb().apiKey.findFirstOrThrow({ where: { workspaceId: workspace.workspaceId, kind: "api" } });
  const setup = await getSetup(workspace.ctx);
  expect([setup.apiKeyHint, setup.workspaceKeyHint]).toEqual([api.hint, `daai_wk_…${workspace.workspaceKey.slice(-4)}`]);
  expect(JSON.stringify(setup)).not.toContain(workspace.apiKey);
  await revokeApiKey(workspace.ctx, api.id);
  expect((await getSetup(workspace.ctx)).steps[1]).toEqual({ name: "keys", state: "now", at: null });
});
