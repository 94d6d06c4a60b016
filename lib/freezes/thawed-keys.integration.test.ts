import { beforeAll, expect, test } from "vitest";
import { getDb } from "@/lib/db/client";
import { atOnce, expectOk, makeAction, makeWorkspace, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { startFreeze } from "./start-freeze";
import { thaw } from "./thaw";

let workspace: TestWorkspace;

beforeAll(async () => {
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "pay", policy: { type: "always_allow" } });
  await makeAction(workspace, { name: "never", policy: { type: "always_block" } });
});

async function whileFrozen<T>(work: () => Promise<T>): Promise<T> {
  const frozen = { actionName: null, apiKeyId: null, reason: "Wrong refunds", channel: "admin_cli" } as const;
  const { freezeId } = expectOk(await startFreeze(workspace.ctx, frozen));
  const result = await work();
  expectOk(await thaw(workspace.ctx, { freezeId, comment: null, channel: "admin_cli" }));
  return result;
}

const proposal = (key: string, amount = 5) => ({ action: "pay", payload: { amount }, idempotency_key: key });

test("after the thaw, a key that a freeze blocked proposes anew without ask_again, once", async () => {
  const blocked = await whileFrozen(() => proposeOk(workspace, proposal("k")));
  expect(blocked.governance_reason).toBe("frozen");
  const answers = await atOnce(20, () => proposeOk(workspace, proposal("k")));
  const [id, ...others] = new Set(answers.map((answer) => answer.action_run_id));
  expect(others).toEqual([]);
  expect(answers.filter((answer) => !answer.idempotent_replay)).toMatchObject([
    { action_run_id: id, governance_status: "allowed", executable: true, previous_run_id: blocked.action_run_id },
  ]);
  expect(await getDb().actionRun.count({ where: { workspaceId: workspace.workspaceId, idempotencyKey: "k" } })).toBe(2);
});

test("the payload may differ by then, and another freeze blocks it again", async () => {
  const first = await whileFrozen(() => proposeOk(workspace, proposal("changed")));
  expect(await whileFrozen(() => proposeOk(workspace, proposal("changed")))).toMatchObject({
    action_run_id: first.action_run_id,
    idempotent_replay: true,
  });
  expect(await proposeOk(workspace, proposal("changed", 4))).toMatchObject({ governance_status: "allowed", idempotent_replay: false });
});

test("what a policy blocked is not proposed anew by a freeze that came and went", async () => {
  const request = { action: "never", payload: {}, idempotency_key: "b" };
  const blocked = await proposeOk(workspace, request);
  await whileFrozen(() => proposeOk(workspace, request));
  expect(await proposeOk(workspace, request)).toMatchObject({ action_run_id: blocked.action_run_id, idempotent_replay: true });
});
