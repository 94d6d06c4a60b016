import { expect, test } from "vitest";
import { claim, expectOk, makeWorkspace, proposeOk } from "@/lib/testing/factories";
import { json, refused } from "../try-admin";

test("what approvers may change is registered, edited and taken back, as versions of the policy; a run is decided with a change", async () => {
  const workspace = await makeWorkspace();
  const which = ["--workspace", workspace.workspaceId, "--name", "refund"];
  const register = ["action", "register", ...which, "--policy", "always_require_approval", "--approver", "ann@example.com"];
  expect(await refused(...register, "--changeable", "amount:below")).toContain("such as amount:not-above");
  const changeable = ["amount:not-above", "currency:one-of:EUR,USD", "note:text:200"].flatMap((one) => ["--changeable", one]);
  expect((await json(...register, ...changeable)).changeable_fields).toEqual([
    { field: "amount", kind: "not_above" },
    { field: "currency", kind: "one_of", values: ["EUR", "USD"] },
    { field: "note", kind: "text", maxLength: 200 },
  ]);

  const payload = { amount: "1840.00", currency: "EUR", note: "" };
  const { action_run_id: runId } = await proposeOk(workspace, { action: "refund", payload, accepts_changes: true });
  // A pending run keeps the fields that it was proposed under.
  const edited = await json("action", "edit", ...which, "--no-changeable");
  expect([edited.changeable_fields, edited.policy_version]).toEqual([[], 2]);
  expect((await json("action", "edit", ...which, "--risk", "high")).policy_version).toBe(2);
  const decide = ["run", "decide", runId, "--decision", "approve", "--as", "ann@example.com", "--change", "amount=1480"];
  expect(await refused(...decide)).toContain("Say why.");
  await json(...decide, "--comment", "Only 1,480 were charged twice.");
  expect(expectOk(await claim(workspace, runId)).answer.payload).toEqual({ ...payload, amount: "1480" });
  expect(await json("run", "show", runId)).toMatchObject({
    payload,
    accepts_changes: true,
    payload_changed: true,
    changes: [{ kind: "change", changed_by: "ann@example.com", payload: { amount: "1480" } }],
  });
});
