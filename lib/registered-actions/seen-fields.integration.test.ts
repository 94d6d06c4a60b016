import { expect, test } from "vitest";
import { eraseRun } from "@/lib/action-runs/erase-run";
import { NotPermitted } from "@/lib/security/not-permitted";
import { expectOk, makeAction, makePerson, makeWorkspace, proposeOk } from "@/lib/testing/factories";
import { listSeenFields } from "./list-seen-fields";

test("an action's newest runs say which fields its payloads have, to who may edit it; erased runs say nothing", async () => {
  const [workspace, other] = [await makeWorkspace(), await makeWorkspace()];
  for (const name of ["pay", "refund"]) await makeAction(workspace, { name, policy: { type: "always_allow" } });
  await makeAction(other, { name: "pay", policy: { type: "always_allow" } });
  const { action_run_id: runId } = await proposeOk(workspace, { action: "pay", payload: { amount: 5, secret_field: "S-17" } });
  await proposeOk(workspace, { action: "refund", payload: { of_another_action: 1 } });
  await proposeOk(other, { action: "pay", payload: { of_another_workspace: 1 } });
  expect(await listSeenFields(workspace.ctx, "pay")).toEqual([
    { path: "amount", types: ["decimal"] },
    { path: "secret_field", types: ["string"] },
  ]);
  for (const role of ["viewer", "approver"] as const)
    await expect(listSeenFields((await makePerson(workspace, role)).ctx, "pay")).rejects.toThrow(NotPermitted);
  expectOk(await eraseRun(workspace.ctx, { runId, reason: "Asked for", erasedBy: workspace.ownerEmail }));
  expect(await listSeenFields(workspace.ctx, "pay")).toEqual([]);
  for (let at = 0; at < 20; at++) await proposeOk(workspace, { action: "refund", payload: { recent: at } });
  expect(await listSeenFields(workspace.ctx, "refund")).toEqual([{ path: "recent", types: ["decimal"] }]);
});
