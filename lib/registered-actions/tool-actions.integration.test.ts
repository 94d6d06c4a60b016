import { expect, test } from "vitest";
import { getDb } from "@/lib/db/client";
import { makeAction, makePerson, makeWorkspace, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { listToolActions, registerToolActions } from "./tool-actions";

const PAYLOAD = {
  server: "bank",
  tools: [
    { tool: "pay", action: "bank_pay", says_read_only: false },
    { tool: "look", action: "bank_look", says_read_only: true },
  ],
};

async function toAccept(): Promise<{ workspace: TestWorkspace; runId: string }> {
  const workspace = await makeWorkspace();
  await makeAction(workspace, { name: "accept_mcp_tools", policy: { type: "always_require_approval" } });
  const { action_run_id: runId } = await proposeOk(workspace, { action: "accept_mcp_tools", payload: PAYLOAD });
  return { workspace, runId };
}

const namesIn = async ({ workspaceId }: TestWorkspace) =>
  (await getDb().registeredAction.findMany({ where: { workspaceId }, orderBy: { name: "asc" } })).map(({ name }) => name);

test("actions of tools are registered together, each with its policy, and those that exist stay", async () => {
  const { workspace, runId } = await toAccept();
  await makeAction(workspace, { name: "bank_pay", title: "Pay", policy: { type: "always_block" } });
  const policies = { bank_pay: "always_allow", bank_look: "log_only" } as const;
  expect(await registerToolActions(workspace.ctx, { runId, policies })).toEqual({ ok: true, added: ["bank_look"] });
  const versions = await getDb().policyVersion.findMany({
    where: { workspaceId: workspace.workspaceId },
    select: { policyType: true, action: { select: { name: true, title: true } } },
  });
  expect(versions).toEqual(
    expect.arrayContaining([
      { policyType: "always_block", action: { name: "bank_pay", title: "Pay" } },
      { policyType: "log_only", action: { name: "bank_look", title: "Bank look" } },
    ]),
  );
  expect(await listToolActions(workspace.ctx, PAYLOAD)).toEqual([
    { name: "bank_pay", tools: ["pay"], saysReadOnly: false, isRegistered: true },
    { name: "bank_look", tools: ["look"], saysReadOnly: true, isRegistered: true },
  ]);
  expect(await registerToolActions(workspace.ctx, { runId, policies })).toEqual({ ok: true, added: [] });
});

test("only the actions that the run's tools have are registered, and none if one can't be", async () => {
  const { workspace, runId } = await toAccept();
  const refused = await registerToolActions(workspace.ctx, { runId, policies: { bank_pay: "log_only", wire: "always_allow" } });
  expect(refused).toMatchObject({ ok: false, code: "validation_failed" });
  const { workspace: other } = await toAccept();
  expect(await registerToolActions(other.ctx, { runId, policies: { bank_pay: "log_only" } })).toMatchObject({ code: "validation_failed" });
  // A person who may see the request, and register nothing.
  const { ctx: approver } = await makePerson(workspace, "approver");
  await expect(registerToolActions(approver, { runId, policies: { bank_pay: "log_only" } })).rejects.toThrow("action.manage");
  expect(await namesIn(workspace)).toEqual(["accept_mcp_tools"]);
  expect(await namesIn(other)).toEqual(["accept_mcp_tools"]);
});
